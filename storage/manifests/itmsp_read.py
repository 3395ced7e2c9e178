"""Folders `.itmsp` of any sender: the sizes and MD5s that a metadata.xml tells of the files beside it."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from assets.xml_parser import hardened
from storage.manifests.claims import MAX_TAG_BYTES, Claims, Promise, unsafe
from storage.manifests.itmsp import NAME, SUFFIX

_ONLY = "md5"


def found(there: Mapping[str, int]) -> list[str]:
    """The files `metadata.xml` of the folders `.itmsp` below a folder."""
    return sorted(path for path in there if path.endswith(f"{SUFFIX}/{NAME}"))


def claims(folder: Path, name: str, there: Mapping[str, int]) -> Claims:
    """What one metadata.xml claims; `there` are the files of the folder with their sizes. Nothing is raised."""
    from lxml import etree

    standard = f"itmsp ({name})"
    if there[name] > MAX_TAG_BYTES:
        return Claims(standard, (), (f"{name}: is too long",))
    try:
        whole = etree.fromstring((folder / name).read_bytes(), hardened())
    except (OSError, etree.XMLSyntaxError) as error:
        return Claims(standard, (), (f"{name}: cannot be read: {error}",))
    promises: list[Promise] = []
    faults: list[str] = []
    not_checked: list[str] = []
    for entry in whole.iterfind(".//{*}data_file"):
        file, size = entry.findtext("{*}file_name") or "", entry.findtext("{*}size") or ""
        told = entry.find("{*}checksum")
        wrong = unsafe(file) or ("is not beside it" if "/" in file or "\\" in file else "")
        if wrong:
            faults.append(f"{name}: {file!r} {wrong}")
        elif told is None or told.get("type") != _ONLY:
            not_checked.append(f"{file}: {name} has no {_ONLY} for it")
        else:
            path = str(PurePosixPath(name).with_name(file))
            digest = (told.text or "").strip().lower()
            promises.append(Promise(path, _ONLY, digest, int(size) if size.isdecimal() and size.isascii() else None))
    return Claims(standard, tuple(promises), tuple(faults), tuple(not_checked))

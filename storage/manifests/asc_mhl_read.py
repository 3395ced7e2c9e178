"""Histories of any sender: what ASC MHL 2.0 claims of a folder, generation by generation.

A file counts with what the last generation that hashed it says; the chain seals every generation with its C4 ID.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assets.xml_parser import hardened
from storage.manifests.asc_mhl import CHAIN, DIRECTORY, FOLDER, LIST, c4
from storage.manifests.claims import MAX_TAG_BYTES, Claims, Promise, unsafe

if TYPE_CHECKING:
    from lxml import etree

_KNOWN = ("c4", "sha1", "md5")
"""The hashes of the format that can be taken here, the strongest first; xxHash is none of Python's."""


def claims(folder: Path, there: Mapping[str, int]) -> Claims:
    """What a history claims; `there` are the files of its folder with their sizes. Nothing is raised for a bad one."""
    faults: list[str] = []
    not_checked: dict[str, str] = {}
    promises: dict[str, Promise] = {}
    chain = _parsed(folder, CHAIN, there, faults)
    for sealed in chain.iter(f"{{{DIRECTORY}}}hashlist") if chain is not None else ():
        name = sealed.findtext(f"{{{DIRECTORY}}}path") or ""
        generation = None if unsafe(name) else _parsed(folder, FOLDER + name, there, faults)
        if generation is None:
            faults.append(f"{CHAIN}: names {name!r}, which is no generation that can be read")
            continue
        digest = c4(hashlib.sha512((folder / FOLDER / name).read_bytes()).hexdigest())
        if digest != sealed.findtext(f"{{{DIRECTORY}}}c4"):
            faults.append(f"{FOLDER}{name}: is not the generation that the chain has sealed")
        for entry in generation.iter(f"{{{LIST}}}hash"):
            _take(entry, name, promises, not_checked, faults)
    return Claims("ASC MHL", tuple(promises.values()), tuple(faults), tuple(not_checked.values()))


def _take(
    entry: "etree._Element", name: str, promises: dict[str, Promise], not_checked: dict[str, str], faults: list[str]
) -> None:
    """What one entry says of one file, in the place of what an earlier generation said."""
    place = entry.find(f"{{{LIST}}}path")
    path = (place.text or "") if place is not None else ""
    if wrong := unsafe(path):
        faults.append(f"{FOLDER}{name}: {path!r} {wrong}")
        return
    hashes = [(kind, entry.find(f"{{{LIST}}}{kind}")) for kind in _KNOWN]
    found = next(((kind, item) for kind, item in hashes if item is not None and item.text), None)
    if found is None:
        not_checked.setdefault(path, f"{path}: {FOLDER}{name} has none of {', '.join(_KNOWN)} for it")
        return
    kind, item = found
    if item.get("action") == "failed":
        faults.append(f"{path}: {FOLDER}{name} says that it had failed then")
        return
    written = place.get("size", "") if place is not None else ""
    not_checked.pop(path, None)
    digest = item.text or ""
    promises[path] = Promise(
        path, kind, digest if kind == "c4" else digest.lower(), int(written) if written.isdecimal() else None
    )


def _parsed(folder: Path, name: str, there: Mapping[str, int], faults: list[str]) -> "etree._Element | None":
    from lxml import etree

    if name not in there or there[name] > MAX_TAG_BYTES:
        faults.append(f"{name}: {'is missing' if name not in there else 'is too long'}")
        return None
    try:
        return etree.fromstring((folder / name).read_bytes(), hardened())
    except (OSError, etree.XMLSyntaxError) as error:
        faults.append(f"{name}: cannot be read: {error}")
        return None

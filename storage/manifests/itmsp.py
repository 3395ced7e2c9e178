"""The shape of Apple's `.itmsp`: a folder with files side by side and a metadata.xml that tells their sizes and MD5s.

It is the asset-only form of the Transactional Film Specification 5.3.22 (April 2026, help.apple.com/itc/filmspec, read
on 2026-11-22): files for a film whose metadata went to Apple in another way. What that form says of files is written,
for the kinds of files whose role was found there; a title with others is refused. The crop of a source, and why there
are no captions, it asks of whoever knows: no catalogue has them, and they are told as left out. Whether Apple takes a
package only Apple's own tool can say.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from assets.errors import Refused
from assets.title import Kind
from storage.plan import Draft
from storage.planned import PlannedFile

if TYPE_CHECKING:
    from lxml import etree

NAME = "metadata.xml"
SUFFIX = ".itmsp"
NAMESPACE = "http://apple.com/itunes/importer"
VERSION = "film5.3"
IDENTIFIER = "apple"
"""Under which of a title's identifiers its vendor id stands."""

NOT_WRITTEN = "metadata.xml says nothing of crop, textless picture and captions: the catalogue does not know them"

_DEFAULT: dict[str, str] = {None: NAMESPACE}  # type: ignore[dict-item]  # lxml's stubs do not know this form
_VENDOR_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{0,99}")
_ROLES = {"master": "source", "audio": "audio", "subtitles": "subtitles"}
_NO_LANGUAGE = frozenset({"", "und", "mul", "zxx"})


def folder(plan: Draft) -> str:
    """The folder of a title's files, `<vendor id>.itmsp/`. Raises Refused where it has no vendor id."""
    found = plan.title.identifiers.get(IDENTIFIER, "")
    if not _VENDOR_ID.fullmatch(found):
        wrong = f"identifiers.{IDENTIFIER}: {found!r} is no vendor id" if found else "the title has no vendor id"
        allowed = f"{IDENTIFIER} of [identifiers] is 1 to 100 letters of ASCII, digits and _, the first no _"
        raise _refused(plan, [f"{wrong}; {allowed}"])
    return f"{found}{SUFFIX}/"


def moved(plan: Draft) -> tuple[PlannedFile, ...]:
    """The files of a plan side by side in that folder. Raises Refused for what the form has no known place for."""
    top = folder(plan)
    reasons = [] if plan.platform.package.provider else ["the platform has no provider; set it in [package]"]
    reasons += [f"{file.key}: {wrong}" for file in plan.files if (wrong := _problem(plan, file))]
    sources = [file for file in plan.files if file.kind == "master"]
    if len(sources) > 1:
        reasons.append(f"{len(sources)} masters; the form has one source, so that each needs a title of its own")
    if reasons:
        raise _refused(plan, reasons)
    names = [PurePosixPath(file.key).name for file in plan.files]
    folded = [name.casefold() for name in (NAME, *names)]
    return tuple(
        replace(file, key=top + (_apart(name, file.sha256) if folded.count(name.casefold()) > 1 else name))
        for file, name in zip(plan.files, names, strict=True)
    )


def write(plan: Draft, md5s: Mapping[str, str]) -> bytes:
    """The metadata.xml of a plan that was `moved`, with the MD5s of its files by their keys."""
    from lxml import etree

    vendor = folder(plan).removesuffix(f"{SUFFIX}/")
    package = etree.Element(f"{{{NAMESPACE}}}package", {"version": VERSION}, nsmap=_DEFAULT)
    _add(package, "provider", plan.platform.package.provider)
    assets = _add(package, "assets", None, {"media_type": "video", "vendor_id": vendor})
    full = _add(assets, "asset", None, {"type": "full"})
    ours = [file for file in plan.files if file.kind in _ROLES]
    for file in sorted(ours, key=lambda file: (list(_ROLES).index(file.kind), file.key)):
        entry = _add(full, "data_file", None, {"role": _ROLES[file.kind]})
        _add(entry, "locale", None, {"name": _language(plan, file)})
        _add(entry, "file_name", PurePosixPath(file.key).name)
        _add(entry, "size", str(file.size))
        _add(entry, "checksum", md5s[file.key], {"type": "md5"})
    return etree.tostring(package, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _problem(plan: Draft, file: PlannedFile) -> str:
    """Why a file has no place in the form that was found; empty if it has one."""
    if file.kind not in _ROLES:
        return f"{file.kind} has no role that is known; leave it out for this platform"
    if file.kind == "subtitles" and file.subtitle_kind != Kind.FULL:
        return f"{file.subtitle_kind} subtitles have no role that is known; leave them out for this platform"
    if file.kind == "subtitles" and plan.platform.package.subtitle_format != "itt":
        return 'subtitles are taken as iTunes Timed Text; set subtitle_format = "itt"'
    if _language(plan, file) in _NO_LANGUAGE:
        return "has no language, or several; one"
    return ""


def _language(plan: Draft, file: PlannedFile) -> str:
    if file.kind != "master":
        return file.language
    return next(version.language for version in plan.title.versions if version.id in file.versions)


def _apart(name: str, sha256: str) -> str:
    path = PurePosixPath(name)
    return f"{path.stem}.{sha256[:8]}{path.suffix}"


def _refused(plan: Draft, reasons: list[str]) -> Refused:
    return Refused(f"{plan.title.id} cannot be packaged as .itmsp", reasons)


def _add(
    parent: "etree._Element", name: str, text: str | None, attributes: Mapping[str, str] = MappingProxyType({})
) -> "etree._Element":
    from lxml import etree

    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", dict(attributes))
    made.text = text
    return made

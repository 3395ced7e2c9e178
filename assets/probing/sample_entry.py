"""What the description of a track's samples says in a MOV or MP4 file: colour, shape, fields, Dolby Vision, encryption.

ISO/IEC 14496-12, 8.5.2 and 12.1; the boxes `fiel` and `clap` as in Apple's QuickTime File Format, `dvcC` as in Dolby's
mapping to the ISO base media file format.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from fractions import Fraction

from assets.media_facts import Colour, ContainerSays
from assets.probing import values
from assets.probing.boxes import Box, Boxes

_PICTURE_FIELDS = 78
"""Bytes of a visual sample entry before the boxes in it."""

_DOLBY_CODECS = {b"dvh1", b"dvhe", b"dvav", b"dva1", b"dav1"}
_DOLBY_BOXES = {b"dvcC", b"dvvC", b"dvwC"}
_ENCRYPTED = {b"encv", b"enca", b"enct", b"encs", b"drms", b"drmi"}
_FIELDS = {0x0201: "interlaced-tff", 0x0209: "interlaced-tff", 0x0206: "interlaced-bff", 0x020E: "interlaced-bff"}


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """One description of samples. `reference` counts the track's data references from 1."""

    reference: int = 1
    says: ContainerSays = field(default_factory=ContainerSays)
    dolby_vision: str | None = None
    encryption: str | None = None


def read_entry(boxes: Boxes, entry: Box, *, picture: bool) -> SampleEntry:
    """The sample entry `entry`; of sound and data only the reference and encryption are read."""
    content = boxes.content(entry)
    reference = int.from_bytes(content[6:8], "big")
    encryption = _scheme(content) if entry.kind in _ENCRYPTED or b"schm" in content else None
    if not picture or len(content) < _PICTURE_FIELDS:
        return SampleEntry(reference, encryption=encryption)
    found = {box.kind: boxes.content(box, 256) for box in boxes.children(entry, _PICTURE_FIELDS)}
    says = ContainerSays(
        colour=_colour(found.get(b"colr", b"")),
        sample_aspect=_aspect(found.get(b"pasp", b"")),
        scan=_scan(found.get(b"fiel", b"")),
        clean_aperture=_aperture(found.get(b"clap", b"")),
    )
    return SampleEntry(reference, says, _dolby(entry.kind, found), encryption)


def _scheme(content: bytes) -> str:
    """The scheme of protection: four letters after the box `schm`'s type, version and flags."""
    _, mark, rest = content.partition(b"schm")
    scheme = rest[4:8]
    return scheme.decode("ascii") if mark and scheme.isalnum() and scheme.isascii() else "unknown scheme"


def _colour(data: bytes) -> Colour:
    if len(data) < 10 or data[:4] not in {b"nclc", b"nclx"}:  # noqa: PLR2004 -- type and three numbers
        return Colour()
    primaries, transfer, matrix = struct.unpack(">3H", data[4:10])
    code_range = (2 if data[10] & 0x80 else 1) if data[:4] == b"nclx" and len(data) > 10 else 0  # noqa: PLR2004
    return values.colour(primaries, transfer, matrix, code_range)


def _aspect(data: bytes) -> Fraction | None:
    if len(data) < 8:  # noqa: PLR2004 -- two numbers of four bytes
        return None
    across, down = struct.unpack(">2I", data[:8])
    return Fraction(across, down) if across and down else None


def _scan(data: bytes) -> str:
    if data[:1] == b"\x01":
        return "progressive"
    return _FIELDS.get(int.from_bytes(data[:2], "big"), values.UNKNOWN)


def _aperture(data: bytes) -> tuple[Fraction, Fraction] | None:
    if len(data) < 16:  # noqa: PLR2004 -- width and height as fractions of four-byte numbers
        return None
    width, width_by, height, height_by = struct.unpack(">4I", data[:16])
    return (Fraction(width, width_by), Fraction(height, height_by)) if width_by and height_by else None


def _dolby(kind: bytes, found: dict[bytes, bytes]) -> str | None:
    data = next((found[name] for name in sorted(_DOLBY_BOXES) if name in found), b"")
    if len(data) < 5:  # noqa: PLR2004 -- up to the compatibility
        return "present" if kind in _DOLBY_CODECS or data else None
    profile, compatibility = data[2] >> 1, data[4] >> 4
    return f"{profile}.{compatibility}" if compatibility else str(profile)

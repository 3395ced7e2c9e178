"""What the index of a MOV or MP4 file says that the media library keeps to itself.

ISO/IEC 14496-12, 8; reference movies as in Apple's QuickTime File Format.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from assets import timing
from assets.media_facts import Edit
from assets.probing.boxes import Box, Boxes, Seekable
from assets.probing.edit_list import read_edits
from assets.probing.sample_entry import SampleEntry, read_entry
from assets.timing import Time

_FIRST = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"styp"} | {
    # The media library opens a file that begins with one of these too.
    b"junk",
    b"pict",
    b"prfl",
    b"udta",
    b"uuid",
}
_SELF_CONTAINED = b"\x01"
"""The flags of a data reference to the file itself."""


@dataclass(frozen=True, slots=True)
class Track:
    """A track of the movie. `number` is its own, which the media library gives as the stream's id."""

    number: int = 0
    kind: str = ""
    media_duration: Time = 0
    edits: tuple[Edit, ...] = ()
    entry: SampleEntry = field(default_factory=SampleEntry)
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Movie:
    """A movie. `is_elsewhere` if pictures or sound lie in another file, which this one only refers to."""

    is_fast_start: bool
    is_elsewhere: bool = False
    encryption: str | None = None
    tracks: tuple[Track, ...] = ()


def read_movie(path: Path) -> Movie | None:
    """The index of a MOV or MP4 file; None if the file is no such file. Raises OSError."""
    with path.open("rb") as file:
        return movie_in(file, path.stat().st_size)


def movie_in(file: Seekable, size: int) -> Movie | None:
    """The same of an open file that has so many bytes."""
    boxes = Boxes(file)
    top: dict[bytes, Box] = {}
    for box in boxes.within(0, size):
        if not top and box.kind not in _FIRST:
            return None
        top.setdefault(box.kind, box)
        if b"moov" in top and b"mdat" in top:
            break
    moov, mdat = top.get(b"moov"), top.get(b"mdat")
    if moov is None:
        return None if not top else Movie(is_fast_start=False)
    return _movie(boxes, moov, is_fast_start=mdat is None or moov.begin < mdat.begin)


def _movie(boxes: Boxes, moov: Box, *, is_fast_start: bool) -> Movie:
    children = list(boxes.children(moov))
    header = next((boxes.content(box, 32) for box in children if box.kind == b"mvhd"), b"")
    scale, _ = _scale(header)
    tracks = tuple(_track(boxes, box, scale) for box in children if box.kind == b"trak")
    schemes = [track.entry.encryption for track in tracks if track.entry.encryption]
    return Movie(
        is_fast_start,
        is_elsewhere=any(box.kind == b"rmra" for box in children) or any(track.is_elsewhere for track in tracks),
        encryption=schemes[0] if schemes else None,
        tracks=tracks,
    )


def _track(boxes: Boxes, trak: Box, movie_scale: int) -> Track:
    header, edits = boxes.child(trak, b"tkhd"), boxes.child(trak, b"edts", b"elst")
    track = Track(number=_track_number(boxes.content(header, 32)) if header else 0)
    if (media := boxes.child(trak, b"mdia")) is None:
        return track
    media_header, handler = boxes.child(media, b"mdhd"), boxes.child(media, b"hdlr")
    scale, units = _scale(boxes.content(media_header, 40) if media_header else b"")
    kind = boxes.content(handler, 12)[8:12].decode("latin-1") if handler else ""
    entry = _entry(boxes, media, picture=kind == "vide")
    return replace(
        track,
        kind=kind,
        media_duration=timing.from_seconds(Fraction(units, scale)) if scale else 0,
        edits=read_edits(boxes.content(edits), movie_scale, scale) if edits else (),
        entry=entry,
        is_elsewhere=kind in {"vide", "soun"} and _refers_elsewhere(boxes, media, entry.reference),
    )


def _entry(boxes: Boxes, media: Box, *, picture: bool) -> SampleEntry:
    """The first description of samples; a second one in a track is a thing that no export makes."""
    described = boxes.child(media, b"minf", b"stbl", b"stsd")
    first = next(boxes.children(described, 8), None) if described else None
    return read_entry(boxes, first, picture=picture) if first else SampleEntry()


def _refers_elsewhere(boxes: Boxes, media: Box, reference: int) -> bool:
    references = boxes.child(media, b"minf", b"dinf", b"dref")
    if references is None:
        return False
    for number, box in enumerate(boxes.children(references, 8), 1):
        if number == reference:
            return boxes.content(box, 4)[3:4] != _SELF_CONTAINED
    return False


def _track_number(header: bytes) -> int:
    at = 20 if header[:1] == b"\x01" else 12
    return int.from_bytes(header[at : at + 4], "big")


def _scale(header: bytes) -> tuple[int, int]:
    """Time scale and duration in it of the boxes `mvhd` and `mdhd`, which begin alike; zeros if they are cut short."""
    form, at = (">IQ", 20) if header[:1] == b"\x01" else (">II", 12)
    if len(header) < at + struct.calcsize(form):
        return 0, 0
    scale, duration = struct.unpack_from(form, header, at)
    return int(scale), int(duration)

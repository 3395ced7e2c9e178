"""What a container says as a whole: its name, its timecodes, chapters and edit lists, and how long it claims to be."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assets import timing
from assets.media_facts import Chapter, EditList, StartTimecode
from assets.probing import values
from assets.probing.movie import Movie
from assets.probing.streams import WITHOUT_HEADER

if TYPE_CHECKING:
    import av.container

MAX_CHAPTERS = 1000
"""Chapters that are kept of one file."""

_CONTAINERS = {"matroska,webm": "mkv", "mov,mp4,m4a,3gp,3g2,mj2": "mp4"}


def name_of(container: av.container.InputContainer) -> str:
    """`mov`, `mp4`, `mkv` or what the media library calls the format; MOV and MP4 are told apart by the major brand."""
    name = _CONTAINERS.get(container.format.name, container.format.name)
    return "mov" if name == "mp4" and container.metadata.get("major_brand", "").strip() in {"qt", ""} else name


def timecodes(container: av.container.InputContainer) -> tuple[StartTimecode, ...]:
    """Every place with a start timecode. The media library shows that of a timecode track at the picture too."""
    found = [("container", container.metadata)]
    found += [(f"{stream.type} stream {stream.index}", stream.metadata) for stream in container.streams]
    return tuple(StartTimecode(source, str(tags["timecode"])) for source, tags in found if "timecode" in tags)


def chapters(container: av.container.InputContainer) -> tuple[Chapter, ...]:
    """The chapters, as many of them as a programme may have."""
    return tuple(
        Chapter(
            timing.from_seconds(item["start"] * Fraction(item["time_base"])),
            timing.from_seconds(item["end"] * Fraction(item["time_base"])),
            values.text(item["metadata"], "title"),
        )
        for item in container.chapters()[:MAX_CHAPTERS]
        if item["time_base"]
    )


def edit_lists(container: av.container.InputContainer, movie: Movie | None) -> tuple[EditList, ...]:
    """The edit lists of the movie's tracks, by the index of their stream."""
    streams = {stream.id: stream.index for stream in container.streams}
    return tuple(
        EditList(streams[track.number], track.media_duration, track.edits)
        for track in (movie.tracks if movie else ())
        if track.edits and track.number in streams
    )


def declared_duration(container: av.container.InputContainer) -> timing.Time | None:
    """How long a header says that the programme is; None where there is none that could."""
    if not container.duration or container.format.name in WITHOUT_HEADER:
        return None
    return timing.from_seconds(Fraction(container.duration, 1_000_000))

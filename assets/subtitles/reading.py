"""Bytes -> cues and damage, whatever the encoding; the format is told from the content, never from a file name."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assets.subtitles import srt, timestamps, ttml, webvtt
from assets.subtitles.decoding import decode
from assets.subtitles.errors import NotSubtitlesError
from assets.subtitles.model import Cue, Damage

__all__ = ["FORMATS", "Format", "NotSubtitlesError", "Parsed", "read_subtitles", "write_subtitles"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a subtitle file says: its format and encoding, its cues, and what in it is not well formed.

    `encoding` is Python's name of it. Cues and damage are in the order of the file.
    """

    format: str
    encoding: str
    bom: bool
    cues: tuple[Cue, ...]
    damage: tuple[Damage, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is read (text -> cues, damage) and written (cues, language -> text), and its file suffix."""

    suffix: str
    read: Callable[[str], tuple[list[Cue], list[Damage]]]
    write: Callable[[Iterable[Cue], str], str]


FORMATS = {
    "srt": Format("srt", srt.read, srt.write),
    "webvtt": Format("vtt", webvtt.read, webvtt.write),
    "imsc1.1": Format("ttml", ttml.read, ttml.write),
}

_READ = "SubRip, WebVTT and TTML (IMSC 1.1) are read"
_OTHERS = (
    ("SAMI", re.compile(r"<sami[\s>]", re.IGNORECASE)),
    ("SubStation Alpha", re.compile(r"\[script info\]", re.IGNORECASE)),
    ("Scenarist SCC", re.compile(r"Scenarist_SCC")),
    ("SubViewer (SBV)", re.compile(r"[0-9]+:[0-9]{2}:[0-9]{2}\.[0-9]{3},[0-9]+:[0-9]{2}:")),
    ("MicroDVD", re.compile(r"\{[0-9]+\}\{[0-9]+\}")),
)
"""Formats that are not read, told by how they begin, so that a person learns what the file is."""


def read_subtitles(data: bytes) -> Parsed:
    """The cues of a subtitle file.

    Raises NotSubtitlesError if the bytes are no text, larger than 50 MB, of no format that is read, or broken XML.
    """
    decoded = decode(data)
    name = _format_of(decoded.text)
    cues, damage = FORMATS[name].read(decoded.text)
    everything = sorted([*decoded.damage, *damage], key=lambda item: item.line)
    return Parsed(name, decoded.encoding, decoded.bom, tuple(cues), tuple(everything))


def write_subtitles(cues: Iterable[Cue], format_name: str, language: str) -> bytes:
    """The cues as a file of the given format: UTF-8 without BOM, LF line ends."""
    return FORMATS[format_name].write(cues, language).encode("utf-8")


def _format_of(text: str) -> str:
    head = text.lstrip("\ufeff \t\r\n")[:4000]
    if head[:6].upper() == "WEBVTT":
        return "webvtt"
    if ttml.is_ttml(text):
        return "imsc1.1"
    for name, pattern in _OTHERS:
        if pattern.match(head):
            raise NotSubtitlesError(f"the file is {name}; {_READ}")
    if timestamps.has_times(text):
        return "srt"
    raise NotSubtitlesError(f"no subtitle format: no line has the times of a cue; {_READ}")

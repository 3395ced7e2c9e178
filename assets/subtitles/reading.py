"""Bytes -> cues and damage, whatever the encoding; the format is told from the content, never from a file name."""

import importlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from assets import collecting
from assets.subtitles.decoding import decode
from assets.subtitles.errors import NotSubtitlesError
from assets.subtitles.format import Format, Target
from assets.subtitles.model import Cue, Damage, Document
from assets.timing import Time

__all__ = ["FORMATS", "NotSubtitlesError", "Parsed", "format_of", "read_subtitles", "write_subtitles"]

FORMATS: Mapping[str, str] = {
    "stl": "assets.subtitles.stl",
    "scc": "assets.subtitles.scc",
    "webvtt": "assets.subtitles.webvtt",
    "ebu-tt-d": "assets.subtitles.ttml",
    "imsc1.1": "assets.subtitles.ttml",
    "itt": "assets.subtitles.ttml",
    "ttml1": "assets.subtitles.ttml",
    "sami": "assets.subtitles.sami",
    "ass": "assets.subtitles.ass",
    "ssa": "assets.subtitles.ass",
    "srt": "assets.subtitles.srt",
}
"""The formats by id, in the order in which they are tried: a module each, which has a `FORMAT`, or `FORMATS` by id."""

SAMPLE_BYTES = 1 << 16

_DOCUMENTS = frozenset({"webvtt", "ttml1", "imsc1.1", "ebu-tt-d", "itt"})
"""Formats that have a specification to conform to (assets.subtitles.conformance): their text is kept for that."""

_OTHERS = (
    ("SubViewer (SBV)", re.compile(r"[0-9]+:[0-9]{2}:[0-9]{2}\.[0-9]{3},[0-9]+:[0-9]{2}:")),
    ("MicroDVD", re.compile(r"\{[0-9]+\}\{[0-9]+\}")),
)
"""Formats that are not read, told by how they begin, so that a person learns what the file is."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a subtitle file says: its format and encoding, its cues, and what in it is not well formed.

    `encoding` is Python's name of it (`binary` for a binary format). Cues and damage are in the order of the file.
    `source` is the text of a document that can be held against its specification, else empty.
    """

    format: str
    encoding: str
    bom: bool
    cues: tuple[Cue, ...]
    damage: tuple[Damage, ...]
    language: str = ""
    frame_rate: Fraction | None = None
    drop: bool = False
    start: Time = 0
    source: str = ""


@cache
def format_of(format_id: str) -> Format:
    """The format of an id of FORMATS."""
    module = importlib.import_module(FORMATS[format_id])
    found = module.FORMATS[format_id] if hasattr(module, "FORMATS") else module.FORMAT
    if not isinstance(found, Format):
        raise TypeError(f"{module.__name__} declares no format {format_id}")
    return found


@collecting.paused()
def read_subtitles(data: bytes, language: str = "") -> Parsed:
    """The cues of a subtitle file.

    `language` is the tag of the language that is asked for: it helps to tell a legacy encoding, and of a file that
    holds several languages side by side (SAMI) only its cues are read; the others are reported. Empty: all are.

    Raises NotSubtitlesError if the bytes are no text, larger than 50 MB, of no format that is read, broken XML, or in
    several languages of which none is the one asked for.
    """
    formats = [format_of(name) for name in FORMATS]
    head = data[:SAMPLE_BYTES].decode("latin-1")
    for found in formats:
        if found.read_bytes is not None and found.matches(head):
            return _parsed(found, found.read_bytes(data), "binary", bom=False, damage=())
    decoded = decode(data, language)
    for found in formats:
        if found.read_text is not None and found.matches(decoded.text):
            decoded = decoded.with_null(found.null) if found.null else decoded
            document = found.read_text(decoded.text)
            if language and found.of_language:
                document = found.of_language(document, language)
            parsed = _parsed(found, document, decoded.encoding, bom=decoded.bom, damage=decoded.damage)
            return replace(parsed, source=decoded.text) if found.id in _DOCUMENTS else parsed
    read = f"read are {', '.join(found.name for found in formats)}"
    other = next((name for name, pattern in _OTHERS if pattern.match(decoded.text.lstrip("\ufeff \t\r\n"))), None)
    raise NotSubtitlesError(f"the file is {other}; {read}" if other else f"no subtitle format; {read}")


def _parsed(found: Format, document: Document, encoding: str, *, bom: bool, damage: Sequence[Damage]) -> Parsed:
    everything = sorted([*damage, *document.damage], key=lambda item: item.line)
    return Parsed(
        found.id,
        encoding,
        bom,
        document.cues,
        tuple(everything),
        document.language,
        document.frame_rate,
        document.drop,
        document.start,
    )


def write_subtitles(cues: Sequence[Cue], format_id: str, target: Target) -> bytes:
    """The cues as a file of the given format. Raises UsageError if the target lacks what the format needs."""
    return format_of(format_id).write(cues, target)

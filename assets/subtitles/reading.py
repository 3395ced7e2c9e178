"""Bytes -> cues and damage, whatever the encoding; the format is told from the content."""

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assets.subtitles import srt, ttml, webvtt
from assets.subtitles.model import Cue, Damage


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a subtitle file says: its format and encoding, its cues, and what in it is not well formed."""

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


class NotSubtitlesError(ValueError):
    """The bytes are no timed text that the tool reads; the message says why and what is read."""


def read_subtitles(data: bytes) -> Parsed:
    """The cues of a subtitle file. Raises NotSubtitlesError if its format cannot be told or nothing can be decoded."""
    text, encoding, bom, damage = _decode(data)
    name = _format_of(text)
    if name is None:
        raise NotSubtitlesError(f"no subtitle format that is read here; {', '.join(FORMATS)}")
    cues, found = FORMATS[name].read(text)
    return Parsed(name, encoding, bom, tuple(cues), tuple([*damage, *found]))


def write_subtitles(cues: Iterable[Cue], format_name: str, language: str) -> bytes:
    """The cues as a file of the given format: UTF-8 without BOM, LF line ends."""
    return FORMATS[format_name].write(cues, language).encode("utf-8")


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STRICTER = {"euc_kr": "cp949", "shift_jis": "cp932", "gb2312": "gb18030", "ascii": "utf-8"}
"""Encodings a detector names although files in practice need the larger relative."""


def _decode(data: bytes) -> tuple[str, str, bool, list[Damage]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return (*_strict_or_replaced(data[len(bom) :], encoding), True, [])[0:1] + (encoding, True, [])
    try:
        return data.decode("utf-8"), "utf-8", False, []
    except UnicodeDecodeError:
        encoding = _guess(data)
    return _strict_or_replaced(data, encoding)[0], encoding, False, []


def _strict_or_replaced(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), encoding


def _guess(data: bytes) -> str:
    import chardet

    guess = chardet.detect(data)["encoding"] or "cp1252"
    name = codecs.lookup(guess).name.replace("-", "_")
    return _STRICTER.get(name, name)


_SRT_TIMES = re.compile(r"\d+:\d+:\d+[,.]\d+\s*-->\s*\d+:\d+:\d+[,.]\d+")


def _format_of(text: str) -> str | None:
    head = text.lstrip("\ufeff \t\r\n")[:4000]
    if head.startswith("WEBVTT"):
        return "webvtt"
    if re.match(r"<\?xml|<(\w+:)?tt[\s>]", head):
        return "imsc1.1" if re.search(r"<(\w+:)?tt[\s>]", head) else None
    return "srt" if _SRT_TIMES.search(text) else None

"""The names that files get in a title's folder: by what they are, so that nothing of a foreign name gets in."""

import re
import unicodedata

from assets.stems import WITHOUT_LANGUAGE

MOST_BYTES = 100
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


def master(title: str, version: str, suffix: str) -> str:
    """`masters/kim-il-sungs-children.original.mov`."""
    return f"masters/{title}.{version}{suffix}"


def audio(version: str, language: str, layout: str, suffix: str) -> str:
    """`audio/original.ko.5.1.wav`."""
    return f"audio/{_in(version, language)}.{clean(layout)}{suffix}"


def stem(version: str, what: tuple[str, str, str], suffix: str) -> str:
    """`audio/original.music-and-effects.5.1.wav`, `audio/original.ko.dialogue.L.wav`: kind, language and layout."""
    kind, tag, layout = what
    start = version if tag == WITHOUT_LANGUAGE else _in(version, tag)
    return f"audio/{start}.{kind}.{clean(layout)}{suffix}"


def subtitles(version: str, language: str, kind: str, suffix: str) -> str:
    """`subtitles/original.ko.srt`, `subtitles/ko.sdh.srt` of the version `ko`: full tracks need no word."""
    middle = "" if kind == "full" else f".{kind}"
    return f"subtitles/{_in(version, language)}{middle}{suffix}"


def artwork(kind: str, language: str | None, suffix: str) -> str:
    """`artwork/poster.ja.jpg`."""
    return f"artwork/{kind}{f'.{clean(language)}' if language else ''}{suffix}"


def document(kind: str, language: str | None, suffix: str) -> str:
    """`documents/music-cue-sheet.pdf`."""
    return f"documents/{kind}{f'.{clean(language)}' if language else ''}{suffix}"


def _in(version: str, language: str) -> str:
    """Version and language, which many versions are called by."""
    tag = clean(language)
    return version if version == tag else f"{version}.{tag}"


def numbered(name: str, number: int) -> str:
    """The name for the second, third, … file that would have it: `artwork/still-2.jpg`."""
    folder, _, last = name.rpartition("/")
    stem, dot, suffix = last.rpartition(".")
    return f"{folder}/{stem}-{number}{dot}{suffix}" if number > 1 else name


def clean(text: str) -> str:
    """A text from outside as a part of a name: letters and digits of any script, hyphens, points."""
    kept = _NOT_IN_A_NAME.sub("-", unicodedata.normalize("NFC", text)).strip("-.")
    return kept.encode()[:MOST_BYTES].decode("utf-8", "ignore") or "unnamed"

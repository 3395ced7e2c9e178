"""`subtitle/glyphs`."""

import unicodedata
from functools import cache
from typing import Annotated

from pydantic import AfterValidator

from assets.subtitles.model import SubtitleTrack
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, shown
from checks.subtitle._data import words_of
from checks.subtitle._search import text_of

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _char(text: str) -> str:
    try:
        return chr(int(text.removeprefix("U+"), 16))
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no code point; written as U+22EF") from None


class Glyphs(Limits):
    """Characters that the platform shows besides the tool's list, as `U+22EF`."""

    also: list[Annotated[str, AfterValidator(_char)]] = []


@check("subtitle/glyphs", on=SubtitleTrack, limits=Glyphs)
def glyphs(track: SubtitleTrack, limits: Glyphs) -> Problems:
    """A cue has a character that the fonts of players often lack.

    Viewers see an empty box. A platform's own list of glyphs may not be passed on; this one is made of Unicode's
    blocks, with exceptions, and so it is a little wider or narrower than theirs. Decomposed and unseen characters have
    checks of their own.
    """
    also = frozenset(limits.also)
    text = text_of(track)
    missing = {char: _instead(char) for char in text.characters - also if not _is_shown(char)}
    for cue, words in text.with_any("".join(missing)):
        for char in sorted(set(words) & missing.keys()):
            template = "{measured}, which fonts often lack{instead}: {text}"
            yield Problem(template, at(cue), _name(char), values={"instead": missing[char], "text": shown(words)})


@cache
def _ranges() -> tuple[tuple[int, int], ...]:
    return tuple((ord(_char(block["first"])), ord(_char(block["last"]))) for block in words_of("glyphs")["blocks"])


@cache
def _exceptions() -> dict[str, str]:
    return {_char(item["char"]): item["instead"] for item in words_of("glyphs")["except"]}


def _is_shown(char: str) -> bool:
    if char == "\n" or unicodedata.category(char) in _UNSEEN:
        return True
    code = ord(char)
    return char not in _exceptions() and any(first <= code <= last for first, last in _ranges())


def _instead(char: str) -> str:
    instead = _exceptions().get(char, "")
    return f" (write {instead})" if instead else ""


def _name(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()

"""`subtitle/control-characters`."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator

from assets.subtitles.model import SubtitleTrack
from assets.text import INVISIBLE_LETTERS
from checks.by_language import ByLanguage
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.subtitle._cues import at, rule_of
from checks.subtitle._search import text_of

_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_CODE_POINT = re.compile(r"^U\+([0-9A-F]{4,6})$")


def _code_point(text: str) -> str:
    match = _CODE_POINT.match(text)
    if match is None or int(match[1], 16) > 0x10FFFF:  # noqa: PLR2004 -- the last code point
        raise ValueError(f"{text!r} is no code point; written as U+200D")
    return chr(int(match[1], 16))


class Invisible(Limits):
    """Characters that are allowed though nothing is seen of them, by language: as `U+200F` in Arabic and Hebrew."""

    allowed: ByLanguage[list[Annotated[str, AfterValidator(_code_point)]]] | None = None


@check("subtitle/control-characters", on=SubtitleTrack, limits=Invisible)
def control_characters(track: SubtitleTrack, limits: Invisible) -> Problems:
    """A cue has characters that are not meant to be seen.

    Zero-width spaces, direction marks and control characters come in by copying from web pages; players show boxes or
    turn the text around. U+FFFD says that a character was lost when the file was converted. Delete them; restore what
    was lost.
    """
    allowed = _allowed(track, limits)
    text = text_of(track)
    unseen = {char for char in text.characters if _is_unseen(char)} - allowed
    for cue, words in text.with_any("".join(unseen)):
        yield Problem("{measured} in the text", at(cue), ", ".join(map(_name, sorted(unseen & set(words)))))


def _allowed(track: SubtitleTrack, limits: Invisible) -> set[str]:
    if limits.allowed is None:
        return set()
    try:
        allowed = rule_of(limits.allowed, track)
    except CannotCheck:  # no exceptions for this language, which is the stricter reading
        return set()
    return set(allowed or ())


def _is_unseen(char: str) -> bool:
    if char == "\n":
        return False
    if char == _REPLACEMENT or char in INVISIBLE_LETTERS or _is_noncharacter(ord(char)):
        return True
    return unicodedata.category(char) in _CATEGORIES


def _is_noncharacter(code: int) -> bool:
    """Whether Unicode will never assign a code point (The Unicode Standard, section 23.7)."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 -- the standard's own figures


def _name(char: str) -> str:
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X} {name}".strip()

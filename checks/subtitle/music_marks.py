"""`subtitle/music-marks`."""

import re

from assets.subtitles.model import Cue, SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import Where, applies, at, shown
from checks.subtitle._search import text_of

SIGNS = "♪♫"
_SIGN = re.compile(f"[{SIGNS}]+")
_HASH = re.compile("#")
_AS_SIGN = re.compile(
    r"^(?:[-‐] ?)?#+[^\S\n]+(?=[^\s#\d])|(?<=[^\s#])[^\S\n]+#+$|^#+(?=[^\W\d][^#\n]*[^\s#]#+$)", re.MULTILINE
)
"""A hash with a space to the words, or at both ends of a line: not a number (#1, # 1), a tag or a key (in F#)."""


@check("subtitle/music-marks", on=SubtitleTrack, limits=Where)
def music_marks(track: SubtitleTrack, limits: Where) -> Problems:
    """Lyrics do not stand between two note signs, each with one space to the words.

    The signs say where singing begins and ends; a player may take one for a letter of the word that it touches. `#` is
    the note of teletext. Write `♪ words ♪`.
    """
    if applies(limits.where, track):
        text = text_of(track)
        for cue, words in text.with_any(SIGNS):
            yield from _signs(cue, words)
        seen: set[int] = set()
        for found in text.find(_AS_SIGN, _HASH, needs="#"):
            index = text.index(found.match)
            if index not in seen:
                seen.add(index)
                yield Problem("'#', written as '♪': {text}", at(found.cue), values={"text": shown(text.texts[index])})


def _signs(cue: Cue, words: str) -> Problems:
    places = [match.span() for match in _SIGN.finditer(words)]
    values = {"text": shown(words)}
    if len(places) % 2:
        if words.strip(SIGNS).strip():
            yield Problem("a note sign at one end alone: {text}", at(cue), values=values)
        return
    for (_, start), (end, _) in zip(places[::2], places[1::2], strict=True):
        inside = words[start:end]
        if not inside.strip():
            continue
        if inside.endswith("\n"):
            yield Problem("a note sign at one end alone: {text}", at(cue), values=values)
        elif _spaces(inside) != (1, 1):
            yield Problem("not one space between note sign and words: {text}", at(cue), values=values)


def _spaces(inside: str) -> tuple[int, int]:
    """How many spaces stand before and after the words; only a half-width one is a space that counts as right."""
    if inside.strip() != inside.strip(" "):
        return 0, 0
    return len(inside) - len(inside.lstrip(" ")), len(inside) - len(inside.rstrip(" "))

"""`subtitle/speaker-dashes`."""

import re
from typing import Literal

from assets.subtitles.model import Cue, SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, rule_of, shown
from checks.subtitle._search import text_of

_DASHES = "‐‑‒–—−－-"
_DASH = re.compile(f"[{_DASHES}]")
_OPENING = re.compile(rf"^([{_DASHES}])(?![{_DASHES}])([^\S\n]*)(?=\S)", re.MULTILINE)
_INSIDE = re.compile(rf"(?<=[.?!…\]）”])[^\S\n]+[{_DASHES}][^\S\n]?(?=[^\s\d{_DASHES}])")
_BETWEEN = re.compile(
    rf"^([{_DASHES}])(?![{_DASHES}])[^\S\n]*\w[^\n]*?(?<=[^\s.?!…\]）”])[^\S\n]+\1[^\S\n](?=[^\s\d{_DASHES}])",
    re.MULTILINE,
)
_TWO = 2


class SpeakerDashes(Limits):
    """What begins each line where two people speak, by language: a hyphen and a space, a hyphen alone, or nothing."""

    style: ByLanguage[Literal["- ", "-", ""]]


@check("subtitle/speaker-dashes", on=SubtitleTrack, limits=SpeakerDashes)
def speaker_dashes(track: SubtitleTrack, limits: SpeakerDashes) -> Problems:
    """Two speakers in one cue are not marked as the language marks them.

    Each line is one speaker's, and each of the two begins with the same mark; Japanese has none. Where one person
    speaks there is no dash. A dash before a number may be a minus and is let be.
    """
    style = rule_of(limits.style, track)
    if style is None:
        return
    text = text_of(track)
    last = -1
    for found in text.find(_OPENING, _DASH, needs=_DASHES):
        index = text.index(found.match)
        if index != last:
            last = index
            yield from _marked(found.cue, text.texts[index], style)
    for found in text.find(_INSIDE, _DASH, needs=_DASHES):
        yield Problem("two speakers on one line: {measured}", at(found.cue), shown(found.line))
    for found in text.find(_BETWEEN, _DASH, needs=_DASHES):
        if not _INSIDE.search(found.line):
            yield Problem("two speakers on one line: {measured}", at(found.cue), shown(found.line))


def _marked(cue: Cue, words: str, style: str) -> Problems:
    lines = [line for line in words.split("\n") if line.strip()]
    opened = [match for line in lines if (match := _OPENING.match(line))]
    if len(opened) == 1 and not opened[0][2] and opened[0].string[opened[0].end()].isdigit():
        return
    values = {"text": shown(words)}
    if not style:
        yield Problem(
            "{measured} before a speaker, which the language does not have: {text}", at(cue), "a dash", "", values
        )
        return
    for written in dict.fromkeys(match[0] for match in opened if match[0] != style):
        template = "{measured} before a speaker, written as {allowed}: {text}"
        yield Problem(template, at(cue), repr(written), repr(style), values)
    if len(lines) == 1 and not _INSIDE.search(words) and not _BETWEEN.search(words):
        yield Problem("a dash though one person speaks: {text}", at(cue), values=values)
    elif len(lines) == _TWO and len(opened) == 1:
        yield Problem("one of two lines begins with a dash: {text}", at(cue), values=values)

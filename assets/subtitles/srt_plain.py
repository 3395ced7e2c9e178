r"""Cues of a SubRip text that are written as every player reads them, taken with one search each.

Nearly all cues of nearly all files are: an index, a line of times, rows, blank lines, and then the next cue or the end
of the text. What is not stays for `srt_scan`, stretch by stretch, with the same result as if it had read the whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assets.subtitles import srt_text
from assets.subtitles.model import Cue, Damage, quick_cue
from assets.timing import TICKS_PER_MS

_CLOCK = "([0-9]{2,6}):([0-5][0-9]):([0-5][0-9]),([0-9]{3})"
_HEAD = rf"([0-9]{{1,9}})\n{_CLOCK} --> {_CLOCK}\n"
_NEXT = re.compile(_HEAD.replace("(", "(?:"))
_PLAIN = re.compile(rf"{_HEAD}([^ \t\n][^\n]*(?:\n[^ \t\n][^\n]*)*)(?:\n\n+|\n?\Z)")
_RESUMED = re.compile(rf"\n\n(?={_NEXT.pattern})")
_ARROWLIKE = re.compile(r"[-–—=]\s?>")
"""What may make a row a line of times; see `timestamps`."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text to be read line by line. `above` counts the lines before it; `last` says that the text ends with it."""

    text: str
    above: int
    last: bool


@dataclass(slots=True)
class Progress:
    """How far a text has been read: a place and the lines before it, the index of the last cue, the cues so far.

    `index` is None if the last cue had none. `damage` is what is wrong inside the cues.
    """

    place: int = 0
    lines: int = 0
    index: int | None = 0
    cues: list[Cue] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)


def stretches(text: str, progress: Progress) -> Iterator[Stretch]:
    """Put the plain cues into `progress`, and give each stretch between them, whose reader puts in what it finds.

    A stretch begins where a cue does, but for one at the beginning, and ends where a cue with plain times begins.
    """
    while progress.place < len(text):
        _take(text, progress)
        if progress.place < len(text):
            resumed = _RESUMED.search(text, progress.place)
            end = resumed.end() if resumed else len(text)
            stretch = Stretch(text[progress.place : end], progress.lines, resumed is None)
            yield stretch
            progress.lines += stretch.text.count("\n")
            progress.place = end


def _take(text: str, progress: Progress) -> None:
    """The plain cues from the place on."""
    cues, damage = progress.cues, progress.damage
    place, lines, index = progress.place, progress.lines, progress.index
    before = place, lines, index, len(damage)
    begun, end = len(cues), len(text)
    while place < end and (match := _PLAIN.match(text, place)):
        name, hours, minutes, seconds, ms, hours2, minutes2, seconds2, ms2, words = match.groups()
        if (index is not None and int(name) != index + 1) or (">" in words and _ARROWLIKE.search(words)):
            break
        before = place, lines, index, len(damage)
        index = int(name)
        start = ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(ms)
        stop = ((int(hours2) * 60 + int(minutes2)) * 60 + int(seconds2)) * 1000 + int(ms2)
        runs, position = srt_text.runs(words, lines + 1, damage)
        times = start * TICKS_PER_MS, stop * TICKS_PER_MS
        cues.append(quick_cue(len(cues) + 1, times, runs, lines + 1, position))
        lines += text.count("\n", place, match.end())
        place = match.end()
    if len(cues) > begun and place < end and not _NEXT.match(text, place):  # what follows may be rows of the last cue
        place, lines, index, kept = before
        del cues[-1], damage[kept:]
    progress.place, progress.lines, progress.index = place, lines, index

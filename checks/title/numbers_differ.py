"""`title/numbers-differ`."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from assets.subjects import ReadTitle
from assets.subtitles.model import Cue, SubtitleTrack
from assets.title import Kind
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import shown
from checks.title._numbers import numbers
from checks.title._tracks import Times, place_in, with_first, with_original_first

CENTURY = 100
YEARS = range(1800, 2100)


class Numbers(Limits):
    """The smallest number that is compared: smaller ones are spelled out, or are months and hours, which have names."""

    least: Annotated[int, Field(ge=1)]


@check("title/numbers-differ", on=ReadTitle, limits=Numbers)
def numbers_differ(read: ReadTitle, limits: Numbers) -> Problems:
    """Two languages have different numbers in cues that are shown at the same time.

    A year or an amount was probably mistyped or misheard. Compare with the original. Measures that were converted and
    years of another calendar are right though they differ.
    """
    tracks = with_original_first(read, {Kind.FULL})
    for original, track in with_first(tracks):
        yield from _differing(track, Times(track), Times(original), original, limits.least)


def _differing(track: SubtitleTrack, times: Times, others: Times, other: SubtitleTrack, least: int) -> Problems:
    for cue in times.cues:
        here = _numbers([cue], least)
        if not here:
            continue
        lacking = _without(here, _numbers(others.around(cue), least))
        there = _without(_numbers(others.together(cue), least), _numbers(times.around(cue), least))
        if lacking and there:
            yield Problem(
                "{measured}; in {other} {allowed}: {text}",
                place_in(track, cue),
                _said(lacking),
                _said(there),
                {"other": other.file.name, "text": shown(cue.text)},
            )


def _numbers(cues: Iterable[Cue], least: int) -> set[int]:
    return {number for cue in cues for number in numbers(cue.text) if number >= least}


def _without(these: set[int], those: set[int]) -> set[int]:
    """The numbers that the others lack; a year may be written with two digits."""
    known = those | {year % CENTURY for year in those if year in YEARS}
    return {number for number in these if number not in known and not (number in YEARS and number % CENTURY in known)}


def _said(found: set[int]) -> str:
    return ", ".join(str(number) for number in sorted(found))

"""`title/coverage-gap`."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from assets.subjects import ReadTitle
from assets.subtitles.model import SubtitleTrack
from assets.timing import Time, from_ms, ms_text
from assets.title import Kind
from checks.core import At, Limits, Problem, Problems, check
from checks.subtitle._cues import seconds_text
from checks.title._tracks import Times, is_one_cut, with_original_first

A_DAY_MS = 86_400_000


class CoverageGap(Limits):
    """Longest stretch in milliseconds that another full track fills with cues and this one leaves empty.

    `min_cues` is how many cues the other one needs to have there: a song may be left untranslated.
    """

    max_ms: Annotated[int, Field(ge=1)]
    min_cues: Annotated[int, Field(ge=1)]


@check("title/coverage-gap", on=ReadTitle, limits=CoverageGap)
def coverage_gap(read: ReadTitle, limits: CoverageGap) -> Problems:
    """A full or SDH track has no cue for a long time while another full track does.

    A scene or a reel was probably not translated, or was lost when files were joined. Compare the two tracks there.
    """
    full = [(track, Times(track)) for track in with_original_first(read, {Kind.FULL})]
    for track in with_original_first(read, {Kind.FULL, Kind.SDH}):
        others = [(other, times) for other, times in full if other is not track and is_one_cut(track, other)]
        for start, end in _empty(track):
            found = [_filled(other, times, start, end) for other, times in others]
            widest = max(found, key=lambda item: item[1] - item[0], default=None)
            if widest is None:
                continue
            first, last, count, name = widest
            if last - first > from_ms(limits.max_ms) and count >= limits.min_cues:
                yield Problem(
                    "no cue for {measured} from {start}, where {other} has {count}; at most {allowed}",
                    At(track.file.name, first, last),
                    seconds_text(last - first),
                    seconds_text(from_ms(limits.max_ms)),
                    {"start": ms_text(first), "other": name, "count": count},
                )


def _empty(track: SubtitleTrack) -> Iterator[tuple[Time, Time]]:
    """The stretches without a cue: before the first, between two, after the last."""
    end = 0
    for cue in sorted(track.cues, key=lambda item: item.start):
        yield end, cue.start
        end = max(end, cue.end)
    yield end, max(end, from_ms(A_DAY_MS))


def _filled(other: SubtitleTrack, times: Times, start: Time, end: Time) -> tuple[Time, Time, int, str]:
    """From where to where the other track's cues fill a stretch, and how many they are."""
    within = times.begun_within(start, end)
    if not within:
        return 0, 0, 0, other.file.name
    return within[0].start, min(end, max(cue.end for cue in within)), len(within), other.file.name

"""The times of a whole track, read once for all rules of times: they judge 200,000 cues in one comparison each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from assets.subtitles.model import Cue, SubtitleTrack
from assets.timing import Time
from checks.subtitle._search import KEPT, Alone


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """The in-cues, out-cues and durations of the cues, in the order of the file."""

    cues: tuple[Cue, ...]
    starts: list[Time]
    ends: list[Time]
    durations: list[Time]

    @property
    def in_order(self) -> bool:
        """Whether no cue starts or ends before the one above it."""
        return self.starts == sorted(self.starts) and self.ends == sorted(self.ends)


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """Each cue but the first with its neighbour (see `neighbours`), and the time between, negative in an overlap."""

    pairs: list[tuple[Cue, Cue]]
    times: list[Time]

    def between(self, least: Time, most: Time) -> Iterator[tuple[Cue, Cue, Time]]:
        """The earlier cue, the later one and the gap, where it is at least `least` and less than `most`."""
        for (before, cue), gap in zip(self.pairs, self.times, strict=True):
            if least <= gap < most:
                yield before, cue, gap

    @property
    def has_overlap(self) -> bool:
        """Whether a cue starts while another is still shown."""
        return min(self.times, default=0) < 0


def neighbours(cues: Iterable[Cue]) -> Iterator[tuple[Cue, Cue]]:
    """Each cue but the first with the one that starts before it and ends last, whatever their order in the file."""
    last: Cue | None = None
    for cue in sorted(cues, key=attrgetter("start", "end")):
        if last is not None:
            yield last, cue
        last = cue if last is None or cue.end >= last.end else last


def times_of(track: SubtitleTrack) -> Times:
    """The times of a track."""
    return _times(Alone(track.cues))


def gaps_of(track: SubtitleTrack) -> Gaps:
    """The gaps of a track."""
    return _gaps(times_of(track))


@lru_cache(KEPT)
def _times(key: Alone[Cue]) -> Times:
    starts, ends = [cue.start for cue in key.items], [cue.end for cue in key.items]
    return Times(key.items, starts, ends, [end - start for start, end in zip(starts, ends, strict=True)])


@lru_cache(KEPT)
def _gaps(times: Times) -> Gaps:
    pairs = list(pairwise(times.cues) if times.in_order else neighbours(times.cues))
    return Gaps(pairs, [cue.start - before.end for before, cue in pairs])

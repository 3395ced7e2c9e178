"""What the checks between the subtitle tracks of a title share."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from assets import language
from assets.subjects import ReadTitle
from assets.subtitles.model import Cue, SubtitleTrack
from assets.timing import TICKS_PER_SECOND, Time
from assets.title import Kind
from checks.core import At
from checks.subtitle._cues import at

SAME_CUT = TICKS_PER_SECOND
"""Pictures whose lengths differ by less are one cut, whose tracks can be compared."""


def with_original_first(read: ReadTitle, kinds: Collection[Kind]) -> list[SubtitleTrack]:
    """The tracks of these kinds that have cues, those in the programme's original language first."""
    tracks = [track for track in read.tracks() if track.kind in kinds and track.cues]
    original = read.title.programme.original_language
    return sorted(tracks, key=lambda track: not language.same_language(track.language, original))


def pairs(tracks: Sequence[SubtitleTrack]) -> Iterator[tuple[SubtitleTrack, SubtitleTrack]]:
    """Every two tracks of one cut in different languages, each pair once, the earlier track first."""
    for number, track in enumerate(tracks):
        for other in tracks[number + 1 :]:
            if is_one_cut(track, other) and not language.same_language(track.language, other.language):
                yield track, other


def with_first(tracks: Sequence[SubtitleTrack]) -> Iterator[tuple[SubtitleTrack, SubtitleTrack]]:
    """The first track with each of the others that is of the same cut and in another language."""
    for other in tracks[1:]:
        if is_one_cut(tracks[0], other) and not language.same_language(tracks[0].language, other.language):
            yield tracks[0], other


def is_one_cut(track: SubtitleTrack, other: SubtitleTrack) -> bool:
    """Whether two tracks go with pictures of the same length; what has no picture is taken to."""
    if track.programme_end is None or other.programme_end is None:
        return True
    return abs(track.programme_end - other.programme_end) <= SAME_CUT


class Times:
    """The cues of a track in the order of their times, to look up what is shown when."""

    def __init__(self, track: SubtitleTrack) -> None:
        self.cues = sorted(track.cues, key=lambda cue: cue.start)
        self.starts = [cue.start for cue in self.cues]

    def begun_within(self, start: Time, end: Time) -> Sequence[Cue]:
        """The cues that start at `start` or later, and before `end`."""
        return self.cues[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def together(self, cue: Cue) -> list[Cue]:
        """The cues that are shown at some time while `cue` is."""
        return [item for item in self.around(cue) if item.start < cue.end and cue.start < item.end]

    def around(self, cue: Cue) -> Sequence[Cue]:
        """The cues that are shown with `cue`, and the ones before and after: languages split sentences differently."""
        first = bisect_left(self.starts, cue.start)
        while first and self.cues[first - 1].end > cue.start:
            first -= 1
        stop = bisect_left(self.starts, cue.end)
        return self.cues[max(0, first - 1) : stop + 1]


def place_in(track: SubtitleTrack, cue: Cue) -> At:
    """A cue as a place in a title; its line counts in the file of the track."""
    place = at(cue)
    return replace(place, label=f"{track.file}, {place.label}", file=track.file.name)

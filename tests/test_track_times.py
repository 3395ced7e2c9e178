"""What the rules of times share: neighbours, gaps, and the cuts around the cues, against slow and plain ways."""

from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.subtitles.model import Cue, Run, SubtitleTrack, quick_cue, quick_run, with_text
from assets.timing import from_frames, to_frames
from assets.title import AssetFile, Kind
from checks.subtitle import _cuts, _times

RATES = (Fraction(24), Fraction(25), Fraction(24000, 1001), Fraction(60000, 1001))
frames = st.integers(-5, 60)


def track(spans, cuts, rate):
    cues = tuple(
        Cue(number, from_frames(start, rate), from_frames(end, rate), (Run("그래"),))
        for number, (start, end) in enumerate(spans, 1)
    )
    file = AssetFile("film.srt", Path("film.srt"))
    places = tuple(from_frames(cut, rate) for cut in cuts)
    return SubtitleTrack(
        file, "film", "ko", Kind.FULL, "srt", "utf-8", bom=False, cues=cues, frame_rate=rate, cuts=places
    )


tracks = st.builds(
    track, st.lists(st.tuples(frames, frames), max_size=8), st.lists(frames, max_size=6), st.sampled_from(RATES)
)


@settings(max_examples=100)
@given(tracks)
def test_gaps_are_those_of_neighbours(subject):
    gaps = _times.gaps_of(subject)
    assert gaps.pairs == list(_times.neighbours(subject.cues))
    assert gaps.times == [cue.start - before.end for before, cue in gaps.pairs]
    assert list(gaps.between(0, 9)) == [
        (*pair, gap) for pair, gap in zip(gaps.pairs, gaps.times, strict=True) if 0 <= gap < 9
    ]
    overlap = any(cue.start < before.end for before, cue in _times.neighbours(subject.cues))
    assert gaps.has_overlap == overlap


@settings(max_examples=100)
@given(tracks)
def test_cuts_are_the_nearest_ones(subject):
    found, rate = _cuts.cuts_of(subject), subject.frame_rate
    cuts = [to_frames(cut, rate) for cut in subject.cuts]
    assert found.starts == [to_frames(cue.start, rate) for cue in subject.cues]
    assert found.ends == [to_frames(cue.end, rate) for cue in subject.cues]
    for times, until, after in (
        (found.starts, found.until_start, found.from_start),
        (found.ends, found.until_end, found.from_end),
    ):
        assert until == [max((cut for cut in cuts if cut <= time), default=-_cuts.NEVER) for time in times]
        assert after == [min((cut for cut in cuts if cut >= time), default=_cuts.NEVER) for time in times]


def test_what_is_made_quickly_is_the_same():
    run = Run("그래", italic=True)
    assert quick_run("그래", italic=True) == run
    assert with_text(Run("안녕", italic=True), "그래") == run
    assert quick_cue(1, (2, 3), (run,), 4, 8) == Cue(1, 2, 3, (run,), 4, 8)
    assert hash(quick_cue(1, (2, 3), (run,), 4, 8)) == hash(Cue(1, 2, 3, (run,), 4, 8))

"""Every check of cuts, speech and tracks together, on anything at all: a finding, or why not, never a traceback."""

from dataclasses import replace
from fractions import Fraction

import pytest
from builders_text import read_title, track
from hypothesis import given, settings
from hypothesis import strategies as st

from assets import platform, timing
from assets.subjects import ReadTitle
from assets.subtitles.model import Cue, Run, Speech
from assets.timing import to_frames
from assets.title import Kind
from checks import core, suites
from checks.subtitle._cuts import _cuts, half_second
from checks.subtitle._search import Alone
from checks.subtitle._times import _times

SUITE = [selected for selected in suites.suite(platform.load("svod")) if selected.check.family in {"subtitle", "title"}]
TIMES = st.integers(-(10**4), 10**6).map(timing.from_ms)
RATES = st.none() | st.sampled_from([Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(60)])
WORDS = st.text(st.sampled_from("가각힣한ア漢一九万aNATO12,.만천 \n１９"), max_size=12)
CUES = st.lists(st.tuples(TIMES, TIMES, WORDS), max_size=30)
TRACKS = st.tuples(
    st.sampled_from(["ko", "en", "ja", "zh-Hans", "jp", "und", "", "pt-BR"]),
    st.sampled_from(list(Kind)),
    CUES,
    RATES,
    st.none() | st.lists(TIMES, max_size=30),
    st.none() | st.lists(st.tuples(TIMES, TIMES), max_size=30),
    st.none() | TIMES,
)


def _track(number, made):
    language, kind, cues, rate, cuts, speech, end = made
    return replace(
        track({}),
        file=replace(track({}).file, name=f"{number}.srt"),
        language=language,
        kind=kind,
        cues=tuple(Cue(n, start, stop, (Run(text),)) for n, (start, stop, text) in enumerate(cues, 1)),
        frame_rate=rate,
        cuts=None if cuts is None else tuple(cuts),
        speech=None if speech is None else Speech(tuple(speech)),
        programme_end=end,
    )


@settings(deadline=None, max_examples=100)
@given(made=st.lists(TRACKS, min_size=1, max_size=4))
def test_no_traceback(made):
    tracks = [_track(number, item) for number, item in enumerate(made)]
    read = ReadTitle(read_title({}).title, tuple(tracks))
    for result in core.run(SUITE, [*tracks, read]):
        assert result.check
        assert "{" not in getattr(result, "message", "").replace("{\\", "")


@pytest.mark.parametrize("rate", ["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60"])
def test_cuts_count_frames_as_time_does(rate):
    times = list(range(-timing.from_ms(2_000), timing.from_ms(2_000), 12_345_679))
    cues = tuple(Cue(1, time, time, ()) for time in times)
    found = _cuts(_times(Alone(cues)), Alone(()), Fraction(rate))
    assert found.starts == found.ends == [to_frames(time, Fraction(rate)) for time in times]


@pytest.mark.parametrize(
    ("rate", "frames"),
    [
        ("24000/1001", (12, 12)),
        ("24", (12, 12)),
        ("25", (12, 13)),
        ("30000/1001", (15, 15)),
        ("30", (15, 15)),
        ("50", (25, 25)),
        ("60000/1001", (30, 30)),
        ("60", (30, 30)),
    ],
)
def test_half_a_second_in_frames(rate, frames):
    assert half_second(Fraction(rate)) == frames

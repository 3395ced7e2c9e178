"""Every check of subtitles on anything at all: a finding, or a reason why not, never a traceback."""

import unicodedata
from fractions import Fraction

import pytest
from builders_text import asset_file
from hypothesis import given, settings
from hypothesis import strategies as st

from assets import platform, timing
from assets.subtitles.model import Cue, Damage, Run, SubtitleTrack
from assets.title import Kind
from checks import core
from checks.subtitle._cues import frames_of

SUITE = [selected for selected in core.suite(platform.load("svod")) if selected.check.on is SubtitleTrack]
WORDS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("가각힣あア漢aé ，、。.,…“”♪-{}%\u200b\u3164\n"), max_size=40
)
TIMES = st.integers(-(10**4), 10**7).map(timing.from_ms)
RATES = st.none() | st.sampled_from([Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(60)])
CUES = st.lists(st.tuples(TIMES, TIMES, WORDS, st.booleans(), st.integers(1, 9)), max_size=8)


def _track(cues, language="ko", kind=Kind.FULL, **other):
    made = (
        Cue(number, start, end, (Run(text, italic=italic),), number * 4, position)
        for number, (start, end, text, italic, position) in enumerate(cues, 1)
    )
    facts = {"format": "srt", "encoding": "utf-8", "bom": False, "cues": tuple(made), **other}
    return SubtitleTrack(file=asset_file("a.srt"), version="a", language=language, kind=kind, **facts)


@st.composite
def tracks(draw):
    return _track(
        draw(CUES),
        draw(st.sampled_from(["ko", "ja", "en", "zh-Hant", "ar", "jp", "kr", "und", ""]) | WORDS),
        draw(st.sampled_from(Kind)),
        damage=(Damage("bad-index", 1, "no number", draw(WORDS)), Damage("not-kept", 2, "ruby", draw(WORDS))),
        frame_rate=draw(RATES),
        programme_end=draw(st.none() | TIMES),
    )


@settings(max_examples=60, deadline=None)
@given(tracks())
def test_anything_is_judged_or_said_to_be_unchecked(track):
    for selected in SUITE:
        for result in core.run_one(selected, track):
            assert result.check == selected.check.name
            assert isinstance(result, core.NotChecked) or result.message


@settings(max_examples=40, deadline=None)
@given(CUES, st.sampled_from(["ko", "ja", "en"]))
def test_composed_and_decomposed_text_have_the_same_faults(cues, language):
    found = []
    for form in ("NFC", "NFD"):
        written = [(start, end, unicodedata.normalize(form, text), *rest) for start, end, text, *rest in cues]
        track = _track(written, language, frame_rate=Fraction(24), programme_end=timing.from_ms(10**7))
        results = [item for selected in SUITE for item in core.run_one(selected, track)]
        found.append(
            [
                (item.check, item.at.label, item.measured)
                for item in results
                if isinstance(item, core.Finding)
                and item.check in {"subtitle/line-too-long", "subtitle/reads-too-fast", "subtitle/wrong-language"}
            ]
        )
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "rate", [Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(60)]
)
@settings(max_examples=60, deadline=None)
@given(start=st.integers(0, 500_000), length=st.integers(1, 300))
def test_frames_survive_a_file_in_milliseconds(rate, start, length):
    exact = (timing.from_frames(start, rate), timing.from_frames(start + length, rate))
    rounded = [timing.from_ms(round(timing.to_seconds(time) * 1000)) for time in exact]
    assert frames_of(rounded[1] - rounded[0], rate) == length

"""Every check of subtitles on anything at all: a finding, or a reason why not, never a traceback."""

import unicodedata
from dataclasses import replace
from fractions import Fraction
from time import process_time

import pytest
from builders_text import asset_file
from hypothesis import given, settings
from hypothesis import strategies as st

from assets import platform, timing
from assets.subtitles.model import Cue, Damage, Run, SubtitleTrack
from assets.title import Kind
from checks import core, suites
from checks.subtitle._cues import frames_of

SUITE = [selected for selected in suites.suite(platform.load("svod")) if selected.check.on is SubtitleTrack]
WORDS = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from("가각힣あア漢aéAM ，、。.,…?!？“”'\"♪*-–[]（）()0159１９{}%\u200b\u3000\u3164\n"),
    max_size=40,
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
                (item.check, item.at.label, unicodedata.normalize("NFC", item.measured))
                for item in results
                if isinstance(item, core.Finding) and item.check != "subtitle/not-nfc"
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


def test_ruby_and_styles_are_not_counted():
    runs = (Run("金日成", ruby="キムイルソン", ruby_position="outside"), Run("の子供たちの記録映画", italic=True))
    cue = Cue(1, 0, timing.from_ms(4000), runs)
    track = replace(_track((), "ja", frame_rate=Fraction(24)), cues=(cue,))
    lengths = [item for item in SUITE if item.check.name == "subtitle/line-too-long"]
    assert [result for item in lengths for result in core.run_one(item, track)] == []
    assert len(cue.text) == 13


ENDLESS = [
    "[",
    "[a",
    "(",
    "（",
    "♪ ",
    "- ",
    "…",
    "...",
    "1",
    "1,000",
    "1:",
    "* ",
    " ",
    "a",
    "A.",
    "AB ",
    "[,",
    "\n",
    "a \n",
]


@pytest.mark.parametrize("piece", ENDLESS)
def test_a_line_without_an_end_is_judged_in_linear_time(piece):
    """A check that were quadratic in the length of a line would take minutes for one of 40,000 characters."""
    track = _track([(0, 10**6, piece * (40_000 // len(piece)), True, 2)], "en", Kind.SDH, frame_rate=Fraction(24))
    started = process_time()
    for selected in SUITE:
        list(core.run_one(selected, track))
    assert process_time() - started < 30

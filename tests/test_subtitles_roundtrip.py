"""What is written in a format is read back the same, whatever the text."""

from dataclasses import replace

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.subtitles import Cue, Run, Target, format_of, markup, read_subtitles, write_subtitles
from assets.subtitles.format import Grid
from assets.timing import TICKS_PER_MS

FULL = ("webvtt", "ebu-tt-d", "imsc1.1", "ttml1", "srt")
"""The formats that hold any text, at each key of the keypad, at each millisecond."""

OF_CUES = {"empty-cue", "no-duration", "out-of-order"}
"""Damage that is in the cues themselves and so survives any format."""


def _without_lines(cues):
    return [replace(cue, line=0) for cue in cues]


@pytest.mark.parametrize("name", FULL)
@given(data=st.data())
@settings(deadline=None, max_examples=80)
def test_written_cues_are_read_back(name, data):
    times = strategies.ticks if format_of(name).grid is Grid.EXACT else strategies.milliseconds
    cues = data.draw(strategies.cues(times))
    parsed = read_subtitles(write_subtitles(cues, name, Target("ko")))
    assert parsed.format == name
    assert (parsed.encoding, parsed.bom) == ("utf-8", False)
    assert _without_lines(parsed.cues) == cues
    assert {damage.kind for damage in parsed.damage} <= OF_CUES


@given(strategies.cues())
@settings(deadline=None)
def test_all_formats_say_the_same(cues):
    found = [_without_lines(read_subtitles(write_subtitles(cues, name, Target("ja"))).cues) for name in FULL]
    assert all(other == found[0] for other in found)


@pytest.mark.parametrize("name", ["srt", "webvtt"])
def test_times_are_rounded_to_the_nearest_millisecond(name):
    cue = Cue(1, TICKS_PER_MS * 3 // 2, TICKS_PER_MS * 1000 + TICKS_PER_MS // 2 - 1, (Run("가"),))
    read = read_subtitles(write_subtitles([cue], name, Target("ko"))).cues[0]
    assert (read.start, read.end) == (2 * TICKS_PER_MS, 1000 * TICKS_PER_MS)


@pytest.mark.parametrize("name", FULL)
def test_a_time_before_zero_is_written_as_zero(name):
    cue = Cue(1, -TICKS_PER_MS, TICKS_PER_MS, (Run("가"),))
    assert read_subtitles(write_subtitles([cue], name, Target("ko"))).cues[0].start == 0


@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize("form", ["각", "\u1100\u1161\u11a8"])
def test_normalization_form_is_left_alone(name, form):
    cue = Cue(1, 0, TICKS_PER_MS, (Run(form),))
    assert form.encode() in write_subtitles([cue], name, Target("ko"))


@pytest.mark.parametrize("name", FULL[:-1])
def test_a_track_without_cues_is_a_file_without_cues(name):
    parsed = read_subtitles(write_subtitles([], name, Target("en")))
    assert (parsed.format, parsed.cues, parsed.damage) == (name, (), ())


def test_runs_have_one_canonical_form():
    runs = [Run("\r\na", italic=True), Run(""), Run("b", italic=True), Run("\nc\x00\ud800")]
    assert markup.tidy(runs) == (Run("\n"), Run("ab\n", italic=True), Run("c"))

"""Times moved by offsets, ratios and labels: exact rationals, frames keep their numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.errors import UsageError
from assets.subtitles import Cue, Run
from assets.subtitles.retiming import conform, parse_rate, parse_time, relabel, scale, shift
from assets.timing import TICKS_PER_SECOND, from_frames, from_ms, from_seconds, timecode, to_frames

FILM, PAL, NTSC, NTSC60 = Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60000, 1001)
RATES = [FILM, Fraction(24), PAL, NTSC, Fraction(30), Fraction(50), NTSC60]


def at(*times):
    return [Cue(number, time, time + from_ms(500), (Run("가"),)) for number, time in enumerate(times, 1)]


def starts(cues):
    return [cue.start for cue in cues]


def test_shift():
    moved = shift(at(0, from_ms(2000)), -from_ms(1500))
    assert [(cue.start, cue.end) for cue in moved] == [
        (-from_ms(1500), -from_ms(1000)),
        (from_ms(500), from_ms(1000)),
    ]


def test_scale_is_exact():
    hours = from_seconds(Fraction(2 * 3600))
    assert starts(scale(at(hours), PAL / FILM)) == [hours * 1001 // 960]
    assert starts(scale(at(hours), Fraction(1001, 1000))) == [hours * 1001 // 1000]
    assert starts(scale(scale(at(hours), PAL / FILM), FILM / PAL)) == [hours]


@pytest.mark.parametrize("old", RATES)
@pytest.mark.parametrize("new", RATES)
@given(frame=st.integers(0, 5_000_000))
def test_conform_keeps_frame_numbers(old, new, frame):
    (cue,) = conform(at(from_frames(frame, old)), old, new)
    assert cue.start == from_frames(frame, new)
    assert starts(conform([cue], new, old)) == [from_frames(frame, old)]


def test_conform_puts_times_in_milliseconds_on_the_nearest_frame():
    assert starts(conform(at(from_ms(42)), Fraction(24), PAL)) == [from_frames(1, PAL)]
    assert starts(conform(at(-from_ms(42)), Fraction(24), PAL)) == [-from_frames(1, PAL)]


def test_relabel_an_hour():
    hour = parse_time("01:00:00:00", NTSC)
    assert to_frames(hour, NTSC) == 108_000
    (cue,) = relabel(at(hour), NTSC, drop=True)
    assert timecode(cue.start, NTSC, drop=True) == "01:00:00;00"
    assert to_frames(cue.start, NTSC) == 107_892
    assert starts(relabel([cue], NTSC, drop=False)) == [hour]


def test_a_label_that_is_left_out_counts_as_the_next_one():
    (cue,) = relabel(at(parse_time("00:01:00:00", NTSC)), NTSC, drop=True)
    assert timecode(cue.start, NTSC, drop=True) == "00:01:00;02"


@pytest.mark.parametrize("rate", [NTSC, NTSC60])
@given(frame=st.integers(0, 5_000_000))
def test_relabelling_there_and_back(rate, frame):
    cues = at(from_frames(frame, rate))
    assert starts(relabel(relabel(cues, rate, drop=False), rate, drop=True)) == starts(cues)


def test_no_drop_frame_at_other_rates():
    with pytest.raises(UsageError, match="no drop-frame timecode at 25"):
        relabel(at(0), PAL, drop=True)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("24", Fraction(24)),
        ("23.976", FILM),
        ("23.98", FILM),
        ("29.97", NTSC),
        ("59.94", NTSC60),
        ("24000/1001", FILM),
        ("12.5", Fraction(25, 2)),
    ],
)
def test_rates(text, rate):
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "x", "0", "25fps", "24/0", "1e3", "-24", "2000"])
def test_rates_that_are_none(text):
    with pytest.raises(UsageError, match="is no frame rate"):
        parse_rate(text)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("1.5s", from_ms(1500)),
        ("-1500ms", -from_ms(1500)),
        ("+00:01:02.500", from_ms(62_500)),
        ("01:02,5", from_ms(62_500)),
        ("36f", from_frames(36, NTSC)),
        ("-00:00:01:12", -from_frames(42, NTSC)),
        ("00:01:00;02", from_frames(1800, NTSC)),
        ("10:00:00;00", from_frames(1_078_920, NTSC)),
    ],
)
def test_times(text, time):
    assert parse_time(text, NTSC) == time


@pytest.mark.parametrize(
    ("text", "rate", "said"),
    [
        ("soon", PAL, "is no time"),
        ("12f", None, "need a frame rate"),
        ("00:00:00:12", None, "need a frame rate"),
        ("00:00:00:25", PAL, "no frame 25"),
        ("00:00:00;12", PAL, "no drop-frame timecode"),
        ("00:01:00;00", NTSC, "leaves this label out"),
    ],
)
def test_times_that_are_none(text, rate, said):
    with pytest.raises(UsageError, match=said):
        parse_time(text, rate)


def test_two_hours_at_23_976_do_not_drift():
    """The last frame of two hours, through 25 and back, is the same tick."""
    frame = 2 * 3600 * 24
    there = conform(at(from_frames(frame, FILM)), FILM, PAL)
    assert there[0].start == from_frames(frame, PAL)
    assert there[0].start * 960 == from_frames(frame, FILM) * 960 * 960 // 1001
    assert from_frames(frame, FILM) % (TICKS_PER_SECOND // 24_000) == 0

"""Times are exact, and timecode counts as SMPTE ST 12-1 does."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import timing

RATES = [
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(60),
]


@given(st.integers(0, 10**7), st.sampled_from(RATES))
def test_frames_are_exact_at_every_rate(frames, rate):
    time = timing.from_frames(frames, rate)
    assert timing.to_seconds(time) == frames / rate
    assert timing.to_frames(time, rate) == frames


@given(st.integers(0, 10**6), st.sampled_from(RATES))
def test_a_frame_written_in_milliseconds_is_still_that_frame(frames, rate):
    ms = round(frames / rate * 1000)
    assert timing.to_frames(timing.from_ms(ms), rate) == frames


@pytest.mark.parametrize(
    ("frames", "rate", "drop", "expected"),
    [
        (0, RATES[3], True, "00:00:00;00"),
        (1799, RATES[3], True, "00:00:59;29"),
        (1800, RATES[3], True, "00:01:00;02"),
        (17981, RATES[3], True, "00:09:59;29"),
        (17982, RATES[3], True, "00:10:00;00"),
        (107892, RATES[3], True, "01:00:00;00"),
        (3600, RATES[6], True, "00:01:00;04"),
        (35964, RATES[6], True, "00:10:00;00"),
        (1800, RATES[3], False, "00:01:00:00"),
        (25 * 3661 + 3, RATES[2], False, "01:01:01:03"),
        (24 * 60, RATES[0], False, "00:01:00:00"),
        (-1, RATES[2], False, "-00:00:00:01"),
    ],
)
def test_timecode(frames, rate, drop, expected):
    assert timing.timecode(timing.from_frames(frames, rate), rate, drop=drop) == expected


def test_milliseconds_as_text():
    assert timing.ms_text(timing.from_ms(5_000_999)) == "01:23:20.999"
    assert timing.ms_text(timing.from_ms(-40)) == "-00:00:00.040"
    assert timing.rate_text(RATES[0]) == "23.976"
    assert timing.rate_text(Fraction(25)) == "25"

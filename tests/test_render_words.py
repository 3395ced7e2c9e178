import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.timing import from_ms
from cli.render import words


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (1049, "1.0 kB"),
        (1050, "1.1 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (61_234_567_890, "61.2 GB"),
        (2 * 10**15, "2.0 PB"),
        (5 * 10**18, "5000.0 PB"),
    ],
)
def test_size(size, text):
    assert words.size_text(size) == text


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "0 s"),
        (5, "0.005 s"),
        (2500, "2.5 s"),
        (59_999, "59.999 s"),
        (60_000, "1 min"),
        (61_499, "1 min 1 s"),
        (3_599_600, "1 h"),
        (5_040_035, "1 h 24 min"),
        (5_045_000, "1 h 24 min 5 s"),
        (-2500, "-2.5 s"),
    ],
)
def test_duration(milliseconds, text):
    assert words.duration_text(from_ms(milliseconds)) == text


def test_time_is_timecode_where_there_is_a_frame_rate():
    assert words.time_text(from_ms(62_125), Fraction(24)) == "00:01:02:03"
    assert words.time_text(from_ms(62_125), None) == "00:01:02.125"


def test_count():
    assert [words.count_text(number, "error") for number in (0, 1, 2)] == ["0 errors", "1 error", "2 errors"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nrows", "two ⏎ rows"),
        ("a\tb", "a b"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x00\x9b", "\\x00\\x9b"),
        ("\u202etxt.exe", "\\u202etxt.exe"),
        ("\u2028", "\\u2028"),
        ("\ud800", "\\ud800"),
        (unicodedata.normalize("NFD", "안녕 が"), "안녕 が"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ],
)
def test_visible(text, shown):
    assert words.visible(text) == shown


@given(st.text(st.characters()))
def test_visible_text_has_no_power_over_the_terminal(text):
    shown = words.visible(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert words.visible(shown) == shown

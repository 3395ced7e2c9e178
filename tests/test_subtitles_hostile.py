"""Whatever the bytes, there are cues, damage, or one error that says why: never a traceback, never endless work."""

import time
from contextlib import suppress

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.subtitles import FORMATS, Cue, Run, Target, format_of, read_subtitles, write_subtitles
from assets.subtitles.format import Grid
from assets.subtitles.reading import NotSubtitlesError
from assets.timing import TICKS_PER_MS

TEXTS = [name for name in FORMATS if format_of(name).grid is not Grid.FRAMES]
"""The formats that hold any text at any time; those of television have mutation tests of their own."""

CUES = [
    Cue(1, 1000 * TICKS_PER_MS, 2000 * TICKS_PER_MS, (Run("영화를 "), Run("보러", italic=True), Run(" 갈까요?"))),
    Cue(2, 3000 * TICKS_PER_MS, 4000 * TICKS_PER_MS, (Run("映画 <&> --> film\n둘", bold=True),), position=8),
]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp949"])
@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_mutated_file(name, encoding, data):
    source = write_subtitles(CUES, name, Target("ko")).decode().encode(encoding, "replace")
    mutated = data.draw(strategies.mutations(source))
    with suppress(NotSubtitlesError):
        parsed = read_subtitles(mutated)
        for written in TEXTS:
            if parsed.cues or written != "srt":  # of which an empty file would be none
                write_subtitles(parsed.cues, written, Target("ko"))


@pytest.mark.parametrize("head", ["", "WEBVTT\n\n", "1\n00:00:01,000 --> 00:00:02,000\n"])
@given(text=st.text(st.sampled_from("0123456789:.,-> \n\r\t<>ib/{}\\an&;가①\ufeff\0"), max_size=200))
@settings(deadline=None)
def test_text_like_subtitles(head, text):
    with suppress(NotSubtitlesError):
        read_subtitles((head + text).encode())


@given(st.text(st.sampled_from("0123456789:.,-> \n\tab가"), max_size=120))
@settings(deadline=None)
def test_no_character_of_a_sub_rip_file_is_lost(text):
    """Every visible character that is read is in the cues, their times and indexes, or the damage."""
    source = "1\n00:00:01,000 --> 00:00:02,000\n시작\n" + text
    parsed = read_subtitles(source.encode())
    known = "\n".join([*(cue.text for cue in parsed.cues), *(item.text for item in parsed.damage)])
    for letter in "ab가":
        assert known.count(letter) >= source.count(letter)


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:01,000 -->" + " " * 200_000 + "x",
        "1\n00:00:01,000 --> 00:00:02,000\n" + "<i>" * 100_000,
        "1\n00:00:01,000 --> 00:00:02,000\n" + "<font " * 100_000,
        "1\n00:00:01,000 --> 00:00:02,000\n" + "--" * 100_000 + "1:1>",
        "1\n00:00:01,000 --> 00:00:02,000\n" + "1 : " * 100_000 + "->",
        "1\n" + "9" * 100_000 + ":00:01,000 --> 00:00:02,000\n가",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<" * 200_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<c" + ".a" * 100_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "&" * 200_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000 " + "line:" * 50_000 + "\n가",
        "WEBVTT\n\n00:01.000 --> 00:02.000 line:" + "9" * 50_000 + "\n가",
        '<tt xmlns="http://www.w3.org/ns/ttml">' + "<body>" * 50_000,
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="' + "9" * 50_000 + 's">가</p></div></body></tt>',
    ],
    ids=lambda text: text[-20:],
)
def test_long_input_is_read_in_short_time(text):
    start = time.process_time()
    with suppress(NotSubtitlesError):
        read_subtitles(text.encode())
    assert time.process_time() - start < 5


def test_deep_markup_in_a_paragraph():
    body = '<p begin="1s" end="2s">' + "<span>" * 300 + "가" + "</span>" * 300 + "</p>"
    data = f'<tt xmlns="http://www.w3.org/ns/ttml"><body><div>{body}</div></body></tt>'
    with pytest.raises(NotSubtitlesError):
        read_subtitles(data.encode())

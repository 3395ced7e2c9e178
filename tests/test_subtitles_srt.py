"""SubRip as it is found in the wild: each cue is read or reported, with its line."""

import pysrt
import pytest
import strategies
from hypothesis import given, settings

from assets.subtitles import Run, Target, read_subtitles, write_subtitles
from assets.timing import TICKS_PER_MS

ONE = "1\n00:00:01,000 --> 00:00:02,000\n하나\n"
TWO = "2\n00:00:03,000 --> 00:00:04,000\n둘\n"

WELL = ["1000-2000 하나", "3000-4000 둘"]

DAMAGED = {
    "well formed": (f"{ONE}\n{TWO}", WELL, []),
    "well formed, CR LF": (f"{ONE}\n{TWO}".replace("\n", "\r\n"), WELL, []),
    "well formed, no line end at the end": (f"{ONE}\n{TWO}".rstrip(), WELL, []),
    "well formed, many blank lines": (f"\n\n{ONE}\n\n\n{TWO}\n\n", WELL, []),
    "glued cues": (ONE + TWO, WELL, ["missing-blank-line 4: 2"]),
    "glued cues without index": (
        ONE + TWO.removeprefix("2\n"),
        WELL,
        ["missing-blank-line 4: 00:00:03,000 --> 00:00:04,000", "missing-index 4: 00:00:03,000 --> 00:00:04,000"],
    ),
    "missing index": (
        f"{ONE}\n{TWO.removeprefix('2' + chr(10))}",
        WELL,
        ["missing-index 5: 00:00:03,000 --> 00:00:04,000"],
    ),
    "duplicate index": (f"{ONE}\n1{TWO[1:]}", WELL, ["bad-index 5: 1"]),
    "wrong index": (f"{ONE}\n7{TWO[1:]}", WELL, ["bad-index 5: 7"]),
    "counting goes on after a wrong index": (
        f"{ONE}\n7{TWO[1:]}\n8\n00:00:05,000 --> 00:00:06,000\n셋",
        [*WELL, "5000-6000 셋"],
        ["bad-index 5: 7"],
    ),
    "index that is no number": (f"{ONE}\nII{TWO[1:]}", WELL, ["bad-index 5: II"]),
    "blank line below the index": (f"{ONE}\n2\n\n{TWO[2:]}", WELL, ["bad-index 5: 2"]),
    "byte order mark inside": (f"{ONE}\n\ufeff{TWO}", WELL, ["bad-index 5: \ufeff2"]),
    "one-digit hours and a point": (
        "1\n0:00:01.000 --> 0:00:02.000\n하나\n\n" + TWO,
        WELL,
        ["odd-timestamp 2: 0:00:01.000 --> 0:00:02.000"],
    ),
    "no hours, short fraction": (
        "1\n00:01,0 --> 00:01.0005\n하나\n",
        ["1000-1001 하나"],
        ["odd-timestamp 2: 00:01,0 --> 00:01.0005"],
    ),
    "odd arrow and blanks": (
        "1\n00: 00: 01, 000 -> 00:00:02,000\n하나\n\n" + TWO,
        WELL,
        ["odd-timestamp 2: 00: 00: 01, 000 -> 00:00:02,000"],
    ),
    "a colon before the milliseconds": (
        "1\n00:00:01:000 --> 00:00:02:000\n하나\n\n" + TWO,
        WELL,
        ["odd-timestamp 2: 00:00:01:000 --> 00:00:02:000"],
    ),
    "frames": (
        "1\n00:00:01:00 --> 00:00:02:00\n하나\n\n" + TWO,
        ["3000-4000 둘"],
        ["bad-timestamp 2: 1\n00:00:01:00 --> 00:00:02:00\n하나"],
    ),
    "negative time": (
        "1\n-00:00:01,000 --> 00:00:02,000\n하나\n\n" + TWO,
        ["-1000-2000 하나", "3000-4000 둘"],
        ["odd-timestamp 2: -00:00:01,000 --> 00:00:02,000"],
    ),
    "times that cannot be read": (
        "1\n00:00:0l,000 --> 00:00:02,000\n하나\n\n" + TWO,
        ["3000-4000 둘"],
        ["bad-timestamp 2: 1\n00:00:0l,000 --> 00:00:02,000\n하나"],
    ),
    "half of the times": (
        "1\n00:00:01,000 -->\n하나\n\n" + TWO,
        ["3000-4000 둘"],
        ["bad-timestamp 2: 1\n00:00:01,000 -->\n하나"],
    ),
    "no times but an arrow": (f"1\n-->\n하나\n\n{TWO}", ["3000-4000 둘"], ["bad-timestamp 2: 1\n-->\n하나"]),
    "cue without times": (f"{ONE}\n2\n어디\n\n3{TWO[1:]}", WELL, ["bad-index 8: 3", "unparsed-text 5: 2\n어디"]),
    "coordinates": (
        "1\n00:00:01,000 --> 00:00:02,000 X1:10 Y1:20\n하나\n\n" + TWO,
        WELL,
        ["not-kept 1: X1:10 Y1:20"],
    ),
    "CR only": (f"{ONE}\n{TWO}".replace("\n", "\r"), WELL, ["odd-line-ends 1: "]),
    "mixed line ends": (f"{ONE}\n".replace("\n", "\r\n") + TWO, WELL, ["odd-line-ends 1: "]),
    "CR CR LF": (f"{ONE}\n{TWO}".replace("\n", "\r\r\n"), WELL, ["odd-line-ends 1: "]),
    "byte order mark": ("\ufeff" + ONE, WELL[:1], []),
    "zero bytes": (
        f"{ONE}\n{TWO}".replace("하나", "하\0나") + "\0\0",
        WELL,
        ["control-character 3: 하<U+0000>나", "control-character 8: <U+0000><U+0000>"],
    ),
    "end-of-file mark of DOS": (f"{ONE}\n{TWO}\x1a", WELL, ["control-character 8: <U+001A>"]),
    "text at the end": (f"{ONE}\n{TWO}\n자막: 아무개\nhttp", WELL, ["unparsed-text 9: 자막: 아무개\nhttp"]),
    "text at the beginning": (f"자막\n\n{ONE}\n{TWO}", WELL, ["unparsed-text 1: 자막"]),
    "blank line in the text": (
        f"{ONE}\n둘째 줄\n\n{TWO}",
        ["1000-2000 하나\n둘째 줄", "3000-4000 둘"],
        ["misplaced-blank-line 4: 둘째 줄"],
    ),
    "blank line below the times": (
        ONE.replace("하나", "\n하나") + "\n" + TWO,
        WELL,
        ["misplaced-blank-line 3: 하나"],
    ),
    "a row that is a number": (
        f"{ONE.replace('하나', '1987')}\n{TWO}",
        ["1000-2000 1987", "3000-4000 둘"],
        [],
    ),
    "an arrow in the text": (f"{ONE.replace('하나', 'A --> B')}\n{TWO}", ["1000-2000 A --> B", "3000-4000 둘"], []),
    "empty cue": (
        "1\n00:00:01,000 --> 00:00:02,000\n\n" + TWO,
        ["1000-2000 ", "3000-4000 둘"],
        ["empty-cue 1: "],
    ),
    "empty cue, glued": (
        "1\n00:00:01,000 --> 00:00:02,000\n" + TWO,
        ["1000-2000 ", "3000-4000 둘"],
        ["empty-cue 1: ", "missing-blank-line 3: 2"],
    ),
    "no duration": (
        "1\n00:00:01,000 --> 00:00:01,000\n하나\n",
        ["1000-1000 하나"],
        ["no-duration 1: 00:00:01.000 --> 00:00:01.000"],
    ),
    "ends before it begins": (
        "1\n00:00:02,000 --> 00:00:01,000\n하나\n",
        ["2000-1000 하나"],
        ["no-duration 1: 00:00:02.000 --> 00:00:01.000"],
    ),
    "out of order": (
        f"1{TWO[1:]}\n2{ONE[1:]}",
        ["3000-4000 둘", "1000-2000 하나"],
        ["out-of-order 5: 00:00:01.000"],
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_file(name):
    text, cues, damage = DAMAGED[name]
    parsed = read_subtitles(text.encode())
    assert parsed.format == "srt"
    read = [f"{cue.start // TICKS_PER_MS}-{cue.end // TICKS_PER_MS} {cue.text}" for cue in parsed.cues]
    assert read == cues
    assert sorted(f"{item.kind} {item.line}: {item.text}" for item in parsed.damage) == damage
    assert all(item.what for item in parsed.damage)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("<i>가</i>나", (Run("가", italic=True), Run("나"))),
        ("<I><B>가</B></I>", (Run("가", italic=True, bold=True),)),
        ("<u>가\n나</u>", (Run("가\n나", underline=True),)),
        ("<i>가<i>나</i>다</i>라", (Run("가나다", italic=True), Run("라"))),
        ("<i>가</i>\n<i>나</i>", (Run("가\n나", italic=True),)),
        ("<ruby>映<rt>えい</rt></ruby> <3 {pos}", (Run("<ruby>映<rt>えい</rt></ruby> <3 {pos}"),)),
        ('<font color="#FF0000">가</font>나', (Run("가", colour="#ff0000"), Run("나"))),
        ("<font color=yellow><i>가</i></font>", (Run("가", italic=True, colour="#ffff00"),)),
        ("{\\i1}가{\\i0\\b1}나{\\b0}다", (Run("가", italic=True), Run("나", bold=True), Run("다"))),
        ("{\\u1}가", (Run("가", underline=True),)),
    ],
)
def test_tags(text, runs):
    parsed = read_subtitles(ONE.replace("하나", text).encode())
    assert parsed.cues[0].runs == runs
    assert parsed.damage == ()


@pytest.mark.parametrize(
    ("text", "shown", "damage"),
    [
        ('<font size="9">가</font>', "가", 'not-kept: <font size="9">'),
        ('<font color="red" face="a">가</font>', "가", 'not-kept: <font color="red" face="a">'),
        ("{\\an8\\fad(1,2)}가", "가", "not-kept: {\\fad(1,2)}"),
        ("<font color=red>가", "가", "unbalanced-tag: <font>"),
        ("<i><b>가</i>나</b>", "가나", "unbalanced-tag: </i>"),
        ("<i>가", "가", "unbalanced-tag: <i>"),
        ("가</b>", "가", "unbalanced-tag: </b>"),
        ("{\\an8}가{\\an1}", "가", "not-kept: {\\an1}"),
    ],
)
def test_what_is_taken_off_is_reported(text, shown, damage):
    parsed = read_subtitles(ONE.replace("하나", text).encode())
    assert parsed.cues[0].text == shown
    assert [f"{item.kind}: {item.text}" for item in parsed.damage] == [damage]


@pytest.mark.parametrize("place", range(1, 10))
def test_place(place):
    cue = read_subtitles(ONE.replace("하나", f"{{\\an{place}}}하나").encode()).cues[0]
    assert (cue.position, cue.text) == (place, "하나")


def test_white_space_of_rows_is_kept():
    assert read_subtitles(ONE.replace("하나", "\u3000하나 \u3000").encode()).cues[0].text == "\u3000하나 \u3000"


def test_a_row_of_an_ideographic_space_is_a_row():
    assert read_subtitles(ONE.replace("하나", "하나\n\u3000\n둘").encode()).cues[0].lines == ["하나", "\u3000", "둘"]


@pytest.mark.parametrize("char", "\u2028\u0085\x0b\x0c")
def test_only_line_ends_break_rows(char):
    text = read_subtitles(ONE.replace("하나", f"하{char}나").encode()).cues[0].text
    assert "\n" not in text


def test_lines_of_cues():
    assert [cue.line for cue in read_subtitles(f"\n{ONE}\n{TWO}".encode()).cues] == [2, 6]


@given(strategies.cues())
@settings(deadline=None, max_examples=50)
def test_pysrt_reads_the_same_times_from_what_is_written(cues):
    data = write_subtitles(cues, "srt", Target("ko"))
    items = list(pysrt.SubRipFile.stream(data.decode().split("\n")))
    times = [(item.start.ordinal * TICKS_PER_MS, item.end.ordinal * TICKS_PER_MS) for item in items]
    assert times == [(cue.start, cue.end) for cue in read_subtitles(data).cues]


def test_written_form():
    cue = read_subtitles(ONE.replace("하나", "{\\an8}<i>하나\n둘</i>").encode()).cues[0]
    written = write_subtitles([cue], "srt", Target("ko")).decode()
    assert written == "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>하나</i>\n<i>둘</i>\n\n"

"""SubStation Alpha, both versions: what the model holds is read and written, the rest is reported."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.subtitles import Cue, Region, Run, Target, read_subtitles, write_subtitles
from assets.subtitles.ass_style import colour_of, is_bold, keypad
from assets.timing import TICKS_PER_MS, from_ms

INFO = "[Script Info]\nScriptType: v4.00+\nPlayResX: 100\nPlayResY: 100\n\n"
STYLES = (
    "[V4+ Styles]\nFormat: Name, Fontname, PrimaryColour, Bold, Italic, Underline, Alignment\n"
    "Style: Default,sans-serif,&H00FFFFFF,0,0,0,2\n"
    "Style: Top,바탕,&H0000FFFF,-1,0,0,8\n\n"
)
EVENTS = "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
ONE = "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,하나\n"
TWO = "Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,둘\n"
HEAD = INFO + STYLES + EVENTS
WELL = ["1000-2000 하나", "3000-4000 둘"]

FILES = {
    "well formed": (HEAD + ONE + TWO, WELL, []),
    "CR LF": ((HEAD + ONE + TWO).replace("\n", "\r\n"), WELL, []),
    "CR": ((HEAD + ONE + TWO).replace("\n", "\r"), WELL, []),
    "blanks before lines": ("\n".join(f" {line}" for line in (HEAD + ONE + TWO).split("\n")), WELL, []),
    "not in order": (HEAD + TWO + ONE, WELL[::-1], []),
    "a comment event": (
        HEAD + ONE.replace("Dialogue", "Comment") + TWO,
        WELL[1:],
        ["not-kept 13: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,하나"],
    ),
    "comments": (
        "; 만든이\n" + HEAD + "; 메모\n" + ONE,
        WELL[:1],
        ["not-kept 14: ; 메모", "unparsed-text 1: ; 만든이"],
    ),
    "script information": (
        INFO.strip("\n") + "\nTitle: 제목\nTimer: 99.0\n\n" + STYLES + EVENTS + ONE,
        WELL[:1],
        ["not-kept 1: Title: 제목\nTimer: 99.0"],
    ),
    "fields in another order": (
        INFO + STYLES + "[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,하나, 둘\n",
        ["1000-2000 하나, 둘"],
        [],
    ),
    "no Format line": (
        INFO + STYLES + "[Events]\n" + ONE,
        WELL[:1],
        ["bad-header 11: "],
    ),
    "a Format line in two": (
        HEAD.replace("Name, MarginL", "Name,\n  MarginL") + ONE,
        WELL[:1],
        ["bad-header 13: MarginL, MarginR, MarginV, Effect, Text"],
    ),
    "no script information": (STYLES + EVENTS + ONE, WELL[:1], ["bad-header 1: [V4+ Styles]"]),
    "text before": (f"자막\n{HEAD}{ONE}", WELL[:1], ["bad-header 1: 자막", "unparsed-text 1: 자막"]),
    "milliseconds": (
        HEAD + ONE.replace("01.00", "01.005").replace("02.00", "02.0"),
        ["1005-2000 하나"],
        ["odd-timestamp 13: 0:00:01.005, 0:00:02.0"],
    ),
    "times that cannot be read": (
        HEAD + ONE.replace("0:00:01.00", "x") + TWO,
        WELL[1:],
        ["bad-timestamp 13: 0,x,0:00:02.00,Default,,0,0,0,,하나"],
    ),
    "fields missing": (
        HEAD + "Dialogue: 0,0:00:01.00,0:00:02.00\n" + TWO,
        WELL[1:],
        ["bad-timestamp 13: 0,0:00:01.00,0:00:02.00"],
    ),
    "a line of no kind": (HEAD + ONE + "길 잃은 글\n", WELL[:1], ["unparsed-text 14: 길 잃은 글"]),
    "an unknown style": (HEAD + ONE.replace("Default", "없음"), WELL[:1], ["bad-reference 13: 없음"]),
    "fonts": (
        HEAD + ONE + "\n[Fonts]\nfontname: a.ttf\n!!!!\n",
        WELL[:1],
        ["not-kept 15: fontname: a.ttf\n!!!!"],
    ),
    "a style's size": (
        (HEAD + ONE)
        .replace("Alignment\n", "Alignment, Fontsize\n")
        .replace(",2\n", ",2,28\n")
        .replace(",8\n", ",8,60\n"),
        WELL[:1],
        ["not-kept 8: fontsize 28"],
    ),
    "layer, margins, effect": (
        HEAD + ONE.replace(": 0,", ": 3,").replace(",,0,0,0,,", ",,0,0,40,Banner;5,"),
        WELL[:1],
        ["not-kept 13: layer 3 marginv 40 effect Banner;5"],
    ),
    "no duration": (
        HEAD + ONE.replace("02.00", "01.00"),
        ["1000-1000 하나"],
        ["no-duration 13: 00:00:01.000 --> 00:00:01.000"],
    ),
    "empty": (HEAD + ONE.replace("하나", ""), ["1000-2000 "], ["empty-cue 13: "]),
}


@pytest.mark.parametrize("name", FILES)
def test_file(name):
    text, cues, damage = FILES[name]
    parsed = read_subtitles(text.encode())
    assert parsed.format == "ass"
    read = [f"{cue.start // TICKS_PER_MS}-{cue.end // TICKS_PER_MS} {cue.text}" for cue in parsed.cues]
    assert read == cues
    assert sorted(f"{item.kind} {item.line}: {item.text}" for item in parsed.damage) == damage


def read_text(text, style="Default"):
    line = f"Dialogue: 0,0:00:01.00,0:00:02.00,{style},,0,0,0,,{text}\n"
    parsed = read_subtitles((HEAD + line).encode())
    return parsed.cues[0], " ".join(item.text for item in parsed.damage)


@pytest.mark.parametrize(
    ("text", "runs", "lost"),
    [
        ("{\\i1}가{\\i0}나", (Run("가", italic=True), Run("나")), ""),
        ("{\\b1\\u1}가{\\b\\u}나", (Run("가", bold=True, underline=True), Run("나")), ""),
        ("{\\b700}가{\\b400}나", (Run("가", bold=True), Run("나")), ""),
        ("{\\i1}가{\\r}나", (Run("가", italic=True), Run("나")), ""),
        ("가{\\rTop}나", (Run("가"), Run("나", bold=True, colour="#ffff00", font="바탕")), ""),
        ("가{\\r없음}나", (Run("가나"),), "없음"),
        ("{\\c&H0000FF&}가{\\c}나", (Run("가", colour="#ff0000"), Run("나")), ""),
        ("{\\1c&HFF&}가", (Run("가", colour="#ff0000"),), ""),
        ("{\\1a&H7F&}가", (Run("가", colour="#ffffff80"),), ""),
        ("{\\alpha&HFF&}가", (Run("가", colour="#ffffff00"),), "\\alpha&HFF&"),
        ("{\\fn바탕 (굵게)}가{\\fn}나", (Run("가", font="바탕 (굵게)"), Run("나")), ""),
        ("가\\N나\\n다\\h라", (Run("가\n나 다\u00a0라"),), ""),
        ("\\{가\\}\\\u2060N", (Run("{가}\\N"),), ""),
        ("가\\나 \\x", (Run("가\\나 \\x"),), ""),
        ("{\\k20}노{\\kf30}래", (Run("노래"),), "\\k20 \\kf30"),
        ("{\\fs40\\bord2\\fad(100,200)}가", (Run("가"),), "\\fs40 \\bord2 \\fad(100,200)"),
        ("{\\t(0,500,\\fscx120\\c&HFF&)}가", (Run("가"),), "\\t(0,500,\\fscx120\\c&HFF&)"),
        ("{번역: 확인}가", (Run("가"),), "{번역: 확인}"),
        ("{\\p1}m 0 0 l 10 0{\\p0}가", (Run("가"),), "\\p1 m 0 0 l 10 0"),
        ("{\\move(1,2,3,4)}가", (Run("가"),), "\\move(1,2,3,4)"),
        ("가 {나", (Run("가 {나"),), "{"),
        ("{}가", (Run("가"),), ""),
    ],
)
def test_text(text, runs, lost):
    cue, damage = read_text(text)
    assert (cue.runs, damage) == (runs, lost)


def test_a_style_is_the_look_and_the_place_of_its_events():
    cue, damage = read_text("가{\\b0}나", "Top")
    assert cue.runs == (Run("가", bold=True, colour="#ffff00", font="바탕"), Run("나", colour="#ffff00", font="바탕"))
    assert (cue.position, damage) == (8, "")


@pytest.mark.parametrize(
    ("tags", "place", "lost"),
    [
        ("\\an7", 7, ""),
        ("\\a6", 8, ""),
        ("\\a10", 5, ""),
        ("\\a4", 2, "\\a4"),
        ("\\an8\\an1", 8, "\\an1"),
        ("\\an0", 2, "\\an0"),
    ],
)
def test_place(tags, place, lost):
    cue, damage = read_text(f"{{{tags}}}가")
    assert (cue.position, damage) == (place, lost)


@pytest.mark.parametrize(
    ("tags", "region"),
    [
        ("\\pos(50,90)", Region(Fraction(0), Fraction(0), Fraction(100), Fraction(90), "after")),
        ("\\pos(30,90)", Region(Fraction(0), Fraction(0), Fraction(60), Fraction(90), "after")),
        ("\\an7\\pos(10,20)", Region(Fraction(10), Fraction(20), Fraction(90), Fraction(80), "before")),
        ("\\an6\\pos(90,50)", Region(Fraction(0), Fraction(0), Fraction(90), Fraction(100), "center")),
    ],
)
def test_a_point_is_the_region_that_hangs_from_it(tags, region):
    cue, damage = read_text(f"{{{tags}}}가")
    assert (cue.region, damage) == (region, "")
    for name in ("ass", "ssa"):
        assert read_subtitles(write_subtitles([cue], name, Target())).cues[0].region == region


def test_a_point_outside_of_the_picture_is_reported():
    cue, damage = read_text("{\\pos(150,-20)}가")
    assert (cue.region, damage) == (None, "\\pos(150%, -20%)")


def test_soft_breaks_break_where_the_script_says_so():
    text = (HEAD + ONE.replace("하나", "가\\n나")).replace("PlayResX", "WrapStyle: 2\nPlayResX")
    assert read_subtitles(text.encode()).cues[0].text == "가\n나"


def test_the_name_is_the_speaker():
    parsed = read_subtitles((HEAD + ONE.replace("Default,,", "Default,철수,")).encode())
    assert parsed.cues[0].runs == (Run("하나", speaker="철수"),)


def test_version_4():
    text = (
        "[Script Info]\nScriptType: v4.00\n\n[V4 Styles]\n"
        "Format: Name, Fontname, PrimaryColour, Bold, Italic, Alignment\n"
        "Style: Default,sans-serif,65535,0,-1,6\n\n[Events]\n"
        "Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: Marked=0,0:00:01.00,0:00:02.00,*Default,,0000,0000,0000,,하나\n"
    )
    parsed = read_subtitles(text.encode())
    assert (parsed.format, parsed.damage) == ("ssa", ())
    assert parsed.cues[0].runs == (Run("하나", italic=True, colour="#ffff00"),)
    assert parsed.cues[0].position == 8


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("&H00B4FCFC", ("#fcfcb4", 255)),
        ("&H80000000", ("#000000", 127)),
        ("&HFF0000&", ("#0000ff", 255)),
        ("11861244", ("#fcfcb4", 255)),
        ("-2147483640", ("#080000", 127)),
        ("red", None),
    ],
)
def test_colours(value, colour):
    assert colour_of(value) == colour


def test_codes():
    assert [keypad(code, legacy=True) for code in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11)] == [1, 2, 3, None, 7, 8, 9, 4, 5, 6]
    assert [is_bold(value) for value in ("0", "1", "-1", "400", "600", "x")] == [False, True, True, False, True, False]


def test_written_form():
    cue = Cue(1, from_ms(3_661_005), from_ms(3_662_000), (Run("가 ", italic=True), Run("{나}\n다")), position=8)
    ass, ssa = (write_subtitles([cue], name, Target("ko")).decode() for name in ("ass", "ssa"))
    assert ass.endswith("Dialogue: 0,1:01:01.01,1:01:02.00,Default,,0,0,0,,{\\an8}{\\i1}가 {\\r}\\{나}\\N다\n")
    assert ssa.endswith("Dialogue: Marked=0,1:01:01.01,1:01:02.00,Default,,0,0,0,,{\\a6}{\\i1}가 {\\r}\\{나}\\N다\n")


def test_long_input_is_read_in_short_time():
    for text in (
        "\n" * 200_000,
        "{\\" * 100_000,
        "{\\t(" * 50_000,
        "{\\t(" * 50_000 + "}",
        "{" * 200_000,
        ";\n" * 100_000,
        "\\" * 200_000,
    ):
        parsed = read_subtitles((HEAD + ONE.replace("하나", "가" + text)).encode())
        assert parsed.cues[0].text.startswith("가")


PIECES = [
    "가",
    "나",
    "다",
    ",",
    ":",
    "\n",
    "{",
    "}",
    "\\",
    "\\N",
    "{\\i1}",
    "{\\p1}",
    "{\\p0}",
    "(",
    ")",
    "\\pos(",
    "\\t(",
    "Dialogue: 0,",
    "0:00:05.00,",
    "Comment:",
    "Style:",
    "Format:",
    "[Events]",
    "[나머지]",
    ";",
    "Default,",
    "\\r",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(deadline=None, max_examples=300)
def test_no_letter_of_a_script_is_lost(text):
    """Every letter is in the cues, their speakers and fonts, or the damage."""
    source = HEAD + ONE + TWO.rstrip("\n") + text
    parsed = read_subtitles(source.encode())
    shown = [run.text + run.font + run.speaker for cue in parsed.cues for run in cue.runs]
    known = "\n".join([*shown, *(item.text + item.what for item in parsed.damage)])
    for letter in "가다":
        assert known.count(letter) >= text.count(letter), text

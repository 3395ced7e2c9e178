"""SAMI as it is found in the wild: nothing is lost, whatever is not closed, not quoted or not declared."""

import re
from pathlib import Path

import pysrt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.subtitles import Cue, Run, Target, read_subtitles, write_subtitles
from assets.subtitles.conversion import convert
from assets.timing import TICKS_PER_MS, from_ms

HEAD = """<SAMI>
<HEAD>
<TITLE></TITLE>
<STYLE TYPE="text/css">
<!--
.KRCC { Name:한국어; lang:ko-KR; SAMIType:CC; }
.ENCC { Name:English; lang:en-US; SAMIType:CC; }
-->
</STYLE>
</HEAD>
<BODY>
"""
ONE = "<SYNC Start=1000><P Class=KRCC>하나\n<SYNC Start=2000><P Class=KRCC>&nbsp;\n"
TWO = "<SYNC Start=3000><P Class=KRCC>둘\n<SYNC Start=4000><P Class=KRCC>&nbsp;\n"
END = "</BODY>\n</SAMI>\n"
WELL = ["1000-2000 하나", "3000-4000 둘"]

FILES = {
    "well formed": (HEAD + ONE + TWO + END, WELL, []),
    "CR": ((HEAD + ONE + TWO + END).replace("\n", "\r"), WELL, []),
    "small letters": ((HEAD + ONE + TWO + END).lower(), WELL, []),
    "closing tags": (
        HEAD + (ONE + TWO).replace("\n", "</P></SYNC>\n") + END,
        WELL,
        [],
    ),
    "nothing at the end": (HEAD + ONE + TWO, WELL, []),
    "quotes": (HEAD + (ONE + TWO).replace("1000", '"1000"').replace("KRCC", "'KRCC'") + END, WELL, []),
    "quotes that are not closed": (
        HEAD + (ONE + TWO).replace("1000", '"1000').replace("KRCC", '"KRCC') + END,
        WELL,
        [],
    ),
    "brackets that are not closed": (
        HEAD + ONE.replace("1000>", "1000") + TWO + END,
        WELL,
        ["not-kept 12: <SYNC Start=1000"],
    ),
    "ended by the next text": (
        HEAD + "<SYNC Start=1000><P Class=KRCC>하나\n" + TWO,
        ["1000-3000 하나", WELL[1]],
        [],
    ),
    "no end": (
        HEAD + ONE + "<SYNC Start=3000><P Class=KRCC>둘\n" + END,
        [WELL[0], "3000-8000 둘"],
        ["open-end 14: 둘"],
    ),
    "an end of its own": (
        HEAD + "<SYNC Start=1000 End=2000><P Class=KRCC>하나\n" + TWO,
        WELL,
        [],
    ),
    "out of order": (
        HEAD + TWO + ONE + END,
        WELL[::-1],
        ["out-of-order 14: 00:00:01.000"],
    ),
    "two texts at once": (
        HEAD + "<SYNC Start=1000><P Class=KRCC>하나\n" + ONE,
        ["1000-1000 하나", WELL[0]],
        ["no-duration 12: 00:00:01.000 --> 00:00:01.000"],
    ),
    "a class twice": (HEAD + ONE.replace("하나", "하나<P Class=KRCC>둘"), ["1000-2000 하나\n둘"], []),
    "no class": (HEAD + (ONE + TWO).replace(" Class=KRCC", ""), WELL, []),
    "no P": (HEAD + (ONE + TWO).replace("<P Class=KRCC>", ""), WELL, []),
    "a class that is not declared": (
        HEAD + (ONE + TWO).replace("KRCC", "SUBCC"),
        WELL,
        ["bad-reference 1: SUBCC"],
    ),
    "no head": ("<SAMI><BODY>" + ONE, WELL[:1], ["bad-reference 1: KRCC"]),
    "no root": (
        HEAD.replace("<SAMI>", "<HTML>") + ONE,
        WELL[:1],
        ["bad-header 1: <HTML>\n<HEAD>\n<TITLE></TITLE>\n<STYLE TYP"],
    ),
    "a time that cannot be read": (
        HEAD + ONE.replace("Start=1000", "Start=1O00") + TWO,
        WELL[1:],
        ["bad-timestamp 12: <SYNC Start=1O00><P Class=KRCC>하나\n"],
    ),
    "milliseconds by name, fractions": (
        HEAD + ONE.replace("1000", "1000ms").replace("2000", "2000.0"),
        WELL[:1],
        ["odd-timestamp 12: 1000ms", "odd-timestamp 13: 2000.0"],
    ),
    "a negative time": (HEAD + ONE.replace("1000", "-1000"), ["-1000-2000 하나"], []),
    "a comment in the body": (
        HEAD + "<!--<SYNC Start=500><P Class=KRCC>숨김-->" + ONE,
        WELL[:1],
        ["unparsed-text 1: <SYNC Start=500><P Class=KRCC>숨김".replace("<SYNC Start=500><P Class=KRCC>", "")],
    ),
    "a comment in a clear": (
        HEAD + ONE.replace("&nbsp;", "&nbsp;<!-- 메모 -->"),
        WELL[:1],
        ["not-kept 13: <!-- 메모 -->"],
    ),
    "a comment in a cue": (
        HEAD + ONE.replace("하나", "하나<!-- 메모 -->"),
        WELL[:1],
        ["not-kept 12: <!-- 메모 -->"],
    ),
    "title and style": (
        HEAD.replace("<TITLE></TITLE>", "<TITLE>제목</TITLE>").replace("<!--", "<!--\nP { color:white; }") + ONE,
        WELL[:1],
        ["not-kept 1: P { color:white; }", "not-kept 3: 제목"],
    ),
    "parameters": (
        HEAD.replace("<STYLE", "<SAMIParam>Metrics {time:ms;} Spec {MSFT:1.0;}</SAMIParam>\n<STYLE") + ONE,
        WELL[:1],
        [],
    ),
    "text after the end": (HEAD + ONE + END + "만든이", WELL[:1], ["unparsed-text 14: 만든이"]),
    "text before the first time": (HEAD + "안내\n" + ONE, WELL[:1], ["unparsed-text 1: 안내"]),
    "an identity": (
        HEAD + ONE.replace("<P Class=KRCC>하나", "<P Class=KRCC ID=Source>하나"),
        WELL[:1],
        ["not-kept 12: <P Class=KRCC ID=Source>"],
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_file(name):
    text, cues, damage = FILES[name]
    parsed = read_subtitles(text.encode())
    assert parsed.format == "sami"
    read = [f"{cue.start // TICKS_PER_MS}-{cue.end // TICKS_PER_MS} {cue.text}" for cue in parsed.cues]
    assert read == cues
    assert sorted(f"{item.kind} {item.line}: {item.text}" for item in parsed.damage) == damage


@pytest.mark.parametrize(
    ("text", "runs", "damage"),
    [
        ("<i>가</i>나", (Run("가", italic=True), Run("나")), []),
        ("<B><U>가</U></B>", (Run("가", bold=True, underline=True),), []),
        ("<i>가", (Run("가", italic=True),), ["unbalanced-tag: <i>"]),
        ("<i>가<br>나</i>", (Run("가\n나", italic=True),), []),
        ("<b><i>가</b>나</i>", (Run("가", italic=True, bold=True), Run("나", italic=True)), []),
        ("가</font>", (Run("가"),), ["unbalanced-tag: </font>"]),
        ("<font color=yellow>가</font>", (Run("가", colour="#ffff00"),), []),
        ('<font color="#FF0000">가</font>', (Run("가", colour="#ff0000"),), []),
        ('<font color="ff0000>가</font>', (Run("가", colour="#ff0000"),), []),
        ("<font color=#f00 face='바탕'>가</font>", (Run("가", colour="#ff0000", font="바탕"),), []),
        ("<font size=5>가</font>", (Run("가"),), ["not-kept: <font size=5>"]),
        ("<font color=누렁>가</font>", (Run("가"),), ["not-kept: <font color=누렁>"]),
        ("<ruby>映画<rt>えいが</rt></ruby>館", (Run("映画", ruby="えいが"), Run("館")), []),
        (
            "<ruby>映<rp>(</rp><rt>えい</rt><rp>)</rp>画<rt>が</ruby>",
            (Run("映", ruby="えい"), Run("画", ruby="が")),
            [],
        ),
        ("<rt>えいが</rt>館", (Run("館"),), ["not-kept: <rt>えいが</rt>"]),
        ("<br>가<br><br>나<br>", (Run("가\n\n나"),), []),
        ("\n  가  나\n다 <br> 라 ", (Run("가 나 다\n라"),), []),
        ("가&nbsp;나&lt;다&gt; &amp; R&D &#xac00;", (Run("가\u00a0나<다> & R&D 가"),), []),
        ("<한글> 3 < 5 <-- 왼쪽", (Run("<한글> 3 < 5 <-- 왼쪽"),), []),
        ("<span style='x'>가</span>", (Run("가"),), ["not-kept: <span style='x'>"]),
        ("<i 가", (), ["empty-cue: ", "unbalanced-tag: <i>", "unparsed-text: <i 가"]),
        ("<i></i>", (), ["empty-cue: "]),
    ],
)
def test_text(text, runs, damage):
    parsed = read_subtitles((HEAD + ONE.replace("하나\n", text)).encode())
    assert parsed.cues[0].runs == runs
    assert sorted(f"{item.kind}: {item.text}" for item in parsed.damage) == damage


BOTH = """<SYNC Start=1000><P Class=KRCC>하나<P Class=ENCC>one
<SYNC Start=2000><P Class=KRCC>&nbsp;
<SYNC Start=2500><P Class=ENCC>&nbsp;
<SYNC Start=3000><P Class=KRCC>둘<P Class=ENCC>two
<SYNC Start=4000><P Class=KRCC>&nbsp;<P Class=ENCC>&nbsp;
"""


def test_two_languages_in_one_file():
    parsed = read_subtitles((HEAD + BOTH + END).encode())
    assert parsed.language == "ko-KR"
    assert [(cue.runs, cue.start // TICKS_PER_MS, cue.end // TICKS_PER_MS) for cue in parsed.cues] == [
        ((Run("하나"),), 1000, 2000),
        ((Run("one", language="en-US"),), 1000, 2500),
        ((Run("둘"),), 3000, 4000),
        ((Run("two", language="en-US"),), 3000, 4000),
    ]
    assert [(item.kind, item.text) for item in parsed.damage] == [("several-languages", "KRCC ko-KR, ENCC en-US")]
    again = read_subtitles(write_subtitles(parsed.cues, "sami", Target("ko-KR")))
    assert [(cue.runs, cue.start, cue.end) for cue in again.cues] == [
        (cue.runs, cue.start, cue.end) for cue in parsed.cues
    ]


def test_what_is_said_of_another_language_is_no_contradiction():
    parsed = read_subtitles((HEAD + BOTH + END).encode(), "ko")
    said = [(item.kind, item.what) for item in parsed.damage]
    assert said == [
        ("several-languages", "2 languages in one file"),
        ("other-language", "cues of other languages, which are left out: en-US (2 cues)"),
    ]


@pytest.mark.parametrize(
    ("rule", "name", "language"),
    [
        ("lang:kr-KR;", "KR", "ko-KR"),
        ("lang:jp;", "JPCC", "ja"),
        ("lang:ja;", "SUB", "ja"),
        ("Name:x;", "ENUSCC", "en"),
        ("Name:x;", "SUB", ""),
    ],
)
def test_the_language_of_a_class(rule, name, language):
    head = HEAD.replace(".KRCC { Name:한국어; lang:ko-KR; SAMIType:CC; }", f".{name} {{{rule}}}")
    parsed = read_subtitles((head + ONE.replace("KRCC", name)).encode())
    assert parsed.language == language


@pytest.mark.parametrize(("tag", "name"), [("ko", "KRCC"), ("en-US", "ENCC"), ("ja", "JPCC"), ("fr", "FRCC")])
def test_written_form(tag, name):
    cue = Cue(1, from_ms(1000), from_ms(2000), (Run("가 & 나\n"), Run(" 다", italic=True, colour="#ff0000")))
    written = write_subtitles([cue], "sami", Target(tag)).decode()
    assert f".{name} {{ Name:{name}; lang:{tag}; SAMIType:CC; }}" in written
    assert (
        f'<SYNC Start=1000><P Class={name}>가 &amp; 나<br><font color="#ff0000"><i>&#32;다</i></font>\n'
        f"<SYNC Start=2000><P Class={name}>&nbsp;\n</BODY>"
    ) in written
    assert read_subtitles(written.encode()).language == tag


def test_no_clear_between_cues_that_touch():
    cues = [Cue(number, from_ms(number * 1000), from_ms(number * 1000 + 1000), (Run("가"),)) for number in (1, 2)]
    assert write_subtitles(cues, "sami", Target("ko")).decode().count("&nbsp;") == 1


def test_languages_that_share_a_class_name_have_one_each():
    cues = [Cue(1, 0, from_ms(1), (Run("a", language=tag),)) for tag in ("pt-BR", "pt-PT")]
    written = write_subtitles(cues, "sami", Target("pt")).decode()
    assert [written.count(f"Class={name}>a") for name in ("PTBRCC", "PTPTCC")] == [1, 1]


@pytest.mark.parametrize(
    "run",
    [
        Run("가", font='바"탕'),
        Run("가", colour="#ff000080"),
        Run("가", language="x"),
        Run("映画", ruby=" えい  が"),
    ],
)
def test_what_the_writer_cannot_hold_is_listed(run):
    assert convert([Cue(1, 0, from_ms(1), (run,))], "sami", Target("ko")).losses


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 50_000,
        "<STYLE>" + "a{" * 50_000,
        "<!-- -->" * 20_000,
        "<SYNC Start=1>" * 20_000,
        "<P" * 50_000,
        "<ruby>" * 20_000,
        "&" * 200_000,
        "<font color=" * 50_000,
        " " * 200_000,
    ],
)
def test_long_input_is_read_in_short_time(text):
    parsed = read_subtitles((HEAD + ONE + text).encode())
    assert parsed.cues[0].text == "하나"
    assert read_subtitles(("<SAMI>" + text + ONE).encode()).format == "sami"


PIECES = [
    "가",
    "나",
    "다",
    " ",
    "\n",
    "<",
    ">",
    "<br>",
    "<i>",
    "</i>",
    "<ruby>",
    "<rt>",
    "</rt>",
    "</ruby>",
    "<rp>",
    "</rp>",
    "<!--",
    "-->",
    "&nbsp;",
    "<font color=",
    "</font>",
    "<P Class=KRCC>",
    "<P Class=ENCC>",
    "<SYNC Start=",
    "5000",
    "</BODY>",
    "<STYLE>",
    "<TITLE>",
    "&",
    '"',
    "<b",
    "<x>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(deadline=None, max_examples=300)
def test_no_letter_of_a_file_is_lost(text):
    """Every letter is in the cues, their ruby, or the damage."""
    source = HEAD.replace("한국어", "") + ONE + text
    parsed = read_subtitles(source.encode())
    shown = [run.text + run.ruby for cue in parsed.cues for run in cue.runs]
    known = "\n".join([*shown, *(item.text for item in parsed.damage)])
    for letter in "가나다":
        assert known.count(letter) >= source.count(letter), text


CORPUS = Path(__file__).parents[2] / "shared" / "data" / "subtitles"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/data/subtitles is not there")
@pytest.mark.parametrize("film", ["s01", "s02"])
@pytest.mark.parametrize("form", ["cp949", "utf16", "utf8"])
def test_korean_files_say_what_their_sub_rip_twins_say(film, form):
    sami = read_subtitles((CORPUS / f"encodings-ko/{film}-{form}.smi").read_bytes())
    twin = pysrt.open(CORPUS / f"encodings-ko/{film}-utf8.srt", encoding="utf-8-sig")
    expected = [
        (item.start.ordinal, item.end.ordinal, re.sub("</?(?:i|font)[^>]*>", "", item.text).strip()) for item in twin
    ]
    assert sami.format == "sami"
    assert [(cue.start // TICKS_PER_MS, cue.end // TICKS_PER_MS, cue.text) for cue in sami.cues] == expected


def test_words_glued_into_a_broken_tag_are_told():
    broken = "<SYN観る\n<SYNC Start=14000><P Class=ENCC>네\n"
    found = read_subtitles(f"<SAMI>\n<HEAD>\n</HEAD>\n<BODY>\n{broken}</BODY>\n</SAMI>\n".encode())
    assert "観る" in "".join(item.text for item in found.damage)

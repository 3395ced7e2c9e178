"""WebVTT: settings and regions are read as exact places, and what is written reads back the same and conforms."""

from dataclasses import replace
from fractions import Fraction

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.subtitles import Cue, Region, Run, Target, read_subtitles, write_subtitles
from assets.subtitles.conformance import violations
from assets.subtitles.conversion import convert
from assets.timing import TICKS_PER_MS

TARGET = Target("ko")
BLOCK = "REGION\nid:f\nwidth:40%\nregionanchor:0%,100%\nviewportanchor:10%,20%\n\n"
F = Region(Fraction(10), Fraction(2), Fraction(40), Fraction(18), "after", "lrtb", "f")


def parsed(words, blocks=""):
    return read_subtitles(f"WEBVTT\n\n{blocks}a 1\n00:01.000 --> 00:02.000 {words}\n가".encode())


def region(*edges, align="after", writing="lrtb"):
    return Region(*map(Fraction, edges), align, writing)


def one(**changes):
    return Cue(1, 0, 1000 * TICKS_PER_MS, (Run("가"),), **changes)


@pytest.mark.parametrize(
    ("words", "place", "align"),
    [
        ("line:20%", region(0, 20, 100, 80, align="before"), ""),
        ("line:20%,end", region(0, 0, 100, 20), ""),
        ("line:20%,center", region(0, 0, 100, 40, align="center"), ""),
        ("line:12.5% size:40%", region(30, "12.5", 40, "87.5", align="before"), ""),
        ("position:10%,line-left size:30%", region(10, 0, 30, 100), ""),
        ("position:90%,line-right size:30% align:end", region(60, 0, 30, 100), "end"),
        ("position:30% align:start", region(30, 0, 70, 100), "start"),
        ("position:30% align:middle", region(0, 0, 60, 100), "center"),
        ("vertical:rl", region(0, 0, 100, 100, writing="tbrl"), "center"),
        ("vertical:rl line:0 align:start", region(0, 0, 100, 100, align="before", writing="tbrl"), ""),
        ("vertical:lr line:20%,end align:left", region(0, 0, 20, 100, writing="tblr"), "left"),
        ("vertical:rl line:80%,end size:50%", region(0, 25, 80, 50, align="before", writing="tbrl"), "center"),
        ("region:f align:start", F, "start"),
    ],
)
def test_exact_places(words, place, align):
    read = parsed(words, BLOCK if "region" in words else "")
    assert (read.cues[0].region, read.cues[0].text_align, read.cues[0].id) == (place, align, "a 1")
    assert read.damage == ()
    converted = convert(read.cues, "webvtt", TARGET)
    assert converted.losses == ()
    assert [replace(cue, line=0) for cue in read_subtitles(converted.data).cues] == [replace(read.cues[0], line=0)]


@pytest.mark.parametrize(
    ("words", "blocks", "lost"),
    [
        ("line:5", "", ["line:5"]),
        ("vertical:rl line:-4", "", ["line:-4"]),
        ("line:-1,center", "", ["line:-1,center"]),
        ("position:0%,center", "", ["position:0%,center"]),
        ("region:g", "", ["region:g"]),
        ("region:f line:0", BLOCK, ["region:f", BLOCK.strip()]),
        ("region:f position:10%", BLOCK, ["position:10%"]),
        ("region:f", BLOCK.replace("width:40%", "width:40% scroll:up"), ["scroll:up"]),
        ("", BLOCK, [BLOCK.strip()]),
    ],
)
def test_what_is_not_held_is_reported(words, blocks, lost):
    assert sorted(item.text for item in parsed(words, blocks).damage if item.kind == "not-kept") == sorted(lost)


@pytest.mark.parametrize(
    ("cue", "what"),
    [
        (one(id="NOTE x"), "the id 'NOTE x'"),
        (one(id="a --> b"), "the id 'a --> b'"),
        (one(rows_align="end"), "the alignment of rows"),
        (one(region=region(10, 70, 80, 20)), "the region lrtb at 10% 70%, 80% by 20%, written as lrtb at 10% 0%, 80%"),
        (one(region=replace(region(0, 20, 100, 80, align="before"), id="r"), position=8), "the id 'r' of a region"),
        (one(region=region(0, 0, 100, 100)), "the region lrtb at 0% 0%, 100% by 100%, written as place 2"),
        (one(region=region(0, 0, 100, 100, writing="tbrl"), position=7, text_align="start"), "alignment start"),
        (replace(one(), runs=(Run("가", colour="#123456"),)), "the colour #123456"),
        (replace(one(), runs=(Run("가", language="a b"),)), "the language 'a b'"),
        (replace(one(), runs=(Run("가", speaker=" x"),)), "the blanks of speaker ' x'"),
        (replace(one(), runs=(Run("映", ruby="え", ruby_position="after"),)), "the place of ruby: after"),
        (replace(one(), runs=(Run("映", ruby="え\nい"),)), "ruby 'え\\nい' over more than one row"),
    ],
)
def test_losses(cue, what):
    (loss,) = convert([cue], "webvtt", TARGET).losses
    assert loss.what.startswith(what)
    assert violations(convert([cue], "webvtt", TARGET).data.decode()) == []


def test_ids_that_stand_twice():
    other = replace(F, x=Fraction(20))
    cues = [one(id="a", region=F, position=8), replace(one(id="a", region=other, position=8), number=2)]
    converted = convert(cues, "webvtt", TARGET)
    assert [(loss.number, loss.what.split(",")[0]) for loss in converted.losses] == [
        (2, "the id 'a'"),
        (2, "the id 'f' of a region"),
    ]
    again = read_subtitles(converted.data)
    assert [(cue.id, cue.region) for cue in again.cues] == [("a", F), ("", replace(other, id=""))]
    assert violations(converted.data.decode()) == []


def test_written_form():
    runs = (
        Run("난", speaker="A & B"),
        Run("色", speaker="A & B", colour="#FFFF00", background="#000000ff"),
        Run("\n"),
        Run("映画", bold=True, ruby="えいが", language="ja"),
    )
    cue = replace(one(id="1", region=region(10, 0, 30, 100), text_align="end"), runs=runs)
    assert write_subtitles([cue], "webvtt", TARGET).decode() == (
        "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000 position:10%,line-left size:30% align:end\n"
        "<v A &amp; B>난<c.yellow.bg_black>色</c></v>\n<lang ja><b><ruby>映画<rt>えいが</rt></ruby></b></lang>\n"
    )


percents = st.sampled_from(["0%", "10%", "33.25%", "50%", "100%"])
words = st.tuples(
    st.sampled_from(["", "", "vertical:rl", "vertical:lr"]),
    st.sampled_from(["", "line:0", "line:-1", "line:20%", "line:0%,end", "line:75.5%,center", "line:100%", "line:9"]),
    st.sampled_from(["", "position:10%", "position:0%", "position:60%,line-right", "position:25.125%,center"]),
    st.one_of(st.just(""), percents.map("size:{}".format)),
    st.sampled_from(["", *(f"align:{word}" for word in ("start", "center", "end", "left", "right"))]),
    st.sampled_from(["", "region:f"]),
).map(" ".join)


@given(words)
@settings(deadline=None)
def test_what_is_read_is_written_the_same(words):
    cue = parsed(words, BLOCK).cues[0]
    for name in ("webvtt", "imsc1.1"):
        there = convert([replace(cue, id="")], name, TARGET)
        assert [loss for loss in there.losses if "decimals" not in loss.what] == []
        back = convert(read_subtitles(there.data).cues, "webvtt", TARGET)
        assert violations(back.data.decode()) == []
        (again,) = read_subtitles(back.data).cues
        assert (again.region, again.runs) == (cue.region, cue.runs)
        assert cue.region or again.position == cue.position
        assert name == "imsc1.1" or again.text_align == cue.text_align


@given(strategies.rich_cues())
@settings(deadline=None)
def test_what_is_written_conforms(cues):
    cues = sorted((replace(cue, end=cue.start + 1000 * TICKS_PER_MS) for cue in cues), key=lambda cue: cue.start)
    assert violations(convert(cues, "webvtt", TARGET).data.decode()) == []


@pytest.mark.parametrize(
    ("setting", "words", "position", "align", "lost"),
    [
        ("align:start", "plain", 1, "start", False),
        ("align:start", "\u05e9\u05dc\u05d5\u05dd", 3, "", False),
        ("align:end", "\u0645\u0631\u062d\u0628\u0627 abc", 1, "", False),
        ("align:start", "123 \u05e9\u05dc\u05d5\u05dd\n...", 3, "", False),
        ("align:start", "\u05e9\u05dc\u05d5\u05dd\nplain", 3, "", True),
        ("align:start position:10%", "\u05e9\u05dc\u05d5\u05dd", 3, "right", False),
        ("align:left", "\u05e9\u05dc\u05d5\u05dd", 1, "", False),
    ],
)
def test_start_and_end_are_sides_of_the_words(setting, words, position, align, lost):
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000 {setting}\n{words}\n"
    parsed = read_subtitles(text.encode())
    (cue,) = parsed.cues
    assert (cue.position, cue.text_align) == (position, align)
    assert [item.text for item in parsed.damage] == ([setting] if lost else [])
    (again,) = read_subtitles(convert([cue], "webvtt", Target()).data).cues
    assert (again.position, again.text_align, again.region) == (cue.position, cue.text_align, cue.region)


@pytest.mark.parametrize(("align", "written"), [("start", "left"), ("end", "right"), ("left", "left")])
def test_the_side_of_words_from_right_to_left_is_written_as_it_is(align, written):
    cue = Cue(1, 0, 1, (Run("\u05e9\u05dc\u05d5\u05dd"),), text_align=align, position=2)
    assert f"align:{written}" in write_subtitles([cue], "webvtt", Target()).decode()

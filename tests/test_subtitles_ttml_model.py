"""TTML into the whole model: ruby, emphasis, regions, colours, speakers; times in sequence."""

from dataclasses import replace
from fractions import Fraction

import pytest
from ttml_documents import damage, read, shown

from assets.subtitles import Region, Run, ttml_region, ttml_time, ttml_values
from assets.timing import from_frames


def cue(paragraph, head="", root=""):
    parsed = read(f'<div begin="1s" end="2s">{paragraph}</div>', head, root)
    assert len(parsed.cues) == 1
    return parsed.cues[0], damage(parsed)


@pytest.mark.parametrize(
    ("text", "runs", "lost"),
    [
        (
            (
                "<span tts:ruby='container'>\n <span tts:ruby='base'>映画</span>\n"
                " <span tts:ruby='text'>えいが</span>\n</span>館"
            ),
            (Run("映画", ruby="えいが"), Run("館")),
            [],
        ),
        (
            (
                "<span tts:ruby='container' tts:rubyPosition='outside'><span tts:ruby='baseContainer'>"
                "<span tts:ruby='base'>東</span><span tts:ruby='base'>京</span></span><span tts:ruby='textContainer'>"
                "<span tts:ruby='text'>とう</span><span tts:ruby='text'>きょう</span></span></span>"
            ),
            (Run("東", ruby="とう", ruby_position="outside"), Run("京", ruby="きょう", ruby_position="outside")),
            [],
        ),
        (
            (
                "<span tts:ruby='container'><span tts:ruby='baseContainer'><span tts:ruby='base'>東南</span></span>"
                "<span tts:ruby='textContainer' tts:rubyPosition='before'><span tts:ruby='text'>とうなん</span></span>"
                "<span tts:ruby='textContainer'><span tts:ruby='text'>たつみ</span></span></span>"
            ),
            (Run("東南", ruby="とうなん", ruby_position="before"),),
            ["not-kept: たつみ"],
        ),
        (
            (
                "<span tts:ruby='container'><span tts:ruby='base'>字</span><span tts:ruby='delimiter'>(</span>"
                "<span tts:ruby='text'>じ</span><span tts:ruby='delimiter'>)</span></span>"
            ),
            (Run("字", ruby="じ"),),
            ["not-kept: ( )"],
        ),
        (
            "<span style='c'><span style='b'>字</span><span style='t'>じ</span></span>",
            (Run("字", ruby="じ"),),
            [],
        ),
        (
            (
                "<span tts:ruby='container'><span tts:ruby='base'>字<span tts:fontWeight='bold'>幕</span></span>"
                "<span tts:ruby='text'>じまく</span></span>"
            ),
            (Run("字幕", ruby="じまく"),),
            ["not-kept: 字幕"],
        ),
        (
            (
                "<span tts:ruby='container'><span tts:ruby='base'>字</span>"
                "<span tts:ruby='text' tts:color='red'>じ</span></span>"
            ),
            (Run("字", ruby="じ"),),
            ["not-kept: じ"],
        ),
        (
            (
                "<span tts:fontStyle='italic'><span tts:ruby='container'><span tts:ruby='base'>字</span>"
                "<span tts:ruby='text'>じ</span></span></span>"
            ),
            (Run("字", italic=True, ruby="じ"),),
            [],
        ),
    ],
)
def test_ruby(text, runs, lost):
    styles = "".join(
        f'<style xml:id="{name}" tts:ruby="{value}"/>'
        for name, value in (("c", "container"), ("b", "base"), ("t", "text"))
    )
    found, reported = cue(f"<p>{text}</p>", f"<styling>{styles}</styling>")
    assert (found.runs, reported) == (runs, lost)


@pytest.mark.parametrize(
    ("attributes", "run"),
    [
        ('tts:textEmphasis="filled  dot outside"', Run("12", emphasis="filled dot outside")),
        ('tts:textEmphasis="none"', Run("12")),
        ('tts:textCombine="all"', Run("12", combine=True)),
        ('tts:textCombine="digits"', Run("12", combine=True)),
        ('tts:fontShear="16.67%"', Run("12", slant=Fraction("16.67"))),
        ('tts:color="red"', Run("12", colour="#ff0000")),
        ('tts:color="#FF0000FF"', Run("12", colour="#ff0000")),
        ('tts:color="rgb(1, 2, 3)"', Run("12", colour="#010203")),
        ('tts:color="rgba(1,2,3,128)"', Run("12", colour="#01020380")),
        ('tts:backgroundColor="black"', Run("12", background="#000000")),
        ('tts:backgroundColor="transparent"', Run("12")),
        ('tts:fontFamily="Noto Sans KR, serif"', Run("12", font="Noto Sans KR, serif")),
        ('tts:fontFamily="proportionalSansSerif"', Run("12")),
        ('xml:lang="ja"', Run("12", language="ja")),
        ('xml:lang="ko"', Run("12")),
        ('ttm:agent="a"', Run("12", speaker="민지")),
        ('tts:textDecoration="underline"', Run("12", underline=True)),
        ('tts:fontStyle="oblique"', Run("12", italic=True)),
    ],
)
def test_style_of_a_span(attributes, run):
    head = (
        '<metadata><ttm:agent xml:id="a" type="character"><ttm:name type="alias">민지</ttm:name></ttm:agent></metadata>'
    )
    found, lost = cue(f"<p><span {attributes}>12</span></p>", head)
    assert (found.runs, lost) == ((run,), [])


def test_digits_of_a_length_are_set_upright():
    found, _ = cue('<p tts:textCombine="digits 3">第123話と1234</p>')
    assert found.runs == (Run("第"), Run("123", combine=True), Run("話と1234"))


def test_a_background_is_seen_behind_inner_spans():
    found, _ = cue(
        '<p><span tts:backgroundColor="black">가<span tts:backgroundColor="transparent">나</span></span></p>'
    )
    assert found.runs == (Run("가나", background="#000000"),)


@pytest.mark.parametrize(
    ("attributes", "name", "value"),
    [
        ('tts:shear="16.6667%"', "slant", Fraction("16.6667")),
        ('tts:lineShear="-10%"', "slant", Fraction(-10)),
        ('itts:forcedDisplay="true"', "forced", True),
        ('tts:textAlign="end"', "text_align", "end"),
        ('ebutts:multiRowAlign="start"', "rows_align", "start"),
        ('ebutts:multiRowAlign="auto"', "rows_align", ""),
        ('xml:id="c1"', "id", "c1"),
        ('xml:id="rp-p1"', "id", ""),
    ],
)
def test_attributes_of_a_cue(attributes, name, value):
    found, lost = cue(f"<p {attributes}>가</p>")
    assert (getattr(found, name), lost) == (value, [])


@pytest.mark.parametrize(
    ("text", "forced", "lost"),
    [
        ('<span itts:forcedDisplay="true">가</span>', True, []),
        ('가<span itts:forcedDisplay="true">나</span>', False, ["not-kept: 가나"]),
    ],
)
def test_forced_spans(text, forced, lost):
    found, reported = cue(f"<p>{text}</p>")
    assert (found.forced, reported) == (forced, lost)


def region(attributes, root='tts:extent="640px 480px"'):
    head = f'<layout><region xml:id="r" {attributes}/></layout>'
    return cue('<p region="r">가</p>', head, root)


@pytest.mark.parametrize(
    ("attributes", "place"),
    [
        ('tts:origin="10% 80%" tts:extent="80% 15%"', (10, 80, 80, 15)),
        ('tts:origin="64px 24px" tts:extent="320px 240px"', (10, 5, 50, 50)),
        ('tts:origin="8c 3c" tts:extent="16c 6c"', (25, 20, 50, 40)),
        ('tts:origin="33.3333333% 0%" tts:extent="10rw 10rh"', ("33.333333", 0, 10, 10)),
        ('tts:extent="40% 20%" tts:position="right 10% bottom 25%"', (54, 60, 40, 20)),
        ('tts:extent="40% 20%" tts:position="center top"', (30, 0, 40, 20)),
        ('tts:extent="40% 20%" tts:position="center left"', (0, 40, 40, 20)),
        ('tts:extent="40% 20%" tts:position="bottom 48px left"', (0, 70, 40, 20)),
        ('tts:extent="40% 20%" tts:position="25% 50%"', (15, 40, 40, 20)),
        ('tts:extent="40rh 20%" tts:position="0% 0%"', (0, 0, 30, 20)),
    ],
)
def test_region_in_per_cent(attributes, place):
    found, lost = region(attributes)
    x, y, width, height = (Fraction(number) for number in place)
    assert (found.region, lost) == (Region(x, y, width, height, "before", "lrtb", "r"), [])


@pytest.mark.parametrize(
    ("attributes", "root"),
    [
        ('tts:origin="10px 10px" tts:extent="50% 50%"', ""),
        ('tts:origin="10% 10%" tts:extent="5em 5em"', ""),
        ('tts:origin="10rh 10%" tts:extent="50% 50%"', ""),
        ('tts:origin="left top" tts:extent="50% 50%"', ""),
    ],
)
def test_region_of_unknown_size_is_reported(attributes, root):
    found, lost = region(attributes, root)
    assert (found.region, lost) == (None, ["not-kept: r"])


@pytest.mark.parametrize(
    ("writing", "model", "align", "place"),
    [
        ("tbrl", "tbrl", "before", 9),
        ("tb", "tbrl", "after", 7),
        ("tblr", "tblr", "before", 7),
        ("lr", "lrtb", "after", 2),
        ("rltb", "rltb", "before", 8),
    ],
)
def test_writing_mode(writing, model, align, place):
    found, lost = region(
        f'tts:origin="0% 0%" tts:extent="100% 100%" tts:writingMode="{writing}" tts:displayAlign="{align}"'
    )
    assert (found.region.writing, found.position, found.vertical, lost) == (model, place, model[:2] == "tb", [])


def test_values_that_no_region_of_the_model_has_are_reported():
    assert region('tts:displayAlign="justify"')[1] == ["not-kept: tts:displayAlign"]


def test_a_region_that_stands_for_a_key_is_a_place_alone():
    for position in range(1, 10):
        known = ttml_region.place(position)
        layout = {
            "tts:origin": f"{known.x}% {known.y}%",
            "tts:extent": f"{known.width}% {known.height}%",
            "tts:displayAlign": known.align,
            "tts:textAlign": ttml_region.COLUMNS[(position - 1) % 3],
        }
        picture = ttml_region.picture({})
        assert ttml_region.placed(known.id, layout, picture) == ttml_region.Placed(None, position)
        assert ttml_region.placed("other", layout, picture).region == replace(known, id="other")


@pytest.mark.parametrize(
    ("body", "cues"),
    [
        (
            '<div timeContainer="seq"><p dur="1s">가</p><p begin="1s" dur="2s">나</p><p dur="1s">다</p></div>',
            ["0-1000 가", "2000-4000 나", "4000-5000 다"],
        ),
        (
            (
                '<div timeContainer="seq" begin="10s"><div><p end="1s">가</p><p end="3s">나</p></div>'
                '<p dur="1s">다</p></div>'
            ),
            ["10000-11000 가", "10000-13000 나", "13000-14000 다"],
        ),
        (
            '<div><p timeContainer="seq" begin="1s"><span dur="1s">가</span> <span dur="2s">나</span></p></div>',
            ["1000-2000 가", "2000-4000 나"],
        ),
        (
            '<div timeContainer="seq"><p dur="1s">가</p><p end="1s">나</p></div>',
            ["0-1000 가", "1000-2000 나"],
        ),
    ],
)
def test_sequences(body, cues):
    parsed = read(body)
    assert (shown(parsed), parsed.damage) == (cues, ())


def test_what_has_no_duration_in_a_sequence_is_reported():
    parsed = read('<div timeContainer="seq"><p>가</p><p dur="1s">나</p></div>')
    assert shown(parsed) == ["0-5000 가", "0-1000 나"]
    assert [item.kind for item in parsed.damage] == ["open-end"]


def test_labels_of_drop_pal():
    pal = {
        "ttp:timeBase": "smpte",
        "ttp:frameRate": "30",
        "ttp:frameRateMultiplier": "1000 1001",
        "ttp:dropMode": "dropPAL",
    }
    assert ttml_time.clock(pal).time("01:00:00:00") == from_frames(108_000 - 108, Fraction(30000, 1001))


@pytest.mark.parametrize("text", ["", "red ", "#12345", "#gggggg", "rgb(1,2)", "rgb(1,2,256)", "rgba(1,2,3)", "#fff"])
def test_no_colour(text):
    assert ttml_values.colour(text) == ("#ff0000" if text == "red " else None)


@pytest.mark.parametrize(
    ("number", "text"),
    [(Fraction(10), "10"), (Fraction("-0.5"), "-0.5"), (Fraction(1, 3), "0.333333"), (Fraction(-1, 10**7), "0")],
)
def test_decimals(number, text):
    assert ttml_values.decimal(number) == text

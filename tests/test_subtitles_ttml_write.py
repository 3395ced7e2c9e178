"""TTML in four dialects: what is written is read back the same, as far as the dialect holds it."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assets.errors import UsageError
from assets.subtitles import Cue, Region, Run, Target, format_of, frames, markup, read_subtitles, ttml_region
from assets.subtitles.conformance import violations
from assets.subtitles.format import Feature
from assets.timing import TICKS_PER_MS, from_frames, from_ms

TT = "http://www.w3.org/ns/ttml"
XML = "{http://www.w3.org/XML/1998/namespace}"
DIALECTS = ("ebu-tt-d", "imsc1.1", "itt", "ttml1")
SCHEMA = Path(__file__).parents[2] / "shared" / "data" / "schemas" / "ebu-tt-d" / "ebutt_d.xsd"
OF_CUES = {"empty-cue", "no-duration", "out-of-order"}
RATES = (
    (Fraction(24000, 1001), False),
    (Fraction(24), False),
    (Fraction(25), False),
    (Fraction(30000, 1001), False),
    (Fraction(30000, 1001), True),
    (Fraction(50), False),
    (Fraction(60000, 1001), True),
)
RATE = Fraction(24)
OF_RUNS = {
    Feature.RUBY: {"ruby": "", "ruby_position": ""},
    Feature.EMPHASIS: {"emphasis": ""},
    Feature.COMBINE: {"combine": False},
    Feature.BACKGROUND: {"background": ""},
    Feature.FONT: {"font": ""},
    Feature.LANGUAGE: {"language": ""},
    Feature.SPEAKER: {"speaker": ""},
}


def held(cue, name):
    """What a dialect holds of a cue."""
    found = format_of(name)
    for feature, nothing in OF_RUNS.items():
        if feature not in found.holds:
            cue = replace(cue, runs=markup.tidy(replace(run, **nothing) for run in cue.runs))
    if Feature.SLANT not in found.holds:
        cue = replace(cue, slant=Fraction(0), forced=False)
    if name in {"itt", "ttml1"}:
        cue = replace(cue, rows_align="")
    if Feature.PLACE not in found.holds:
        cue = replace(cue, region=None, text_align="", position=8 if cue.position > 6 else 2)
    return cue


@pytest.mark.parametrize("name", DIALECTS)
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_what_a_dialect_holds_is_read_back(name, data):
    cues = data.draw(strategies.rich_cues(strategies.ticks))
    if name == "itt":
        moments = [from_frames(frames.nearest(time, RATE), RATE) for cue in cues for time in (cue.start, cue.end)]
        cues = [
            replace(cue, start=start, end=end)
            for cue, start, end in zip(cues, moments[::2], moments[1::2], strict=True)
        ]
    parsed = read_subtitles(format_of(name).write(cues, Target("ja", RATE)))
    assert (parsed.format, parsed.language, parsed.frame_rate, parsed.drop) == (name, "ja", RATE, False)
    assert [replace(cue, line=0) for cue in parsed.cues] == [held(cue, name) for cue in cues]
    assert {item.kind for item in parsed.damage} <= OF_CUES


@pytest.mark.parametrize("name", ["imsc1.1", "ttml1"])
@given(strategies.rich_cues())
@settings(deadline=None, max_examples=30)
def test_cues_that_lose_nothing_say_so(name, cues):
    target = Target("ja", RATE)
    for cue in cues:
        lost = list(format_of(name).losses(cue, target))
        assert lost == (["the alignment of rows among themselves"] if name == "ttml1" and cue.rows_align else [])


@pytest.mark.parametrize(
    ("name", "cue", "lost"),
    [
        (
            "imsc1.1",
            Cue(1, 0, 1, (Run("a"),), id="1 a"),
            "the id '1 a'; an id is an XML name, and not one that is made up for cues without",
        ),
        (
            "imsc1.1",
            Cue(1, 0, 1, (), region=Region(Fraction(50), Fraction(91), Fraction(60), Fraction(9))),
            "a region that reaches beyond the picture",
        ),
        (
            "ttml1",
            Cue(1, 0, 1, (), region=Region(Fraction(100, 3), Fraction(80), Fraction(10), Fraction(9))),
            "the place of a region beyond six decimals: 100/3%",
        ),
        (
            "ebu-tt-d",
            Cue(1, 0, 1, (), position=8, region=Region(Fraction(50), Fraction(80), Fraction(10), Fraction(9))),
            "place 8 of the keypad: the region is at 2",
        ),
        ("imsc1.1", Cue(1, 0, 1, (Run("a", slant=Fraction(9)), Run("b"))), "the slant of a part of a cue"),
        ("imsc1.1", Cue(1, 0, 1, (Run("a"),), slant=Fraction(50, 3)), "a slant beyond six decimals: 50/3%"),
        ("imsc1.1", Cue(1, 0, 1, (Run("a"),), rows_align="left"), "rows aligned left; allowed are start, center, end"),
        ("itt", Cue(1, 0, 1, (Run("a", colour="#ffffff"),)), "white as a colour of its own: it is the default"),
        ("ttml1", Cue(1, 0, 1, (Run("a", background="#00000000"),)), "a background that is not seen"),
        ("ttml1", Cue(1, 0, 1, (Run("a", font="sansSerif"),)), "the font sansSerif: it is the default"),
        ("ttml1", Cue(1, 0, 1, (Run("a", speaker=" 민지"),)), "the blanks of speaker ' 민지'"),
        (
            "imsc1.1",
            Cue(1, 0, 1, (Run("字", emphasis="'＊'"),)),
            "emphasis \"'＊'\"; marks are circles, dots and sesames",
        ),
        ("imsc1.1", Cue(1, 0, 1, (Run("字\n幕", ruby="じ"),)), "ruby 'じ' over more than one row"),
        (
            "itt",
            Cue(1, 0, 1, (), position=4),
            "place 4 of the keypad: iTunes Timed Text has the top and the bottom, centred",
        ),
    ],
)
def test_what_is_lost_is_said(name, cue, lost):
    assert list(format_of(name).losses(cue, Target("ja", RATE))) == [lost]
    parsed = read_subtitles(format_of(name).write([cue], Target("ja", RATE)))
    assert parsed.cues[0].text == cue.text


def test_a_slant_of_all_runs_is_the_slant_of_the_cue():
    runs = (Run("a", slant=Fraction(9)), Run("b", bold=True, slant=Fraction(9)))
    cue = Cue(1, 0, TICKS_PER_MS, runs)
    lost = list(format_of("imsc1.1").losses(cue, Target("ja")))
    assert lost == ["a slant of text, written as that of the whole cue"]
    parsed = read_subtitles(format_of("imsc1.1").write([cue], Target("ja")))
    assert (parsed.cues[0].slant, parsed.cues[0].runs) == (9, (Run("a"), Run("b", bold=True)))


@pytest.mark.parametrize(("rate", "drop"), RATES)
@given(st.integers(0, 30 * 3600 * 24))
@settings(max_examples=40)
def test_timecode_of_itunes_is_exact(rate, drop, frame):
    cue = Cue(1, from_frames(frame, rate), from_frames(frame + 1, rate), (Run("가"),))
    data = format_of("itt").write([cue], Target("ko", rate, drop))
    parsed = read_subtitles(data)
    assert (parsed.cues[0].start, parsed.cues[0].end) == (cue.start, cue.end)
    assert (parsed.format, parsed.frame_rate, parsed.drop) == ("itt", rate, drop)
    assert b";" not in data


def test_timecode_of_itunes_is_the_nearest_frame():
    cue = Cue(1, from_ms(999), from_ms(2021), (Run("가"),))
    data = format_of("itt").write([cue], Target("ko", Fraction(24)))
    assert b'begin="00:00:01:00" end="00:00:02:01"' in data


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (Target("ko"), "none is given; allowed are 23.976, 24, 25, 29.97, 30, 50, 59.94, 60"),
        (Target("ko", Fraction(15)), "not 15; allowed are 23.976"),
        (Target("ko", Fraction(24), drop=True), "at 24; it exists at 29.97 and 59.94 alone"),
    ],
)
def test_itunes_refuses_rates_it_does_not_have(target, reason):
    with pytest.raises(UsageError, match=reason):
        format_of("itt").write([], target)


def _root(name, cues):
    return etree.fromstring(format_of(name).write(cues, Target("ja", Fraction(24000, 1001))))


CUES = [
    Cue(
        1,
        TICKS_PER_MS,
        2 * TICKS_PER_MS,
        (Run("<가> & 나\n"), Run("다", italic=True, bold=True), Run("映画", ruby="えいが", ruby_position="outside")),
        position=8,
    ),
    Cue(2, from_ms(3000), from_ms(4000), (Run("12", combine=True),), region=strategies.REGIONS[3]),
    Cue(3, from_ms(5000), from_ms(6000), (Run("点", emphasis="filled dot outside"),), slant=Fraction("16.6667")),
    Cue(4, from_ms(5000), from_ms(6000), (Run("行\n行"),), rows_align="start", text_align="center", id="named"),
]


def test_imsc_is_japanese_as_it_is_delivered():
    root = _root("imsc1.1", CUES)
    attributes = {etree.QName(key).localname: value for key, value in root.attrib.items()}
    assert attributes == {
        "lang": "ja",
        "space": "preserve",
        "contentProfiles": f"{TT}/profile/imsc1.1/text",
        "timeBase": "media",
        "frameRate": "24",
        "frameRateMultiplier": "1000 1001",
    }
    data = format_of("imsc1.1").write(CUES, Target("ja")).decode()
    for part in (
        'tts:fontFamily="proportionalSansSerif" tts:fontSize="100%"',
        'tts:writingMode="tbrl"',
        'tts:textCombine="all"',
        'tts:textEmphasis="filled dot outside"',
        'tts:shear="16.6667%"',
        'tts:rubyReserve="outside"',
        '<span tts:ruby="container"><span tts:ruby="base">映画</span>',
        '</span><span tts:ruby="text" tts:rubyPosition="outside">えいが</span></span>',
        'tts:textAlign="center" ebutts:multiRowAlign="start"',
        "&lt;가&gt; &amp; 나<br/>",
    ):
        assert part in data


def test_regions_of_top_and_bottom_do_not_overlap():
    top, bottom = ttml_region.place(8), ttml_region.place(2)
    assert top.y + top.height <= bottom.y


@pytest.mark.parametrize("name", DIALECTS)
def test_ids_are_unique_and_references_defined(name):
    cues = [
        *CUES,
        Cue(5, 0, 1, (Run("a", italic=True),), id="bottom"),
        Cue(6, 0, 1, (Run("b", speaker="민지"),), id="style1"),
        Cue(7, 0, 1, (), id="named"),
        Cue(8, 0, 1, (), region=replace(strategies.REGIONS[0], id="tate")),
    ]
    root = _root(name, cues)
    ids = [element.get(f"{XML}id") for element in root.iter() if element.get(f"{XML}id")]
    assert len(ids) == len(set(ids))
    references = {
        word
        for element in root.iter()
        for key in ("style", "region", f"{{{TT}#metadata}}agent")
        for word in (element.get(key) or "").split()
    }
    assert references <= set(ids)
    assert (not [p for p in root.iter(f"{{{TT}}}p") if not p.get(f"{XML}id")]) == (name == "ebu-tt-d")


def test_ebu_tt_d_styles_by_reference_alone():
    root = _root("ebu-tt-d", CUES)
    body = root.find(f"{{{TT}}}body")
    assert {etree.QName(key).namespace for element in body.iter() for key in element.attrib} <= {None, XML[1:-1]}
    assert [element.getparent().tag for element in body.iter(f"{{{TT}}}span")] == [f"{{{TT}}}p"]
    assert "urn:ebu:tt:distribution:2014-01" in [element.text for element in root.iter()]
    assert root.get(f"{{{TT}#parameter}}timeBase") == "media"


def test_ttml1_has_no_later_vocabulary():
    data = format_of("ttml1").write(CUES, Target("ja")).decode()
    for later in ("ruby", "textCombine", "textEmphasis", "shear", "multiRowAlign", "contentProfiles", "forcedDisplay"):
        assert later not in data
    assert "映画" in data


def test_many_regions_and_styles_are_written_once():
    cues = [replace(cue, number=number) for number, cue in enumerate(CUES * 50, 1)]
    root = _root("imsc1.1", cues)
    assert len(list(root.iter(f"{{{TT}}}region"))) == 3
    assert len(list(root.iter(f"{{{TT}}}style"))) == 8


def _one_after_another(cues):
    return [replace(cue, start=from_ms(2000 * cue.number), end=from_ms(2000 * cue.number + 1500)) for cue in cues]


@pytest.mark.parametrize("name", DIALECTS)
@given(strategies.rich_cues())
@settings(deadline=None, max_examples=40)
def test_written_documents_conform(name, cues):
    data = format_of(name).write(_one_after_another(cues), Target("ja", Fraction(24000, 1001)))
    assert violations(data.decode()) == []


class _XmlSchema(etree.Resolver):
    """Stands in for the schema of the xml: attributes, which is not beside the others."""

    def resolve(self, url, _public_id, context):
        if not url.endswith("/xml.xsd"):
            return None
        names = "".join(f'<xs:attribute name="{name}" type="xs:string"/>' for name in ("id", "lang", "space"))
        schema = (
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
            f' targetNamespace="http://www.w3.org/XML/1998/namespace">{names}</xs:schema>'
        )
        return self.resolve_string(schema, context)


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the schemas ../shared/data/schemas are not there")
def test_ebu_tt_d_is_valid_by_its_schema():
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_XmlSchema())
    schema = etree.XMLSchema(etree.parse(SCHEMA, parser))
    for cues in ([], CUES, _one_after_another(CUES)):
        schema.assertValid(_root("ebu-tt-d", cues))

"""TTML: times, styles and white space as the standard has them, and what the model cannot hold reported."""

from fractions import Fraction

import pytest
from ttml_documents import TT, damage, document, read, shown

from assets.subtitles import Run, read_subtitles, ttml_time
from assets.subtitles.reading import NotSubtitlesError
from assets.timing import TICKS_PER_MS, from_frames, from_ms, from_seconds


@pytest.mark.parametrize(
    ("parameters", "text", "seconds"),
    [
        ({}, "00:00:01.5", Fraction(3, 2)),
        ({}, "01:00:00", Fraction(3600)),
        ({}, "1.5h", Fraction(5400)),
        ({}, "2m", Fraction(120)),
        ({}, "10s", Fraction(10)),
        ({}, "1500ms", Fraction(3, 2)),
        ({}, "15f", Fraction(1, 2)),
        ({"ttp:frameRate": "25"}, "00:00:01:05", Fraction(6, 5)),
        ({"ttp:frameRate": "24", "ttp:frameRateMultiplier": "1000 1001"}, "24f", Fraction(1001, 1000)),
        ({"ttp:frameRate": "24", "ttp:frameRateMultiplier": "1000:1001"}, "00:00:01:12", 1 + Fraction(12012, 24000)),
        ({"ttp:frameRate": "25", "ttp:subFrameRate": "2"}, "00:00:00:01.1", Fraction(3, 50)),
        ({"ttp:tickRate": "10000000"}, "12345678t", Fraction(12345678, 10000000)),
        ({"ttp:frameRate": "25"}, "50t", Fraction(2)),
        ({}, "50t", Fraction(50)),
    ],
)
def test_time_expression(parameters, text, seconds):
    assert ttml_time.clock(parameters).time(text) == from_seconds(seconds)


@pytest.mark.parametrize(
    "text", ["", "1", "1:00:00", "00:60:00", "00:00:61", "00:00:01:30", "-1s", "1 s", "１s", "nan"]
)
def test_no_time_expression(text):
    assert ttml_time.clock({}).time(text) is None


def test_smpte_labels_count_frames():
    ntsc = {"ttp:timeBase": "smpte", "ttp:frameRate": "30", "ttp:frameRateMultiplier": "1000 1001"}
    rate = Fraction(30000, 1001)
    assert ttml_time.clock(ntsc).time("00:01:00:00") == from_frames(1800, rate)
    assert ttml_time.clock({**ntsc, "ttp:dropMode": "dropNTSC"}).time("01:00:00:00") == from_frames(107892, rate)


@pytest.mark.parametrize(
    ("label", "damage"),
    [
        ("00:01:00:00", ["odd-timestamp: 00:01:00:00"]),
        ("00:01:00;01", ["odd-timestamp: 00:01:00;01"]),
        ("00:01:00:02", []),
        ("00:10:00:00", []),
        ("00:10:00;00", ["odd-timestamp: 00:10:00;00"]),
    ],
)
@pytest.mark.parametrize(
    "body", ['<p begin="{}" end="00:11:00:02">가</p>', '<p><span begin="{}" end="00:11:00:02">가</span></p>']
)
def test_labels_that_drop_frame_leaves_out(label, damage, body):
    drop = 'ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:dropMode="dropNTSC"'
    names = 'xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"'
    text = f"<tt {names} {drop}><body><div>{body.format(label)}</div></body></tt>"
    parsed = read_subtitles(text.encode())
    assert [f"{item.kind}: {item.text}" for item in parsed.damage] == damage
    (cue,) = parsed.cues
    assert cue.start == ttml_time.Clock(30, Fraction(30000, 1001), labels=True, drop=True).time(label.replace(";", ":"))


@pytest.mark.parametrize("time", [0, 1, TICKS_PER_MS, TICKS_PER_MS * 3_600_000 + 1, from_frames(1, Fraction(24))])
def test_written_times_are_exact(time):
    assert ttml_time.clock({}).time(ttml_time.expression(time)) == time


@pytest.mark.parametrize(
    ("body", "cues"),
    [
        ('<div><p begin="1s" end="2s">가</p></div>', ["1000-2000 가"]),
        ('<div><p begin="1s" dur="2s">가</p></div>', ["1000-3000 가"]),
        ('<div><p begin="1s" dur="9s" end="3s">가</p></div>', ["1000-3000 가"]),
        ('<div begin="10s"><p begin="1s" end="2s">가</p></div>', ["11000-12000 가"]),
        ('<div begin="10s" end="12s"><p begin="1s">가</p></div>', ["11000-12000 가"]),
        ('<div><p>\n <span begin="1s" end="2s">가</span>\n</p></div>', ["1000-2000 가"]),
        (
            '<div><p begin="1s" end="5s">가<br/><span begin="1s">나</span></p></div>',
            ["1000-2000 가", "2000-5000 가\n나"],
        ),
        (
            '<div><p><span begin="1s" end="2s">가</span><br/><span begin="4s" end="5s">나</span></p></div>',
            ["1000-2000 가", "4000-5000 나"],
        ),
        ('<div><p begin="2s" end="3s">나</p><p begin="1s" end="2s">가</p></div>', ["2000-3000 나", "1000-2000 가"]),
    ],
)
def test_times_nest(body, cues):
    parsed = read(body)
    assert shown(parsed) == cues
    assert parsed.damage == ()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("\n  가  \n  나  \n", "가 나"),
        ("가 <br/> 나", "가\n나"),
        ("<span>가 </span> <span> 나</span>", "가 나"),
        ('<span xml:space="preserve">  가\n나 </span>', "  가\n나 "),
        ("가&#x3000;나&#xA0;", "가\u3000나\u00a0"),
        ("<!-- 없음 -->가<!-- -->나", "가나"),
        ("가<metadata xmlns='urn:x'>없음</metadata>나", "가나"),
    ],
)
def test_white_space(text, rows):
    assert read(f'<div><p begin="1s" end="2s">{text}</p></div>').cues[0].text == rows


STYLES = (
    '<styling><style xml:id="i" tts:fontStyle="italic"/><style xml:id="bi" style="i" tts:fontWeight="bold"/>'
    '<style xml:id="loop" style="loop" tts:textDecoration="underline"/></styling>'
)


@pytest.mark.parametrize(
    ("paragraph", "runs"),
    [
        ('<p tts:fontStyle="italic">가</p>', (Run("가", italic=True),)),
        ('<p style="i">가<span tts:fontStyle="normal">나</span></p>', (Run("가", italic=True), Run("나"))),
        ('<p>가<span style="bi">나</span></p>', (Run("가"), Run("나", italic=True, bold=True))),
        ('<p style="loop i">가</p>', (Run("가", italic=True, underline=True),)),
        (
            '<p><span style="i"><span tts:textDecoration="underline">가</span></span></p>',
            (Run("가", True, False, True),),
        ),
    ],
)
def test_styles(paragraph, runs):
    parsed = read(f'<div begin="1s" end="2s">{paragraph}</div>', STYLES)
    assert parsed.cues[0].runs == runs
    assert parsed.damage == ()


def test_styles_are_inherited_from_region_and_initial_values():
    head = (
        '<styling><initial tts:fontWeight="bold"/></styling>'
        '<layout><region xml:id="r" tts:fontStyle="italic"/></layout>'
    )
    parsed = read('<div region="r"><p begin="1s" end="2s">가</p></div>', head)
    assert parsed.cues[0].runs == (Run("가", italic=True, bold=True),)


def test_a_region_overrides_initial_values_and_is_overridden_by_the_text():
    head = (
        '<styling><initial tts:fontWeight="bold" tts:fontStyle="italic"/></styling>'
        '<layout><region xml:id="r" tts:fontWeight="normal" tts:textDecoration="underline"/></layout>'
    )
    parsed = read('<div tts:textDecoration="none"><p region="r" begin="1s" end="2s">가</p></div>', head)
    assert parsed.cues[0].runs == (Run("가", italic=True),)


def test_text_of_a_region_that_is_not_displayed_is_left_out():
    head = '<layout><region xml:id="r" tts:display="none"/></layout>'
    parsed = read('<div region="r"><p begin="1s" end="2s">가</p></div>', head)
    assert (shown(parsed), damage(parsed)) == ([], ["not-kept: 가"])


def test_utf_16_with_a_declaration():
    data = document('<div><p begin="1s" end="2s">영화</p></div>').decode().replace("UTF-8", "UTF-16").encode("utf-16")
    parsed = read_subtitles(data)
    assert (parsed.encoding, parsed.bom, shown(parsed)) == ("utf-16-le", True, ["1000-2000 영화"])


@pytest.mark.parametrize(
    ("region", "place"),
    [
        ('tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after" tts:textAlign="center"', 2),
        ('tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="before"', 8),
        ('tts:origin="10% 10%" tts:extent="80% 80%"', 8),
        ('tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="center" tts:textAlign="left"', 4),
        ('tts:origin="10% 80%" tts:extent="80% 15%" tts:textAlign="right"', 3),
        ('tts:origin="64px 400px" tts:extent="500px 60px"', 2),
        ('tts:origin="2c 12c" tts:extent="20c 2c"', 2),
        ('tts:extent="60% 20%" tts:position="center bottom"', 2),
        ('tts:extent="60% 60%" tts:position="center bottom"', 5),
        ('tts:extent="60% 20%" tts:position="left bottom 50%"', 5),
        ('tts:extent="60% 20%" tts:position="top 5% left"', 8),
        ('tts:extent="60% 20%" tts:position="center"', 5),
        ('tts:extent="60% 20%" tts:position="center 100%"', 2),
        ('tts:extent="60% 20%" tts:position="center 75rh"', 2),
        ('tts:origin="auto" tts:extent="auto"', 8),
    ],
)
def test_place(region, place):
    head = f'<layout><region xml:id="r" {region}/></layout>'
    parsed = read('<div><p region="r" begin="1s" end="2s">가</p></div>', head, 'tts:extent="640px 480px"')
    assert parsed.cues[0].position == place
    assert parsed.damage == ()


@pytest.mark.parametrize(
    ("body", "cues", "found"),
    [
        (
            '<p begin="1s" end="2s">가<span tts:ruby="text">나</span></p>',
            ["1000-2000 가"],
            ["not-kept: 나"],
        ),
        ('<p begin="1s" end="2s" tts:fontSize="50%">가</p>', ["1000-2000 가"], ["not-kept: tts:fontSize"]),
        ('<p begin="1s" end="2s" tts:color="grün">가</p>', ["1000-2000 가"], ["not-kept: the colour grün"]),
        ('<p begin="1s" end="2s" x="1">가</p>', ["1000-2000 가"], ["not-kept: x"]),
        (
            '<p begin="1s" end="2s" tts:backgroundColor="red">가</p>',
            ["1000-2000 가"],
            ["not-kept: tts:backgroundColor of p"],
        ),
        (
            '<p begin="1s" end="2s"><span tts:textDecoration="lineThrough">가</span></p>',
            ["1000-2000 가"],
            ["not-kept: tts:textDecoration"],
        ),
        ('<p begin="1s" end="2s" tts:color="white">가</p>', ["1000-2000 가"], []),
        ('<p begin="1s" end="2s" tts:display="none">가</p>', [], ["not-kept: 가"]),
        (
            '<p begin="1s" end="2s">가<span tts:visibility="hidden">나</span></p>',
            ["1000-2000 가"],
            ["not-kept: 나"],
        ),
        (
            '<p begin="1s" end="2s">가<set begin="1s" tts:display="none"/></p>',
            ["1000-2000 가"],
            ["not-kept: 1s none"],
        ),
        ('<p begin="x" end="2s">가</p>', [], ["bad-timestamp: 가"]),
        ('<p begin="1s" end="2s">가<span end="x">나</span></p>', ["1000-2000 가"], ["bad-timestamp: 나"]),
        ('<p timeContainer="seq"><span>가</span></p>', [], ["bad-timestamp: 가"]),
        ('<p begin="1s" end="2s">가<metadata>나</metadata></p>', ["1000-2000 가"], ["not-kept: 나"]),
        ('<p begin="1s" end="2s">가<p>나</p>다</p>', ["1000-2000 가다"], ["unparsed-text: 나"]),
        ('<p begin="1s" end="2s">가<image src="a.png"/></p>', ["1000-2000 가"], ["not-kept: a.png"]),
        ('가<p begin="1s" end="2s">나</p>다', ["1000-2000 나"], ["unparsed-text: 가", "unparsed-text: 다"]),
        ("<span>가</span>", [], ["unparsed-text: 가"]),
        ("<metadata>가</metadata>", [], ["not-kept: 가"]),
        (
            '<div begin="1s" end="2s" smpte:backgroundImage="#i"/>',
            [],
            ['not-kept: begin="1s" end="2s" smpte:backgroundImage="#i"'],
        ),
        ('<p begin="1s">가</p>', ["1000-6000 가"], ["open-end: 가"]),
        ('<div end="4s"><p begin="1s">가</p></div>', ["1000-4000 가"], []),
        (
            '<p begin="3s">다</p><p begin="1s">가</p><p begin="1s" end="2s">나</p>',
            ["3000-8000 다", "1000-3000 가", "1000-2000 나"],
            ["open-end: 다", "open-end: 가"],
        ),
        ('<p begin="1s" end="2s"> </p>', ["1000-2000 "], ["empty-cue: "]),
        ('<p begin="1s" end="2s" style="nowhere">가</p>', ["1000-2000 가"], ["bad-reference: nowhere"]),
    ],
)
def test_what_is_not_kept_is_reported(body, cues, found):
    parsed = read(f"<div>{body}</div>")
    assert shown(parsed) == cues
    assert damage(parsed) == found


def test_a_cue_in_no_region_is_reported():
    parsed = read('<div><p begin="1s" end="2s">가</p></div>', '<layout><region xml:id="r"/></layout>')
    assert (shown(parsed), damage(parsed)) == (["1000-2000 가"], ["bad-reference: 가"])


def test_wall_clock_and_image_profile_are_reported():
    root = f'ttp:timeBase="clock" ttp:contentProfiles="{TT}/profile/imsc1.1/image"'
    assert damage(read("<div/>", root=root)) == ["not-kept: clock", "not-kept: image"]


@pytest.mark.parametrize("namespace", [f"http://www.w3.org/{date}/ttaf1" for date in ("2004/11", "2006/04", "2006/10")])
def test_older_namespaces(namespace):
    parsed = read('<div><p begin="1s" end="2s" tts:fontStyle="italic">가</p></div>', namespace=namespace)
    assert parsed.cues[0].runs == (Run("가", italic=True),)


def test_lines_of_cues_far_down():
    body = "<div>" + "\n" * 70_000 + '<p begin="1s" end="2s">가</p></div>'
    assert read(body).cues[0].line == 70_003


def test_an_xml_declaration_names_the_encoding():
    data = document('<div><p begin="1s" end="2s">영화</p></div>').decode().replace("UTF-8", "euc-kr").encode("euc-kr")
    parsed = read_subtitles(data)
    assert (parsed.encoding, parsed.cues[0].text) == ("euc_kr", "영화")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<tt>", "line 1: not well-formed XML"),
        (b'\n<tt xmlns="http://www.w3.org/ns/ttml">\n<body>', "line 3: not well-formed XML"),
        (b'<tt xmlns="urn:other"/>', "the root element is {urn:other}tt"),
        (b"<tt xmlns=''/>", "not well-formed XML"),
        (
            b'<!-- <tt > --><!DOCTYPE tt [<!ENTITY a "b">]><tt xmlns="http://www.w3.org/ns/ttml">&a;</tt>',
            "document type",
        ),
        (b'<!DOCTYPE tt [<!ENTITY a "b">]><tt xmlns="http://www.w3.org/ns/ttml">&a;</tt>', "document type"),
        (b'<tt xmlns="http://www.w3.org/ns/ttml">&nbsp;</tt>', "not well-formed XML"),
        (document("<div>" * 150 + "</div>" * 150), "nested more than 100 deep"),
    ],
)
def test_refused(data, reason):
    with pytest.raises(NotSubtitlesError) as caught:
        read_subtitles(data)
    assert reason in str(caught.value)


def test_entities_and_files_are_not_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    data = f'<!DOCTYPE tt [<!ENTITY a SYSTEM "{secret.as_uri()}">]><tt xmlns="{TT}">&a;</tt>'
    with pytest.raises(NotSubtitlesError, match="document type"):
        read_subtitles(data.encode())


def test_a_long_chain_of_styles_ends():
    chain = "".join(f'<style xml:id="s{n}" style="s{n + 1}"/>' for n in range(5000))
    assert shown(read('<div><p style="s0" begin="1s" end="2s">가</p></div>', f"<styling>{chain}</styling>")) == [
        "1000-2000 가"
    ]


def test_too_many_times_in_a_paragraph_are_passed_over():
    spans = "".join(f'<span begin="{n}s" end="{n + 1}s">가</span>' for n in range(1100))
    parsed = read(f'<div><p begin="0s" end="9999s">{spans}</p></div>')
    assert shown(parsed) == ["0-9999000 " + "가" * 1100]
    assert [item.kind for item in parsed.damage] == ["not-kept"]


def test_what_is_about_the_whole_document_is_reported():
    head = (
        "<metadata><ttm:title>제목</ttm:title><ttm:desc>설명</ttm:desc></metadata>"
        '<layout><region xml:id="r" begin="1s"><set tts:color="red"/></region></layout>'
    )
    parsed = read("<div/>", head, 'ttp:frameRate="x" ttp:timeBase="smpte" ttp:markerMode="discontinuous"')
    assert damage(parsed) == [
        'bad-header: ttp:frameRate="x"',
        "not-kept: discontinuous",
        'not-kept: xml:id="r" begin="1s"',
        'not-kept: tts:color="red"',
        "not-kept: title: 제목; desc: 설명",
    ]


def test_text_beside_head_and_body_is_reported():
    data = document("<div/>").replace(b"</tt>", "<p>가</p></tt>".encode())
    assert damage(read_subtitles(data)) == ["unparsed-text: 가"]


@pytest.mark.parametrize(
    ("root", "rate", "drop"),
    [
        ("", None, False),
        ('ttp:frameRate="25"', Fraction(25), False),
        ('ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"', Fraction(24000, 1001), False),
        ('ttp:frameRate="24" ttp:frameRateMultiplier="999 1000"', Fraction(24000, 1001), False),
        (
            'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:timeBase="smpte" ttp:dropMode="dropNTSC"',
            Fraction(30000, 1001),
            True,
        ),
    ],
)
def test_facts_of_the_document(root, rate, drop):
    parsed = read("<div/>", root=root)
    assert (parsed.language, parsed.frame_rate, parsed.drop) == ("ko", rate, drop)


@pytest.mark.parametrize(
    ("root", "form"),
    [
        ("", "ttml1"),
        ('ttp:profile="http://www.w3.org/ns/ttml/profile/imsc1/text"', "imsc1.1"),
        ('ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text"', "imsc1.1"),
        ('ttp:timeBase="smpte" ttp:frameRate="24" ttp:frameRateMultiplier="999 1000"', "itt"),
        ('ttp:timeBase="smpte" ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"', "ttml1"),
    ],
)
def test_dialect(root, form):
    data = document("<div/>", root=root).replace(b"imsc1#styling", b"x#styling")
    assert read_subtitles(data).format == form


def test_ids_that_are_none_or_occur_twice_lose_no_cue():
    parsed = read("".join(f'<div><p xml:id="{name}" begin="1s" end="2s">가</p></div>' for name in ("a", "a", "1 2")))
    assert [cue.id for cue in parsed.cues] == ["a", "a", "1 2"]


def test_a_time_beyond_reason_is_reported():
    assert damage(read('<div><p begin="100000000000h" end="2s">가</p></div>')) == ["bad-timestamp: 가"]


def test_a_document_without_a_namespace_is_read_and_reported():
    parsed = read_subtitles('<tt xml:lang="ko"><body><div><p begin="1s" end="2s">가</p></div></body></tt>'.encode())
    assert (shown(parsed), parsed.language) == (["1000-2000 가"], "ko")
    assert damage(parsed) == ["bad-header: <tt"]


BROKEN = {
    "a stray ampersand": ("<p begin='1s' end='2s'>Tom & Jerry</p>", ["Tom & Jerry"], ["Tom & Jerry"]),
    "a name of HTML": ("<p begin='1s' end='2s'>caf&eacute;&amp;</p>", ["café&"], ["&eacute;"]),
    "a name of nobody": ("<p begin='1s' end='2s'>a&foo;b</p>", ["a&foo;b"], ["&foo;"]),
    "a character that XML cannot hold": ("<p begin='1s' end='2s'>a&#11;b</p>", ["ab"], ["&#11;"]),
    "a bracket": ("<p begin='1s' end='2s'>1 < 2</p>", ["1 < 2"], ["1 < 2"]),
    "a quote": ("<p begin='1s' end='2s>하나</p>", ["하나"], ["end='2s>"]),
    "no end of a tag": ("<p begin='1s' end='2s'>하나</p><p begin='3s' end='4s'둘</p>", ["하나", "둘"], ["둘"]),
    "an attribute twice": ("<p begin='1s' end='2s' end='3s'>하나</p>", ["하나"], ["end='3s'"]),
    "a paragraph not closed": (
        "<p begin='1s' end='2s'>하나<p begin='3s' end='4s'>둘</p>",
        ["하나", "둘"],
        ["<p begin='3s'"],
    ),
    "a span not closed": (
        "<p begin='1s' end='2s'>하나 <span>둘</p><p begin='3s' end='4s'>셋</p>",
        ["하나 둘", "셋"],
        ["</p>"],
    ),
    "closed twice": ("<p begin='1s' end='2s'>하나</span></p></p>", ["하나"], ["</span>", "</p>"]),
    "cut off": ("<p begin='1s' end='2s'>하나</p><p begin='3s' end='4s'>둘", ["하나", "둘"], []),
    "a prefix of nobody": ("<p begin='1s' end='2s'>하나<x:y/></p>", ["하나"], []),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_document_that_is_no_xml_keeps_its_cues(name):
    body, cues, texts = BROKEN[name]
    end = "" if name == "cut off" else "</div></body></tt>"
    parsed = read_subtitles(f'<tt xmlns="http://www.w3.org/ns/ttml">\n<body><div>\n{body}{end}'.encode())
    assert [cue.text for cue in parsed.cues] == cues
    broken = [item for item in parsed.damage if item.kind == "not-well-formed"]
    assert broken
    assert {item.line for item in broken} == {3}
    assert all(any(text in item.text for item in broken) for text in texts)


def test_text_that_cannot_be_kept_of_a_broken_document_is_reported():
    text = (
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s">하나</p></div></body></tt><tt><p>둘셋</p></tt>'
    )
    parsed = read_subtitles(text.encode())
    assert [cue.text for cue in parsed.cues] == ["하나"]
    assert any("둘" in item.text for item in parsed.damage)


def test_a_comma_in_a_time_is_a_point():
    body = '<p begin="00:00:01,500" end="00:00:02.5">하나</p>'
    parsed = read_subtitles(f'<tt xmlns="http://www.w3.org/ns/ttml"><body><div>{body}</div></body></tt>'.encode())
    assert [cue.start for cue in parsed.cues] == [from_ms(1500)]
    assert [(item.kind, item.text) for item in parsed.damage] == [("odd-timestamp", "00:00:01,500")]


@pytest.mark.parametrize("namespace", ["http://www.w3.org/ns/ttml#parameter", "http://\x7fww.w3.org/ns/ttml#parameter"])
def test_a_root_that_is_closed_at_once_does_not_hide_what_stands_behind_it(namespace):
    # The parser forgives the second namespace, and then says nothing of what stands behind the root element either.
    text = (
        f'<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="{namespace}" xml:lang="ko"/>'
        '<body><div><p begin="1s" end="2s">映画</p></div></body></tt>'
    )
    with pytest.raises(NotSubtitlesError, match="not well-formed XML"):
        read_subtitles(text.encode())

"""IMSC 1.1 documents, text and image, and what Netflix asks beyond them: line, element and clause of each fault."""

import pytest
from conformance_documents import IMAGE, imsc, said, ttml

R = '<layout><region xml:id="r" tts:origin="10% 10%" tts:extent="80% 80%"/></layout>'
P = '<div region="r"><p begin="1s" end="2s" {}>가</p></div>'

ATTRIBUTES = [
    ('tts:backgroundImage="a.png"', "6 #backgroundImage"),
    ('tts:border="1px solid red"', "6 #border"),
    ('tts:fontKerning="normal"', "6 #fontKerning"),
    ('tts:fontShear="10%"', "6 #fontShear"),
    ('tts:fontVariant="super"', "6 #fontVariant"),
    ('tts:letterSpacing="10%"', "6 #letterSpacing"),
    ('tts:lineShear="10%"', "6 #lineShear"),
    ('tts:textOrientation="upright"', "6 #textOrientation"),
    ('tts:display="inlineBlock"', "6 #display-inlineBlock"),
    ('tts:displayAlign="justify"', "6 #displayAlign-justify"),
    ('tts:textAlign="justify"', "6 #textAlign-justify"),
    ('tts:unicodeBidi="isolate"', "6 #unicodeBidi-isolate"),
    ('tts:fontSize="1c"', "7.12 #length-cell"),
    ('tts:lineHeight="1c"', "7.12 #length-cell"),
    ('tts:fontSize="20px"', "7.12 #extent-root"),
    ('tts:textShadow="1px 1px red"', "7.12 #extent-root"),
    ('tts:fontSize="100% 50%"', "6 #fontSize-anamorphic"),
    ('tts:rubyAlign="start"', "8.4 #rubyAlign"),
    ('tts:rubyAlign="withBase"', "8.4 #rubyAlign"),
    ('tts:rubyReserve="outside -1em"', "8.4 #length-negative"),
    ('tts:textEmphasis="circle red"', "6 #textEmphasis-color"),
    ("tts:textEmphasis=\"'*'\"", "6 #textEmphasis-quoted-string"),
    ('tts:textOutline="black 5% 1%"', "6 #textOutline-blurred"),
    ('tts:textOutline="black 11%"', "8.4 #textOutline-unblurred"),
    ('tts:fontSize="5rh" tts:textOutline="0.51rh"', "8.4 #textOutline-unblurred"),
    ('tts:textShadow="1% 1%, 1% 1%, 1% 1%, 1% 1%, 1% 1%"', "8.4 #textShadow"),
    ('itts:forcedDisplay="yes"', "7.8.3"),
    ('itts:fillLineGap="1"', "7.8.6"),
    ('itts:forced="true"', "7.3"),
    ('ebutts:linePadding="1%"', "8.4 ebutts:linePadding"),
    ('ebutts:linePadding="-1c"', "8.4 ebutts:linePadding"),
    ('ebutts:multiRowAlign="left"', "8.4 ebutts:multiRowAlign"),
    ('smpte:backgroundImage="a.png"', "6 SMPTE #image"),
    ('condition="media(x)"', "6 #condition"),
    ('tta:gain="1"', "6 #gain"),
]

REGIONS = [
    ("<region xml:id='r'/>", "@tts:extent IMSC 1.1 8.4 #extent-region"),
    ("<region xml:id='r' tts:extent='auto'/>", "@tts:extent IMSC 1.1 8.4 #extent-region"),
    ("<region xml:id='r' tts:extent='1em 1em'/>", "@tts:extent IMSC 1.1 8.4 #extent-region"),
    ("<region xml:id='r' tts:extent='80rh 10%'/>", "@tts:extent IMSC 1.1 7.12 #length-root-container-relative"),
    ("<region xml:id='r' tts:extent='80% 10rw'/>", "@tts:extent IMSC 1.1 7.12 #length-root-container-relative"),
    ("<region xml:id='r' tts:extent='80% 80%' tts:origin='auto'/>", "@tts:origin IMSC 1.1 8.4 #origin"),
    ("<region xml:id='r' tts:extent='80% 80%' tts:origin='10rw 10rh'/>", "@tts:origin IMSC 1.1 8.4 #origin"),
    ("<region xml:id='r' tts:extent='80% 80%' tts:origin='-1% 0%'/>", "@tts:origin IMSC 1.1 8.4 #length-negative"),
    (
        "<region xml:id='r' tts:extent='80% 80%' tts:position='left 1em top 1em'/>",
        "@tts:position IMSC 1.1 8.4 #position",
    ),
    ("<region xml:id='r' tts:extent='80% 80%' tts:padding='1c'/>", "@tts:padding IMSC 1.1 7.12 #length-cell"),
    ("<region xml:id='r' tts:extent='90% 80%' tts:origin='11% 0%'/>", " IMSC 1.1 7.12.1.2"),
    ("<region xml:id='r' tts:extent='10% 101%'/>", " IMSC 1.1 7.12.1.2"),
    (
        "<region xml:id='r' tts:extent='1% 1%' tts:origin='0% 0%'><style tts:position='center'/></region>",
        "/style@tts:position IMSC 1.1 8.4 #position",
    ),
    (
        "<region xml:id='r' tts:extent='1% 1%'><set begin='1s' tts:color='red' tts:opacity='0'/></region>",
        "/set@tts:opacity IMSC 1.1 6 #set-multiple-styles",
    ),
]

ROOTS = [
    ('ttp:timeBase="smpte"', "@ttp:timeBase IMSC 1.1 6 #timeBase-smpte"),
    ('ttp:timeBase="clock"', "@ttp:timeBase IMSC 1.1 6 #timeBase-clock"),
    ('ttp:clockMode="utc"', "@ttp:clockMode IMSC 1.1 6 #clockMode"),
    ('ttp:dropMode="nonDrop"', "@ttp:dropMode IMSC 1.1 6 #dropMode"),
    ('ttp:markerMode="continuous"', "@ttp:markerMode IMSC 1.1 6 #markerMode"),
    ('ttp:subFrameRate="2"', "@ttp:subFrameRate IMSC 1.1 6 #subFrameRate"),
    ('ttp:pixelAspectRatio="1 1"', "@ttp:pixelAspectRatio IMSC 1.1 6 #pixelAspectRatio"),
    ('ttp:processorProfiles="urn:a"', "@ttp:processorProfiles IMSC 1.1 6 #processorProfiles"),
    ('tts:extent="auto"', "@tts:extent IMSC 1.1 7.12 #extent-root"),
    ('ittp:aspectRatio="16:9"', "@ittp:aspectRatio IMSC 1.1 7.8.1"),
    ('ittp:aspectRatio="16 9" ttp:displayAspectRatio="16 9"', "@ittp:aspectRatio IMSC 1.1 7.12 #aspectRatio"),
    ('ittp:progressivelyDecodable="yes"', "@ittp:progressivelyDecodable IMSC 1.1 7.8.2"),
    ('ittp:activeArea="0% 0% 100%"', "@ittp:activeArea IMSC 1.1 7.8.5"),
    ('ittp:activeArea="0% 0% 100% 101%"', "@ittp:activeArea IMSC 1.1 7.8.5"),
]

TWO = (
    "<layout><region xml:id='a' tts:origin='0% 0%' tts:extent='50% 50%'/>\n"
    "<region xml:id='b' tts:origin='{}' tts:extent='50% 50%'/></layout>"
)
BOTH = "<div><p region='a' begin='1s' end='3s'>가</p><p region='b' begin='{}' end='4s'>나</p></div>"


@pytest.mark.parametrize(("attribute", "clause"), ATTRIBUTES)
def test_attributes_of_the_text_profile(attribute, clause):
    name = attribute.split()[-1].partition("=")[0] if "rh" in attribute else attribute.partition("=")[0]
    assert said(imsc(P.format(attribute), R)) == [f"6 /tt/body/div/p@{name} IMSC 1.1 {clause}"]


@pytest.mark.parametrize(("region", "expected"), REGIONS)
def test_regions_of_the_text_profile(region, expected):
    document = imsc('<div region="r"><p begin="1s" end="2s">가</p></div>', f"<layout>{region}</layout>")
    assert said(document)[0] == f"3 /tt/head/layout/region{expected}"


@pytest.mark.parametrize(("root", "expected"), ROOTS)
def test_roots_of_the_text_profile(root, expected):
    assert said(imsc(root=root)) == [f"1 /tt{expected}"]


@pytest.mark.parametrize(
    ("times", "root", "expected"),
    [
        ("begin='00:00:01:10'", "", ["6 /tt/body/div/p@begin IMSC 1.1 7.12 #frameRate"]),
        ("begin='10f'", "", ["6 /tt/body/div/p@begin IMSC 1.1 7.12 #frameRate"]),
        ("end='10t'", 'ttp:frameRate="24"', ["6 /tt/body/div/p@end IMSC 1.1 7.12 #tickRate"]),
        ("begin='10f' end='20t'", 'ttp:frameRate="24" ttp:tickRate="10"', []),
        ("begin='00:00:01:23'", 'ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"', []),
    ],
)
def test_frames_and_ticks_need_their_rates(times, root, expected):
    assert said(imsc(f"<div><p {times}>가</p></div>", root=root)) == expected


@pytest.mark.parametrize(
    ("origin", "begin", "expected"),
    [
        ("40% 40%", "2s", ["4 /tt/head/layout/region[2] IMSC 1.1 7.12.1.2"]),
        ("40% 40%", "3s", []),
        ("50% 0%", "2s", []),
        ("0% 50%", "1s", []),
    ],
)
def test_regions_that_overlap_while_they_are_shown(origin, begin, expected):
    assert said(imsc(BOTH.format(begin), TWO.format(origin))) == expected


def test_text_that_is_not_visible_takes_its_place_and_text_that_is_not_displayed_does_not():
    body = BOTH.format("2s").replace("<div>", "<div tts:{}>")
    assert said(imsc(body.format("visibility='hidden'"), TWO.format("40% 40%"))) != []
    assert said(imsc(body.format("display='none'"), TWO.format("40% 40%"))) == []


def test_five_regions_at_once():
    head = "".join(f"<region xml:id='r{n}' tts:origin='{20 * n}% 0%' tts:extent='20% 20%'/>\n" for n in range(5))
    body = "".join(f"<p region='r{n}' begin='{n}s' end='9s'>가</p>" for n in range(5))
    document = imsc(f"<div>{body}</div>", f"<layout>{head}</layout>")
    assert said(document) == ["7 /tt/head/layout/region[5] IMSC 1.1 7.12.1.3"]


def test_a_region_with_a_background_is_always_shown():
    head = TWO.format("40% 40%").replace("xml:id='b'", "xml:id='b' tts:backgroundColor='black'")
    body = "<div><p region='a' begin='1s' end='3s'>가</p></div>"
    assert said(imsc(body, head)) == ["4 /tt/head/layout/region[2] IMSC 1.1 7.12.1.2"]
    assert said(imsc(body, head.replace("xml:id='b'", "xml:id='b' tts:showBackground='whenActive'"))) == []
    assert said(imsc(body, head.replace("'black'", "'#00000000'"))) == []


def test_times_in_sequence():
    head = TWO.format("40% 40%")
    body = "<div timeContainer='seq'><p region='a' dur='1s'>가</p><p region='b' dur='1s'>나</p></div>"
    assert said(imsc(body, head)) == []
    assert said(imsc(body.replace("seq", "par"), head)) != []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<div><p><image/></p></div>", "6 /tt/body/div/p/image IMSC 1.1 6 #image"),
        ("<div><audio/></div>", "6 /tt/body/div/audio IMSC 1.1 6 #audio"),
        ("<div><p><animate/>가</p></div>", "6 /tt/body/div/p/animate IMSC 1.1 6 #animate"),
        ("<div><region tts:extent='1% 1%'/><p/></div>", "6 /tt/body/div/region IMSC 1.1 6 #region-inline"),
        ("<div><p><set fill='freeze' tts:color='red'/></p></div>", "6 /tt/body/div/p/set@fill IMSC 1.1 6 #set-fill"),
        ("<div><p><span ebutts:linePadding='1c'>가</span></p></div>",
         "6 /tt/body/div/p/span@ebutts:linePadding IMSC 1.1 8.4 ebutts:linePadding"),
        ("<div><metadata><smpte:image>AA==</smpte:image></metadata></div>",
         "6 /tt/body/div/metadata/smpte:image IMSC 1.1 6 SMPTE #image"),
        ("<div><ittm:altText>가</ittm:altText></div>", "6 /tt/body/div/altText IMSC 1.1 7.8.4"),
    ],
)  # fmt: skip
def test_elements_of_the_text_profile(body, expected):
    assert said(imsc(body))[0].replace("ittm:", "") == expected


def test_utf_8_is_asked_for():
    assert said(imsc(), encoding="utf-16-le") == ["1 /tt IMSC 1.1 7.1"]
    assert said('<?xml version="1.0" encoding="EUC-KR"?>' + imsc()) == ["1 /tt IMSC 1.1 7.1"]
    assert said(ttml(), encoding="euc_kr") == []


@pytest.mark.parametrize(
    ("body", "head", "expected"),
    [
        ("<div><p><span begin='1s'>가</span></p></div>", "", ["6 /tt/body/div/p/span@begin IMSC 1.1 7.8.2"]),
        ("<div><p begin='2s' end='3s'>가</p>\n<p begin='1s' end='2s'>나</p></div>", "",
         ["7 /tt/body/div/p[2] IMSC 1.1 7.8.2"]),
        ("", "<styling><style xml:id='a' style='b'/><style xml:id='b'/></styling>",
         ["3 /tt/head/styling/style[1]@style IMSC 1.1 7.8.2"]),
        ("<div><p begin='1s' end='3s'>가</p><p begin='2s' end='3s'>나</p></div>", "", []),
    ],
)  # fmt: skip
def test_progressively_decodable(body, head, expected):
    assert said(imsc(body, head, 'ittp:progressivelyDecodable="true"')) == expected


@pytest.mark.parametrize(
    ("attributes", "root"),
    [
        ('tts:fontSize="80%" tts:textOutline="black 10%"', ""),
        ('tts:fontSize="20px" tts:textOutline="2px"', 'tts:extent="640px 480px"'),
        ('tts:fontSize="5rh" tts:textOutline="0.5rh"', ""),
        ('tts:textShadow="-1px 1px"', 'tts:extent="640px 480px"'),
        ('tts:disparity="-2%" tts:shear="-16.67%" tts:luminanceGain="4"', ""),
        ('tts:textEmphasis="filled sesame outside" tts:rubyReserve="both 1em"', ""),
        ('ebutts:linePadding="0.5c" ebutts:multiRowAlign="start" itts:fillLineGap="true"', ""),
        ('itts:forcedDisplay="true" x:mark="1" tts:zIndex="1"', 'ittp:activeArea="50% 50% 80% 80%"'),
        ('tts:writingMode="tbrl" tts:textCombine="all"', 'ttp:cellResolution="40 24"'),
    ],
)
def test_conforming_text_documents(attributes, root):
    assert said(imsc(P.format(attributes), R, root)) == []


IMAGE_ROOT = f'xml:lang="ja" ttp:contentProfiles="{IMAGE}" tts:extent="1920px 1080px"'
AREA = '<layout><region xml:id="a" tts:origin="640px 736px" tts:extent="640px 120px"/></layout>'
PICTURE = '<image src="a.png" type="image/png" tts:extent="640px 120px"/>'


@pytest.mark.parametrize(
    ("body", "head", "expected"),
    [
        (f"<div region='a' begin='1s' end='2s'>{PICTURE}</div>", AREA, []),
        ("<div region='a' begin='1s' end='2s' smpte:backgroundImage='#a'/>", AREA, []),
        ("<div><p/></div>", AREA, ["6 /tt/body/div/p IMSC 1.1 6 #p"]),
        ("<div><div/></div>", AREA, ["6 /tt/body/div/div IMSC 1.1 6 #nested-div"]),
        ("<div tts:color='red'/>", AREA, ["6 /tt/body/div@tts:color IMSC 1.1 6 #color"]),
        ("<div tts:writingMode='tbrl'/>", AREA, ["6 /tt/body/div@tts:writingMode IMSC 1.1 6 #writingMode-vertical"]),
        (f"<div region='a'>{PICTURE}{PICTURE}</div>", AREA, ["6 /tt/body/div/image[2] IMSC 1.1 9.4 #image"]),
        (f"<div>{PICTURE}</div>", AREA, ["6 /tt/body/div/image IMSC 1.1 9.4 #image"]),
        ("<div smpte:backgroundImage='a.png'/>", AREA, ["6 /tt/body/div IMSC 1.1 9.4 #image"]),
        (f"<div region='a'>{PICTURE}</div>".replace("120px", "100px"), AREA,
         ["6 /tt/body/div/image@tts:extent IMSC 1.1 9.4 #image"]),
        ("<div region='a'><image src='a' type='image/png'/></div>", AREA,
         ["6 /tt/body/div/image@tts:extent IMSC 1.1 9.4 #image"]),
        ("<body smpte:backgroundImage='a'/>", AREA, None),
        ("<div/>", AREA.replace("640px 120px", "20% 20%"),
         ["3 /tt/head/layout/region@tts:extent IMSC 1.1 9.4 #extent-region"]),
        ("<div/>", "<styling><initial/></styling>", ["3 /tt/head/styling/initial IMSC 1.1 6 #initial"]),
    ],
)  # fmt: skip
def test_image_profile(body, head, expected):
    found = said(ttml(body, head, IMAGE_ROOT))
    assert found == expected if expected is not None else found


@pytest.mark.parametrize(
    ("attributes", "root", "expected"),
    [
        ('tts:fontSize="90%"', "", "6 /tt/body/div/p@tts:fontSize NF:115001869828"),
        ('tts:padding="1px"', 'tts:extent="64px 48px"', "6 /tt/body/div/p@tts:padding NF:115001869828"),
        ('tts:direction="rtl"', "", "6 /tt/body/div/p@tts:direction NF:360053755033 #bidi"),
        ('tts:unicodeBidi="embed"', "", "6 /tt/body/div/p@tts:unicodeBidi NF:360053755033 #bidi"),
        ('tts:color="red"', "", "6 /tt/body/div/p@tts:color NF:360053755033"),
        ('xml:id="_1"', "", "6 /tt/body/div/p@xml:id NF:115001869828"),
        ('xml:lang="pt_BR"', "", "6 /tt/body/div/p@xml:lang TTML2 8.2"),
        ("", 'ttp:frameRate="48"', "1 /tt@ttp:frameRate NF:115001869828"),
    ],
)
def test_what_netflix_asks_beyond(attributes, root, expected):
    found = said(imsc(P.format(attributes), R, root), "netflix-imsc1.1-text")
    assert expected in found
    assert said(imsc(P.format('tts:fontSize="100%" xml:id="c1"'), R), "netflix-imsc1.1-text") == []


def test_netflix_takes_directions_of_arabic_and_no_animation():
    arabic = imsc(P.format('tts:direction="rtl" xml:lang="ar"'), R)
    assert said(arabic, "netflix-imsc1.1-text") == []
    animated = imsc('<div><p><set begin="1s" tts:display="none"/>가</p></div>')
    assert said(animated, "netflix-imsc1.1-text") == ["6 /tt/body/div/p/set NF:360053755033 #animation"]

"""WebVTT files that do not conform, with line and clause, and conforming ones beside them."""

from pathlib import Path

import pytest
from conformance_documents import said

from assets.subtitles.conformance import violations

SHARED = Path(__file__).parents[2] / "shared" / "data" / "subtitles"
T = "00:01.000 --> 00:02.000"

FILES = [
    ("webvtt\n\n", "1 header 4.1"),
    ("WEBVTTX\n\n", "1 header 4.1"),
    (" WEBVTT\n\n", "1 header 4.1"),
    ("\nWEBVTT\n\n", "1 header 4.1"),
    ("WEBVTT\nKind: captions\n\n", "2 header 4.1"),
    (f"WEBVTT\n{T}\n가", "2 header 4.1"),
    ("WEBVTT\n\n가\n나\n다", "3 block 4.1"),
    ("WEBVTT\n\n00:01 --> 00:02\n가", "3 cue 1 4.1"),
    ("WEBVTT\n\n0:00:01.000 --> 0:00:02.000\n가", "3 cue 1 4.1"),
    ("WEBVTT\n\n00:01.00 --> 00:02.00\n가", "3 cue 1 4.1"),
    ("WEBVTT\n\n00:01,000 --> 00:02,000\n가", "3 cue 1 4.1"),
    ("WEBVTT\n\n00:60.000 --> 01:02.000\n가", "3 cue 1 4.1"),
    ("WEBVTT\n\n00:01.000-->00:02.000\n가", "3 cue 1 4.1"),
    ("WEBVTT\n\n00:01.000 -> 00:02.000\n가", "3 block 4.1"),
    (f"WEBVTT\n\n {T}\n가", "3 cue 1 4.1"),
    (f"WEBVTT\n\n{T}align:start\n가", "3 cue 1 4.1"),
    ("WEBVTT\n\n00:02.000 --> 00:02.000\n가", "3 cue 1 4.1"),
    ("WEBVTT\n\n00:02.000 --> 00:01.000\n가", "3 cue 1 4.1"),
    (f"WEBVTT\n\n00:03.000 --> 00:04.000\n가\n\n{T}\n나", "6 cue 2 4.1"),
    (f"WEBVTT\n\na\n{T}\n가\n\na\n00:03.000 --> 00:04.000\n나", "7 cue 2 4.1"),
    (f"WEBVTT\n\n{T}\n가\n00:03.000 --> 00:04.000\n나", "5 cue 1 4.1"),
    (f"WEBVTT\n\n{T}\na --> b", "4 cue 1 4.1"),
    (f"WEBVTT\n\n{T}\n가\n\nSTYLE\n::cue {{}}", "6 STYLE 4.1"),
    (f"WEBVTT\n\n{T}\n가\n\nREGION\nid:a", "6 REGION 4.1"),
    ("WEBVTT\n\nSTYLE\n::cue { }\n--> x", "5 STYLE 4.1"),
    ("WEBVTT\n\nNOTE a --> b", "3 NOTE 4.1"),
    ("WEBVTT\n\nNOTE\na\n--> b", "5 NOTE 4.1"),
    ("WEBVTT\n\nREGION\nwidth:40%", "3 REGION@id 4.3"),
    ("WEBVTT\n\nREGION\nid:a\n\nREGION\nid:a", "6 REGION@id 4.3"),
    ("WEBVTT\n\nREGION\nid:a width:40", "4 REGION@width 4.3"),
    ("WEBVTT\n\nREGION\nid:a\nlines:two", "5 REGION@lines 4.3"),
    ("WEBVTT\n\nREGION\nid:a regionanchor:0%", "4 REGION@regionanchor 4.3"),
    ("WEBVTT\n\nREGION\nid:a viewportanchor:0%,101%", "4 REGION@viewportanchor 4.3"),
    ("WEBVTT\n\nREGION\nid:a scroll:down", "4 REGION@scroll 4.3"),
    ("WEBVTT\n\nREGION\nid:a height:3", "4 REGION@height 4.3"),
    ("WEBVTT\n\nREGION\nid:a width:1% width:2%", "4 REGION@width 4.3"),
]

SETTINGS = [
    ("vertical:tb", "vertical"),
    ("line:50.5", "line"),
    ("line:101%", "line"),
    ("line:0,middle-ish", "line"),
    ("position:50", "position"),
    ("position:-1%", "position"),
    ("position:50%,left", "position"),
    ("size:120%", "size"),
    ("size:", "size"),
    ("align:justify", "align"),
    ("align", "align"),
    ("region:nowhere", "region"),
    ("colour:red", "colour"),
    ("line:0 line:1", "line"),
]

TEXTS = [
    ("<i>가", 4),
    ("가</i>", 4),
    ("<b><i>가</b></i>", 4),
    ("<font>가</font>", 4),
    ("<I>가</I>", 4),
    ("<i class>가</i>", 4),
    ("<v>가</v>", 4),
    ("<lang>가</lang>", 4),
    ("<lang ko_KR>가</lang>", 4),
    ("가\n<rt>나</rt>", 5),
    ("<ruby>漢</ruby>", 4),
    ("가 & 나", 4),
    ("가&notaname;", 4),
    ("가\n나 < 다", 5),
    ("<00:00:05.000>가", 4),
    ("<00:00:01.500>가<00:00:01.400>나", 4),
    ("<1.500>가", 4),
    ("<v 민준>가\n나</v>\n<v 서연>다", 6),
    ("<i>가</i >", 4),
    ("<i >가</i>", 4),
    ("<v 민준\n서연>가</v>", 4),
    ("<v 민준 & 서연>가</v>", 4),
    ("<v 민준 < 서연>가</v>", 4),
    ("<ruby>漢<rt>かん</rt>字</ruby>", 4),
    ("<ruby>漢<rt>かん<rt>じ</rt></rt></ruby>", 4),
    ("가&#0;", 4),
    ("가&#xd800;", 4),
    ("가&#128;", 4),
    ("가&#xFFFE;", 4),
    ("가&#x110000;", 4),
    ("<c.>가</c>", 4),
]

GOOD = [
    "WEBVTT",
    "\ufeffWEBVTT - 자막\n\n",
    f"WEBVTT\n\n{T}\n",
    f"WEBVTT\r\n\r\n1\r\n{T}\r\n가\r\n나\r\n",
    f"WEBVTT\r\r{T}\r가\r\r\r\r00:01.000 --> 00:03.000\r나",
    (
        f"WEBVTT\n\nNOTE\n주석\n\nNOTE 주석\n\nSTYLE\n::cue {{ }}\n\nREGION\nid:a width:40% lines:3\n"
        f"regionanchor:0%,100%\nviewportanchor:10%,90% scroll:up\n\n{T} region:a align:left\n가\n\nNOTE 끝"
    ),
    f"WEBVTT\n\n{T}\tline:-1,end position:100.0%,line-right size:50.5% align:right vertical:rl\n가",
    "WEBVTT\n\n100:00:00.000 --> 100:00:01.000\n가",
    f"WEBVTT\n\n{T} align:start size:50% position:0%\n가",
    f"WEBVTT\n\n{T}\n<v.loud 민준>가\n나",
    f"WEBVTT\n\n{T}\n<c.a.b>가</c><i><b><u>나</u></b></i> 다 > 라 &amp; &lt; &#44032; &#xac00; &nbsp;",
    f"WEBVTT\n\n{T}\n<ruby>漢<rt>かん</rt>字<rt>じ</ruby><lang ja-Latn>a</lang>",
    f"WEBVTT\n\n{T}\n가<00:00:01.200>나<00:01.900>다",
    f"WEBVTT\n\nNOTE\n{T}\n가",
    f"WEBVTT\n\n{T}\n<v 민준 &amp; 서연>가</v> <v\t김>나</v>",
    f"WEBVTT\n\n{T}\n<ruby><b>漢</b><rt>か</rt>字<rt>じ</rt>\n</ruby>",
    f"WEBVTT\n\n{T}\n&#9;&#x1f600;&lrm; > {{}}",
]


@pytest.mark.parametrize(("text", "expected"), FILES)
def test_files(text, expected):
    assert said(text)[0] == expected.replace(" 4.", " WebVTT 4.")


@pytest.mark.parametrize(("settings", "name"), SETTINGS)
def test_settings(settings, name):
    assert said(f"WEBVTT\n\n{T} {settings}\n가") == [f"3 cue 1@{name} WebVTT 4.4"]


def test_obsolete_and_ambiguous_settings():
    [obsolete] = violations(f"WEBVTT\n\n{T} align:middle\n가")
    assert obsolete.advice
    for size in ("50%", "10%", "1%", "0.01%"):
        assert said(f"WEBVTT\n\n{T} align:end size:{size}\n가") == ["3 cue 1@position WebVTT 3.3"]
    assert said(f"WEBVTT\n\n{T} align:end size:0100.0%\n가") == []


@pytest.mark.parametrize("setting", ["line:0", "vertical:rl", "size:50%"])
def test_a_region_that_another_setting_undoes_is_advised_against(setting):
    name = setting.partition(":")[0]
    [found] = violations(f"WEBVTT\n\nREGION\nid:a\n\n{T} region:a {setting}\n가")
    assert (found.line, found.path, found.advice) == (6, f"cue 1@{name}", True)
    assert said(f"WEBVTT\n\nREGION\nid:a\n\n{T} region:a position:50%\n가") == []


def test_nul_is_advised_against_with_its_line():
    [found] = violations(f"WEBVTT\n\n{T}\n가\0나")
    assert (found.line, found.clause, found.advice) == (4, "WebVTT 6.1", True)


@pytest.mark.parametrize(("text", "line"), TEXTS)
def test_cue_text(text, line):
    found = said(f"WEBVTT\n\n{T}\n{text}")
    assert found[0] == f"{line} cue 1 WebVTT 4.2.2"


@pytest.mark.parametrize("text", GOOD)
def test_conforming_files(text):
    assert said(text) == []


def test_utf_8_is_asked_for():
    assert said("WEBVTT\n\n", encoding="utf-16-le") == ["1 file WebVTT 4.1"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")
@pytest.mark.parametrize("folder", ["elephants-dream", "w3c-introduction"])
def test_real_files(folder):
    """Three faults are real: no blank line after the header, a bare &, and a file in UTF-16; the rest is obsolete."""
    found = []
    for path in (SHARED / folder).glob("*.vtt"):
        if not path.read_bytes().startswith(b"\xff\xfe"):
            faults = violations(path.read_text(encoding="utf-8-sig"))
            found += [f"{path.name} {item.line}" for item in faults if not item.advice]
    assert set(found) <= {"descriptions.en.vtt 2", "descriptions.en.vtt 243"}

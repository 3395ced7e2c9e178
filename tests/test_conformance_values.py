"""Values of attributes of TTML1 and TTML2: style, time and parameters; the wrong ones with their clause."""

import pytest
from conformance_documents import said, ttml

P = '<div><p begin="1s" end="2s">{}</p></div>'

STYLES = [
    ("tts:backgroundColor", "reddish", "8.2.2"),
    ("tts:backgroundColor", "#fff", "8.2.2"),
    ("tts:color", "rgb(0,0,256)", "8.2.3"),
    ("tts:color", "rgba(0,0,0)", "8.2.3"),
    ("tts:color", "rgb (0,0,0)", "8.2.3"),
    ("tts:direction", "right", "8.2.4"),
    ("tts:display", "block", "8.2.5"),
    ("tts:displayAlign", "middle", "8.2.6"),
    ("tts:extent", "100px", "8.2.7"),
    ("tts:extent", "-1px 2px", "8.2.7"),
    ("tts:extent", "10 10", "8.2.7"),
    ("tts:fontFamily", "", "8.2.8"),
    ("tts:fontFamily", "a,,b", "8.2.8"),
    ("tts:fontFamily", "'a", "8.2.8"),
    ("tts:fontSize", "12pt", "8.2.9"),
    ("tts:fontSize", "-1c", "8.2.9"),
    ("tts:fontSize", "1c 10px", "8.2.9"),
    ("tts:fontSize", "1c 1c 1c", "8.2.9"),
    ("tts:fontStyle", "slanted", "8.2.10"),
    ("tts:fontWeight", "700", "8.2.11"),
    ("tts:lineHeight", "1.2", "8.2.12"),
    ("tts:opacity", "half", "8.2.13"),
    ("tts:origin", "10%", "8.2.14"),
    ("tts:overflow", "scroll", "8.2.15"),
    ("tts:padding", "1px 2px 3px 4px 5px", "8.2.16"),
    ("tts:padding", "-1px", "8.2.16"),
    ("tts:showBackground", "never", "8.2.17"),
    ("tts:textAlign", "centre", "8.2.18"),
    ("tts:textDecoration", "underline noUnderline", "8.2.19"),
    ("tts:textDecoration", "blink", "8.2.19"),
    ("tts:textOutline", "red", "8.2.20"),
    ("tts:textOutline", "1px 2px 3px", "8.2.20"),
    ("tts:unicodeBidi", "override", "8.2.21"),
    ("tts:visibility", "none", "8.2.22"),
    ("tts:wrapOption", "nowrap", "8.2.23"),
    ("tts:writingMode", "horizontal", "8.2.24"),
    ("tts:zIndex", "1.5", "8.2.25"),
]

STYLES2 = [
    ("tts:ruby", "rt", "10.2.35"),
    ("tts:rubyAlign", "left", "10.2.36"),
    ("tts:rubyPosition", "above", "10.2.37"),
    ("tts:rubyReserve", "before after", "10.2.38"),
    ("tts:shear", "20deg", "10.2.39"),
    ("tts:textCombine", "digits", "10.2.42"),
    ("tts:textEmphasis", "filled open", "10.2.44"),
    ("tts:textEmphasis", "none circle", "10.2.44"),
    ("tts:textShadow", "1px", "10.2.47"),
    ("tts:textShadow", "1px 1px -1px", "10.2.47"),
    ("tts:position", "left right", "10.2.34"),
    ("tts:position", "25% left", "10.2.34"),
    ("tts:position", "left 1% 2%", "10.2.34"),
    ("tts:position", "top 25%", "10.2.34"),
    ("tts:disparity", "near", "10.2.13"),
    ("tts:luminanceGain", "-1", "10.2.29"),
    ("tts:border", "2px wavy red", "10.2.9"),
    ("tts:border", "red blue", "10.2.9"),
    ("tts:border", "-1px", "10.2.9"),
    ("tts:border", "solid radii(1px, 1px, 1px)", "10.2.9"),
    ("tts:border", "solid (", "10.2.9"),
    ("tts:fontVariant", "super sub", "10.2.23"),
    ("tts:fontVariant", "normal half", "10.2.23"),
    ("tts:fontVariant", "small", "10.2.23"),
]

EMBEDDED = [  # what stands in a div, and in the head; right, and wrong with its place
    ('<image src="a.png" type="image/png" region="r"/>', '<image href="a.png"/>', "/image@href TTML2 9.1"),
    ('<image><source><data type="image/png"><chunk length="4">AAAA</chunk></data></source></image>',
     "<image><data>AAAA</data></image>", "/image/data TTML2 9.1"),
    ('<audio src="a.wav" clipBegin="1s" tta:gain="1"/>', "<audio>가</audio>", "/audio TTML2 9.1"),
    ('<animate calcMode="linear" tts:color="red;#00ff00"/>', '<animate tts:color="red;none"/>',
     "/animate@tts:color TTML2 10.2.11"),
    ('<animate calcMode="spline" tts:color="red;lime"/>', '<animate calcMode="smooth" tts:color="red;lime"/>',
     "/animate@calcMode TTML2 13.1.1"),
    ('<set repeatCount="indefinite" tts:color="red"/>', '<set repeatCount="often" tts:color="red"/>',
     "/set@repeatCount TTML2 13.1.3"),
    ('<p animate="a">가</p>', '<p animate="b">가</p>', "/p@animate TTML2 13.2"),
    ('<p tts:letterSpacing="-1px" tts:fontKerning="none">가</p>', '<p tts:letterSpacing="wide">가</p>',
     "/p@tts:letterSpacing TTML2 10.2.26"),
    ('<p tts:textOrientation="upright" tts:bpd="auto">가</p>', '<p tts:textOrientation="down">가</p>',
     "/p@tts:textOrientation TTML2 10.2.45"),
]  # fmt: skip

GOOD_STYLES = [
    ("tts:color", "rgba( 0, 0 ,0, 255 )"),
    ("tts:color", "Fuchsia"),
    ("tts:extent", "auto"),
    ("tts:extent", " 24c 2c"),
    ("tts:fontFamily", "Noto Sans CJK KR, 'a, \"b\"' ,proportionalSansSerif"),
    ("tts:fontFamily", "본고딕"),
    ("tts:fontSize", "1c 2c"),
    ("tts:fontSize", ".5em"),
    ("tts:lineHeight", "normal"),
    ("tts:opacity", "1e-1"),
    ("tts:origin", "-10% -5px"),
    ("tts:textDecoration", "noOverline underline"),
    ("tts:textOutline", "rgb(0,0,0) 1px 2px"),
    ("tts:zIndex", "-3"),
    ("tts:color", "inherit"),
    ("tts:textShadow", "1px 1px rgba(0,0,0,9), 2px -2px 1px red"),
    ("tts:textShadow", "none"),
    ("tts:border", "none"),
    ("tts:border", "rgb(1, 2, 3) dashed 1px radii(2px, 3px)"),
    ("tts:border", "thick double"),
    ("tts:fontVariant", "normal"),
    ("tts:fontVariant", "half super ruby"),
    ("tts:textEmphasis", "sesame open after #ff0000"),
    ("tts:textEmphasis", "'*' outside"),
    ("tts:rubyReserve", "outside 1em"),
    ("tts:position", "bottom 10% right 5px"),
    ("tts:position", "center left"),
    ("tts:position", "center bottom 10%"),
    ("tts:shear", "-16.67%"),
    ("tts:textAlign", "justify"),
]

TIMES = [
    ('begin="1"', "", "begin"),
    ('begin="1:00:00"', "", "begin"),
    ('begin="00:60:00"', "", "begin"),
    ('begin="00:00:61"', "", "begin"),
    ('begin="00:00:60.1"', "", "begin"),
    ('begin="-1s"', "", "begin"),
    ('begin="1 s"', "", "begin"),
    ('begin="00:00:01,5"', "", "begin"),
    ('end="00:00:01:30"', "", "end"),
    ('end="00:00:01:25"', 'ttp:frameRate="25"', "end"),
    ('end="00:00:01:24.2"', 'ttp:frameRate="25" ttp:subFrameRate="2"', "end"),
    ('dur="00:00:01:5"', 'ttp:frameRate="25"', "dur"),
    ('dur="1.5"', "", "dur"),
    ('begin="10f"', 'ttp:timeBase="clock"', "begin"),
    ('begin="wallclock(noon)"', 'ttp:timeBase="clock"', "begin"),
    ('begin="00:00:01:10"', 'ttp:timeBase="clock"', "begin"),
]

GOOD_TIMES = [
    ('begin="00:00:60"', ""),
    ('begin="100:00:00.123456"', ""),
    ('begin="00:00:01:29" end="2.5h"', ""),
    ('begin="5t" end="30f"', ""),
    ('begin="00:00:01:59.1" dur="100ms"', 'ttp:frameRate="60" ttp:subFrameRate="2"'),
    ('begin="01:00:00:00" dur="1s"', 'ttp:timeBase="smpte" ttp:markerMode="continuous"'),
    ('begin="12:00:00.5"', 'ttp:timeBase="clock" ttp:clockMode="local"'),
    ('begin="wallclock( 2026-11-20T09:30 )" end="wallclock(10:00:00.5)"', 'ttp:timeBase="clock"'),
]

PARAMETERS = [
    ('ttp:cellResolution="32"', "6.2.1"),
    ('ttp:cellResolution="0 15"', "6.2.1"),
    ('ttp:clockMode="tai"', "6.2.2"),
    ('ttp:dropMode="drop"', "6.2.3"),
    ('ttp:frameRate="0"', "6.2.4"),
    ('ttp:frameRate="23.976"', "6.2.4"),
    ('ttp:frameRate="-25"', "6.2.4"),
    ('ttp:frameRateMultiplier="1000:1001"', "6.2.5"),
    ('ttp:frameRateMultiplier="1000 0"', "6.2.5"),
    ('ttp:markerMode="none"', "6.2.6"),
    ('ttp:pixelAspectRatio="1"', "6.2.7"),
    ('ttp:profile="a b"', "6.2.8"),
    ('ttp:subFrameRate="0"', "6.2.9"),
    ('ttp:tickRate="ten"', "6.2.10"),
    ('ttp:timeBase="wall"', "6.2.11"),
    ('ttp:frames="25"', "6.2"),
]


@pytest.mark.parametrize(("name", "value", "clause"), STYLES)
def test_style_values(name, value, clause):
    assert said(ttml(f'<div {name}="{value}"/>')) == [f"6 /tt/body/div@{name} TTML1 {clause}"]


@pytest.mark.parametrize(("name", "value", "clause"), STYLES2)
def test_style_values_of_ttml2(name, value, clause):
    body = P.format(f'<span {name}="{value}">가</span>')
    assert said(ttml(body))[0] == f"6 /tt/body/div/p/span@{name} TTML2 {clause}"


@pytest.mark.parametrize(("name", "value"), GOOD_STYLES)
def test_style_values_that_are_allowed(name, value):
    quoted = value.replace('"', "&quot;")
    assert said(ttml(f'<div {name}="{quoted}"/>')) == []


@pytest.mark.parametrize(("right", "wrong", "expected"), EMBEDDED)
def test_what_only_ttml2_has(right, wrong, expected):
    head = '<layout><region xml:id="r"/></layout><animation><set xml:id="a" tts:color="red"/></animation>'
    assert said(ttml(f"<div>{right}</div>", head), "ttml2") == []
    assert said(ttml(f"<div>{wrong}</div>", head), "ttml2") == [f"6 /tt/body/div{expected}"]
    unnamed = head.replace(' xml:id="a"', "")
    assert said(ttml(head=unnamed), "ttml2") == ["3 /tt/head/animation/set@xml:id TTML2 13.1.3"]


@pytest.mark.parametrize(("times", "root", "name"), TIMES)
def test_times(times, root, name):
    document = ttml(f"<div><p {times}>가</p></div>", root=f'xml:lang="ko" {root}')
    assert said(document) == [f"6 /tt/body/div/p@{name} TTML1 10.3.1"]


@pytest.mark.parametrize(("times", "root"), GOOD_TIMES)
def test_times_that_are_allowed(times, root):
    assert said(ttml(f"<div><p {times}>가</p></div>", root=f'xml:lang="ko" {root}')) == []


def test_durations_of_discontinuous_smpte_times():
    document = ttml('<div><p begin="1s" dur="1s">가</p></div>', root='xml:lang="ko" ttp:timeBase="smpte"')
    assert said(document) == ["6 /tt/body/div/p@dur TTML1 6.2.6"]


@pytest.mark.parametrize(("parameter", "clause"), PARAMETERS)
def test_parameters(parameter, clause):
    name = parameter.partition("=")[0]
    assert said(ttml(root=f'xml:lang="ko" {parameter}')) == [f"1 /tt@{name} TTML1 {clause}"]

"""Documents with one fault each, and beside every kind of fault the twin that conforms."""

import pytest
from conformance_documents import imsc, said

AREA = '<region xml:id="r" tts:origin="10% 10%" tts:extent="80% 80%"{}/>'
HEAD = f"<layout>{AREA.format('')}</layout>"


def p(attributes="", text="가"):
    return f'<div region="r"><p begin="1s" end="2s"{attributes}>{text}</p></div>'


def at(element, attribute):
    """An IMSC document that has an attribute on one of its elements."""
    if element == "tt":
        return imsc(p(), HEAD, attribute)
    if element == "region":
        return imsc(p(), f"<layout>{AREA.format(' ' + attribute)}</layout>")
    if element == "span":
        return imsc(p(text=f"<span {attribute}>가</span>"), HEAD)
    if element == "style":
        return imsc(p(), f'<styling><style xml:id="s" {attribute}/></styling>{HEAD}')
    return imsc(p(" " + attribute), HEAD)


ATTRIBUTES = [  # element, attribute, values that are wrong, values that are right
    ("p", "tts:color", "orange|#fff|#1234567|rgb(1,2)|rgb(1%,2%,3%)|rgba(1,2,3,0.5)|rgb(256,0,0)|hsl(1,2,3)|inherit|",
     "red|Magenta|transparent|#ff0000|#FF0000AA|rgb(1,2,3)|rgba( 1 , 2 , 3 , 4 )"),
    ("p", "tts:backgroundColor", "red blue|currentColor|none", "transparent|rgba(0,0,0,0)"),
    ("p", "tts:direction", "auto|ttb", "ltr|rtl"),
    ("p", "tts:display", "block|inline|inlineBlock|inherit", "auto|none"),
    ("region", "tts:disparity", "1|near|1% 2%", "-5%|1rw"),
    ("region", "tts:displayAlign", "middle|top|justify", "before|center|after"),
    ("p", "tts:fontFamily", "|a,|,a|a;b|1a|'a", "default|Arial, sansSerif|'굴림',serif|Noto Sans CJK JP|MS ゴシック"),
    ("p", "tts:fontSize", "|100|12pt|-100%|large|1 em|1em 2em|1c|１００%", "100%|.5em|+50%|5rh|5rw"),
    ("p", "tts:fontStyle", "slanted|reverseOblique", "normal|italic|oblique"),
    ("p", "tts:fontWeight", "700|bolder", "normal|bold"),
    ("p", "tts:lineHeight", "1.5|-1%|auto|1c", "normal|125%|1.2em"),
    ("region", "tts:luminanceGain", "-1|1%|a", "0|1.5"),
    ("region", "tts:opacity", "50%|half|0,5", "0|1.0|.5|1e0"),
    ("region", "tts:overflow", "scroll|auto", "visible|hidden"),
    ("region", "tts:padding", "|1|auto|-1%|1% 1% 1% 1% 1%|1c", "1%|1% 2%|1% 2% 3%|1% 2% 3% 4%|0.5em 1rw"),
    ("span", "tts:rubyAlign", "left|start|end|spaceBetween|withBase", "center|spaceAround"),
    ("span", "tts:rubyPosition", "over|left|interCharacter", "before|after|outside"),
    ("p", "tts:rubyReserve", "|around|1em|before 1|outside 1em 1em|none 1em|both -1em", "none|both|before|outside 1em"),
    ("p", "tts:shear", "10|10deg|10px|1% 1%", "-16.67%|0%|100%"),
    ("region", "tts:showBackground", "never|true", "always|whenActive"),
    ("p", "tts:textAlign", "middle|justify|top", "left|center|right|start|end"),
    ("span", "tts:textCombine", "digits|horizontal|digits 2", "none|all"),
    ("span", "tts:textDecoration", "|blink|none underline|underline noUnderline",
     "none|noUnderline lineThrough overline"),
    ("span", "tts:textEmphasis", "|triangle|dot dot|open filled|dot auto|red|circle red|'x'|before after|sesame left",
     "none|auto|open dot|circle after|filled sesame outside"),
    ("span", "tts:textOutline", "|red|1%,1%|10% red|-1%|red 5% 5%|red 20%|0.2em", "none|5%|red 10%|#ff000080 0.1em"),
    ("span", "tts:textShadow", "|1%|red|red 1% 1%|1% 1% -1%|none 1% 1%|1% 1%,|1% 1%,1% 1%,1% 1%,1% 1%,1% 1%",
     "none|1% 1% 2%|-1% -1% red|1em 1em rgba(1,2,3,4), 2% 2%"),
    ("p", "tts:unicodeBidi", "isolate|override", "normal|embed|bidiOverride"),
    ("p", "tts:visibility", "collapse|none", "visible|hidden"),
    ("p", "tts:wrapOption", "nowrap|pre", "wrap|noWrap"),
    ("region", "tts:writingMode", "vertical|horizontal-tb|rltb tb", "lrtb|rltb|tbrl|tblr|lr|rl|tb"),
    ("region", "tts:zIndex", "1.5|top", "auto|1|-1"),
    ("p", "itts:forcedDisplay", "TRUE|1|", "true|false"),
    ("p", "itts:fillLineGap", "0|yes", "true|false"),
    ("p", "ebutts:linePadding", "|1|c|1%|1em|-1c|1c 1c", "0c|0.5c"),
    ("p", "ebutts:multiRowAlign", "|left|START", "start|center|end|auto"),
    ("p", "xml:lang", "ko_KR|korean1234|a--b|ｊａ", "|ko|ko-KR|zh-Hant-TW|sl-rozaj|x-private|i-klingon"),
    ("p", "xml:space", "keep", "default|preserve"),
    ("p", "xml:id", "|1a|a b|a:b|r", "자막_1.a-b"),
    ("p", "region", "|q|r r", "r"),
    ("p", "timeContainer", "excl", "par|seq"),
    ("p", "ttm:role", "|boss|x-", "dialog x-foo caption"),
    ("tt", "tts:extent", "|auto|640px|50% 50%|640 480|640px 480px 1px|64c 48c", "640px 480px"),
    ("tt", "ttp:cellResolution", "32|32x15|32 0|32.0 15.0", "40 24"),
    ("tt", "ttp:displayAspectRatio", "16|16:9|0 9", "16 9"),
    ("tt", "ttp:frameRate", "|0|-1|24.0|+24", "24"),
    ("tt", "ttp:frameRateMultiplier", "1000|1000:1001|0 1|0.999 1", "1000 1001"),
    ("tt", "ttp:tickRate", "0|a", "10000000"),
    ("tt", "ttp:timeBase", "wall|smpte|clock", "media"),
    ("tt", "ttp:profile", "a b", "urn:a"),
    ("tt", "ittp:aspectRatio", "16|16:9|0 9|16.0 9.0", "16 9"),
    ("tt", "ittp:progressivelyDecodable", "1|yes", "true|false"),
    ("tt", "ittp:activeArea", "10% 10% 80%|1px 1px 8px 8px|-1% 0% 1% 1%|0% 0% 101% 1%", "50% 50% 80% 80%"),
]  # fmt: skip

NOWHERE = [  # element, attribute, values: none of them is right there
    ("region", "tts:fontKerning", "none"),
    ("p", "tts:bpd", "10%"),
    ("p", "tts:fontVariant", "super"),
    ("p", "tts:fontSelectionStrategy", "auto"),
    ("p", "tts:rubyOffset", "1em"),
    ("p", "tts:colour", "red"),
    ("p", "colour", "red"),
    ("p", "condition", "true"),
    ("p", "animate", "a"),
    ("p", "tta:pan", "1"),
    ("p", "ttm:speaker", "a"),
    ("tt", "itts:forcedDisplay", "true"),
    ("tt", "itts:fillLineGap", "true"),
    ("p", "itts:forced", "true"),
    ("span", "ebutts:linePadding", "1c"),
    ("p", "xml:class", "a"),
    ("p", "style", "|q|r"),
    ("tt", "region", "r"),
    ("region", "region", "r"),
    ("style", "region", "r"),
    ("style", "begin", "1s"),
    ("style", "style", "s|q"),
    ("tt", "begin", "1s"),
    ("p", "ttm:agent", "|a|r"),
    ("p", "smpte:backgroundImage", "a.png"),
    ("tt", "tts:color", "red"),
    ("tt", "ttp:version", "2"),
    ("tt", "ttp:clockMode", "utc"),
    ("tt", "ttp:dropMode", "nonDrop"),
    ("tt", "ttp:markerMode", "continuous"),
    ("tt", "ttp:subFrameRate", "2"),
    ("tt", "ttp:pixelAspectRatio", "1 1"),
    ("tt", "ttp:processorProfiles", "urn:a"),
    ("tt", "ttp:validation", "required"),
    ("tt", "ttp:permitFeatureWidening", "true"),
    ("tt", "ttp:mediaOffset", "1s"),
    ("tt", "ttp:inferProcessorProfileMethod", "loose"),
    ("tt", "ttp:contentProfileCombination", "ignore"),
]


@pytest.mark.parametrize(
    ("element", "attribute", "value"),
    [(row[0], row[1], value) for row in [*ATTRIBUTES, *NOWHERE] for value in row[2].split("|")],
)
def test_an_attribute_that_is_wrong(element, attribute, value):
    [found] = said(at(element, f'{attribute}="{value}"'))
    assert found.split()[1].endswith(f"@{attribute}")


@pytest.mark.parametrize(
    ("element", "attribute", "value"), [(row[0], row[1], value) for row in ATTRIBUTES for value in row[3].split("|")]
)
def test_an_attribute_that_is_right(element, attribute, value):
    assert said(at(element, f'{attribute}="{value}"')) == []

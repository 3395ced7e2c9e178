"""Pairs of IMSC 1.1 documents that differ in one place: the one conforms, the other has the fault of its clause."""

import pytest
from conformance_documents import IMAGE, IMSC, imsc, said, ttml

AREA = '<region xml:id="r" tts:origin="10% 10%" tts:extent="80% 80%"/>'
HEAD = f"<layout>{AREA}</layout>"
BASE, TEXT, MARK = (
    '<span tts:ruby="base">漢</span>',
    '<span tts:ruby="text">か</span>',
    '<span tts:ruby="delimiter">(</span>',
)
BASES = f'<span tts:ruby="baseContainer">{BASE}</span>'
TEXTS = f'<span tts:ruby="textContainer">{TEXT}</span>'
AGENT = '<ttm:agent xml:id="a" type="person">{}</ttm:agent>'


def ruby(inner):
    return f'<span tts:ruby="container">{inner}</span>'


PARAGRAPHS = [  # what stands in a p: right, wrong, clause
    (ruby(BASE + TEXT), ruby(BASE), "TTML2 10.2.35"),
    (ruby(BASE + MARK + TEXT + MARK), ruby(BASE + TEXT + MARK + MARK), "TTML2 10.2.35"),
    (ruby(BASES + TEXTS), ruby(BASES), "TTML2 10.2.35"),
    (ruby(BASES + TEXTS + TEXTS), ruby(BASES + TEXTS * 3), "TTML2 10.2.35"),
    (ruby(f"\n{BASE} {TEXT}"), ruby(f"漢{BASE}{TEXT}"), "TTML2 10.2.35"),
    (ruby(f"<metadata/>{BASE}<x:a/>{TEXT}"), ruby(f"{BASE}<br/>{TEXT}"), "TTML2 10.2.35"),
    ("<set begin='1s' tts:color='red'/>가", "<set tts:color='red' itts:forcedDisplay='true'/>가", "IMSC 1.1 6 #set-m"),
    ("<set end='1s' itts:forcedDisplay='true'/>가", "<set end='1s' style='s' tts:color='red'/>가", "TTML2 13.1.3"),
    ("<set tts:textOutline='red 10%'/>가", "<set tts:textOutline='red 11%'/>가", "IMSC 1.1 8.4 #textOutline"),
    ("<metadata><ittm:altText xml:lang='ko'>가</ittm:altText></metadata>",
     "<metadata><ittm:altText tts:color='red'>가</ittm:altText></metadata>", "IMSC 1.1 7.8.4"),
    ("<metadata><ittm:altText x:a='1'>가</ittm:altText></metadata>",
     "<metadata><ittm:altText role='a'>가</ittm:altText></metadata>", "IMSC 1.1 7.8.4"),
    ("<metadata><ittm:altText>가</ittm:altText></metadata>",
     "<metadata><ittm:altText>가<ttm:desc/></ittm:altText></metadata>", "IMSC 1.1 7.8.4"),
    ("<metadata><x:note/></metadata>", "<metadata><ittm:note/></metadata>", "IMSC 1.1 7.3"),
    ("<x:note>가</x:note>", "<ittp:note>가</ittp:note>", "IMSC 1.1 7.3"),
    ("<metadata><ttm:item name='a'><ttm:item name='b'>가</ttm:item></ttm:item></metadata>",
     "<metadata><ttm:item name='a'>가<ttm:item name='b'>가</ttm:item></ttm:item></metadata>", "TTML2 14.1"),
    ("<metadata><ttm:item name='a'>가</ttm:item></metadata>", "<metadata><ttm:item>가</ttm:item></metadata>",
     "TTML2 14.1"),
    ("가<span>나<span>다<br/></span></span>", "가<span>나<p>다</p></span>", "TTML2 8.1.6"),
    ("<!-- 가 --><?a b?><![CDATA[<가>]]>&#xac00;", "<div/>", "TTML2 8.1.5"),
]  # fmt: skip

HEADS = [  # what stands in the head: right, wrong, clause
    (HEAD, HEAD.replace("80% 80%", "95% 80%"), "IMSC 1.1 7.12.1.2"),
    (HEAD.replace("/></", '><style tts:color="red"/></region></'), HEAD + "<styling/>", "TTML2 8.1.2"),
    (HEAD.replace("/></", '><set tts:origin="20% 20%"/></region></'),
     HEAD.replace("/></", '><set tts:origin="30% 20%"/></region></'), "IMSC 1.1 7.12.1.2"),
    (HEAD.replace("/></", ' tts:textOutline="10%"/></'), HEAD.replace("/></", ' tts:textOutline="11%"/></'),
     "IMSC 1.1 8.4 #textOutline"),
    ("<styling><initial tts:textOutline='10%'/></styling>" + HEAD,
     "<styling><initial tts:textOutline='11%'/></styling>" + HEAD, "IMSC 1.1 8.4 #textOutline"),
    ("<styling><initial tts:color='red' itts:forcedDisplay='false' ebutts:linePadding='1c'/></styling>" + HEAD,
     "<styling><style xml:id='s'/><initial tts:color='red'/></styling>" + HEAD, "TTML2 10.1.3"),
    (HEAD.replace("</layout>", '<region xml:id="q" tts:extent="1% 1%"/></layout>'),
     HEAD.replace("</layout>", '<region tts:extent="1% 1%"/></layout>'), "TTML2 11.1.2"),
    (AGENT.format("<ttm:name type='full'>가</ttm:name>") + HEAD, AGENT.format("<ttm:name>가</ttm:name>") + HEAD,
     "TTML2 14.1"),
    (AGENT.format("") + "<metadata><ttm:agent xml:id='b' type='character'><ttm:actor agent='a'/></ttm:agent></metadata>"
     + HEAD, AGENT.format("<ttm:actor agent='z'/>") + HEAD, "TTML2 14.1"),
    (f"<ttp:profile use='{IMSC}'/>" + HEAD, "<ttp:profile combine='maybe'/>" + HEAD, "TTML2 6.1"),
    ("<metadata><smpte:information origin='a'/></metadata>" + HEAD, "<metadata><smpte:image/></metadata>" + HEAD,
     "IMSC 1.1 6 SMPTE #image"),
]  # fmt: skip

CLAIMS = [  # ttp:contentProfiles: right, wrong
    (f"all( {IMSC} )", f"any( {IMSC} )"),
    (f"{IMSC} urn:a", f"{IMSC} {IMSC}"),
    (f"  {IMSC} ", ""),
]

TIMES = [  # a time: right, wrong, at 24 frames and 10 ticks a second
    ("0s", "0"), ("1.5h", "1.5"), ("100ms", "-1s"), ("00:00:01.5", "00:00:01,5"), ("100:59:59", "1:00:00"),
    ("00:00:01:23", "00:00:01:24"), ("24f", "1 f"), ("10t", "1e1t"), ("00:00:60", "00:00:61"),
    ("2.25m", "wallclock(2020-01-01)"), ("0.5t", ".5t"), ("1.5f", "00:00:01:12.1"), ("10s", "10S"), ("3s", "１s"),
]  # fmt: skip

PICTURE = '<image src="a.png" type="image/png" tts:extent="100px 50px"/>'
IMAGES = [  # what stands in the body of an image document: right, wrong, clause
    (f'<div region="r" begin="1s" end="2s">{PICTURE}</div><div region="r" begin="2s">{PICTURE}</div>',
     f'<div region="r" begin="1s" end="2s">{PICTURE}</div><div region="r" begin="1.9s">{PICTURE}</div>',
     "IMSC 1.1 9.2.2"),
    (f'<div region="r">{PICTURE}</div>', f'<div region="r">{PICTURE.replace("/png", "/jpeg")}</div>', "IMSC 1.1 9.3"),
    ('<div region="r" smpte:backgroundImage="a.png"/>',
     '<div region="r" smpte:backgroundImage="a.png" smpte:backgroundImageVertical="top"/>',
     "IMSC 1.1 9.4 SMPTE #image"),
    ("<div><metadata><smpte:information/></metadata></div>", "<div><metadata><smpte:image/></metadata></div>",
     "IMSC 1.1 9.4 SMPTE #image"),
]  # fmt: skip


def only(wrong, clause):
    """Whether what is wrong with a document is against one clause, and something is."""
    found = said(wrong)
    return found != [] and all(clause in item for item in found)


@pytest.mark.parametrize(("right", "wrong", "clause"), PARAGRAPHS)
def test_paragraphs(right, wrong, clause):
    document = '<div region="r"><p begin="1s" end="2s">{}</p></div>'
    head = f'<styling><style xml:id="s"/></styling>{HEAD}'
    assert said(imsc(document.format(right), head)) == []
    assert only(imsc(document.format(wrong), head), clause)


@pytest.mark.parametrize(("right", "wrong", "clause"), HEADS)
def test_heads(right, wrong, clause):
    body = '<div region="r"><p begin="1s" end="2s">가</p></div>'
    assert said(imsc(body, right)) == []
    assert only(imsc(body, wrong), clause)


@pytest.mark.parametrize(("right", "wrong"), CLAIMS)
def test_claims_of_profiles(right, wrong):
    root = 'xml:lang="ko" ttp:contentProfiles="{}"'
    assert said(ttml(root=root.format(right))) == []
    assert only(ttml(root=root.format(wrong)), "/tt@ttp:contentProfiles TTML2 6.2")


@pytest.mark.parametrize(("right", "wrong"), TIMES)
def test_times(right, wrong):
    rates = 'ttp:frameRate="24" ttp:tickRate="10"'
    for name in ("begin", "end", "dur"):
        body = f'<div><p {name}="{{}}">가</p></div>'
        assert said(imsc(body.format(right), root=rates)) == []
        assert only(imsc(body.format(wrong), root=rates), f"/tt/body/div/p@{name} TTML2 12.3")


@pytest.mark.parametrize(("right", "wrong", "clause"), IMAGES)
def test_images(right, wrong, clause):
    root = f'xml:lang="ko" ttp:contentProfiles="{IMAGE}" tts:extent="640px 480px"'
    head = '<layout><region xml:id="r" tts:origin="0px 0px" tts:extent="100px 50px"/></layout>'
    assert said(ttml(right, head, root)) == []
    assert only(ttml(wrong, head, root), clause)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            AGENT.format("") + '<ttm:agent type="character"><ttm:actor agent="a"/></ttm:agent>',
            '<ttm:agent type="character"><ttm:actor agent="a"/></ttm:agent>' + AGENT.format(""),
        ),
        (HEAD, HEAD.replace("/></", ' begin="1s"/></')),
    ],
)
def test_progressively_decodable_heads(right, wrong):
    root = 'ittp:progressivelyDecodable="true"'
    assert said(imsc(head=right, root=root)) == []
    assert only(imsc(head=wrong, root=root), "IMSC 1.1 7.8.2")


def test_xml_1_0_is_asked_for():
    assert said(f"<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n{imsc()}") == []
    assert said(f"<?xml version='1.1'?>{imsc()}") == ["1 /tt IMSC 1.1 7.1"]


def test_inherit_was_a_value_before_ttml2():
    document = ttml("<div tts:color='inherit'/>")
    assert said(document, "ttml1") == []
    assert said(document, "ttml2") == ["6 /tt/body/div@tts:color TTML2 10.2.11"]


def test_prefixes_comments_and_foreign_vocabulary_change_nothing():
    document = imsc('<div region="r"><p begin="1s" end="2s" tts:color="red">가</p></div>', HEAD)
    for name in ("tt", "head", "layout", "region", "body", "div", "p"):
        document = document.replace(f"<{name} ", f"<z:{name} ").replace(f"<{name}>", f"<z:{name}>")
        document = document.replace(f"</{name}>", f"</z:{name}>")
    document = document.replace('xmlns="', 'xmlns:z="').replace(" tts:", " st:").replace("xmlns:tts", "xmlns:st")
    assert said(document) == []
    foreign = document.replace("<z:head>", "<!-- 가 --><z:head><x:a>가</x:a><?a?>").replace("<z:p ", "<z:p x:end='z' ")
    assert said(foreign) == []
    assert said(foreign.replace('st:color="red"', 'st:color="rad"')) != []

"""TTML1 and TTML2 documents that do not conform, with line, element and clause, and conforming ones beside them."""

import pytest
from conformance_documents import DECLARED, TT, said, ttml

P = '<div><p begin="1s" end="2s">{}</p></div>'

CONTENT = [
    ("<p>가</p>", "6 /tt/body/p TTML1 7.1.3"),
    ("<div><span>가</span></div>", "6 /tt/body/div/span TTML1 7.1.4"),
    ("<div><br/></div>", "6 /tt/body/div/br TTML1 7.1.4"),
    ("<div>가</div>", "6 /tt/body/div TTML1 7.1.4"),
    ("가", "5 /tt/body TTML1 7.1.3"),
    ("<div><p><p>가</p></p></div>", "6 /tt/body/div/p/p TTML1 7.1.5"),
    ("<div><p>\n<div/></p></div>", "7 /tt/body/div/p/div TTML1 7.1.5"),
    ("<div><p><span><p/></span></p></div>", "6 /tt/body/div/p/span/p TTML1 7.1.6"),
    ("<div><p><br>가</br></p></div>", "6 /tt/body/div/p/br TTML1 7.1.7"),
    ("<div><p><br><span/></br></p></div>", "6 /tt/body/div/p/br/span TTML1 7.1.7"),
    ("<div><p>가<set begin='1s' tts:color='red'/></p></div>", "6 /tt/body/div/p/set TTML1 7.1.5"),
    ("<div><p/><metadata/></div>", "6 /tt/body/div/metadata TTML1 7.1.4"),
    ("<div><p/><set tts:color='red'/></div>", "6 /tt/body/div/set TTML1 7.1.4"),
    ("<div><paragraph/></div>", "6 /tt/body/div/paragraph TTML1 7.1.4"),
    ("<div><p><i>가</i></p></div>", "6 /tt/body/div/p/i TTML1 7.1.5"),
    ("<div><ttm:note/></div>", "6 /tt/body/div/ttm:note TTML1 7.1.4"),
    ("<div><head/></div>", "6 /tt/body/div/head TTML1 7.1.4"),
    ("<div><metadata><p/></metadata></div>", "6 /tt/body/div/metadata/p TTML1 12.1.1"),
    ("<div><p><set tts:color='red' tts:opacity='0'/></p></div>", "6 /tt/body/div/p/set@tts:opacity TTML1 11.1.1"),
    ("<div><p><set tts:color='red'><p/></set></p></div>", "6 /tt/body/div/p/set/p TTML1 11.1.1"),
]

ATTRIBUTES = [
    ("<div id='d'/>", "6 /tt/body/div@id TTML1 7.1.4"),
    ("<div lang='ko'/>", "6 /tt/body/div@lang TTML1 7.1.4"),
    ("<div color='red'/>", "6 /tt/body/div@color TTML1 7.1.4"),
    ("<div><p start='1s'>가</p></div>", "6 /tt/body/div/p@start TTML1 7.1.5"),
    ("<div><p><br begin='1s'/></p></div>", "6 /tt/body/div/p/br@begin TTML1 7.1.7"),
    ("<div><p><br region='r'/></p></div>", "6 /tt/body/div/p/br@region TTML1 7.1.7 6 /tt/body/div/p/br@region"),
    ("<div tts:colour='red'/>", "6 /tt/body/div@tts:colour TTML1 8.2"),
    ("<div ttp:frameRate='25'/>", "6 /tt/body/div@ttp:frameRate TTML1 7.1.4"),
    ("<div ttm:speaker='a'/>", "6 /tt/body/div@ttm:speaker TTML1 12.2"),
    ("<div xml:id='1'/>", "6 /tt/body/div@xml:id TTML1 7.2.1"),
    ("<div xml:id='a b'/>", "6 /tt/body/div@xml:id TTML1 7.2.1"),
    ("<div xml:id='a:b'/>", "6 /tt/body/div@xml:id TTML1 7.2.1"),
    ("<div xml:lang='pt_BR'/>", "6 /tt/body/div@xml:lang TTML1 7.2.2"),
    ("<div xml:lang='ko--KR'/>", "6 /tt/body/div@xml:lang TTML1 7.2.2"),
    ("<div xml:space='keep'/>", "6 /tt/body/div@xml:space TTML1 7.2.3"),
    ("<div timeContainer='excl'/>", "6 /tt/body/div@timeContainer TTML1 10.2.4"),
    ("<div ttm:role='actor'/>", "6 /tt/body/div@ttm:role TTML1 12.2"),
    ("<div ttm:role='x-'/>", "6 /tt/body/div@ttm:role TTML1 12.2"),
]

HEADS = [
    ("<layout/><styling/>", "3 /tt/head/styling TTML1 7.1.2"),
    ("<styling/><styling/>", "3 /tt/head/styling[2] TTML1 7.1.2"),
    ("<styling/><metadata/>", "3 /tt/head/metadata TTML1 7.1.2"),
    ("<style/>", "3 /tt/head/style TTML1 7.1.2"),
    ("<styling><region/></styling>", "3 /tt/head/styling/region TTML1 8.1.1"),
    ("<layout><style/></layout>", "3 /tt/head/layout/style TTML1 9.1.1"),
    ("<layout><region><p/></region></layout>", "3 /tt/head/layout/region/p TTML1 9.1.2"),
    ("<layout><region region='r'/></layout>", "3 /tt/head/layout/region@region"),
    ("<metadata><ttm:agent xml:id='a'/></metadata>", "3 /tt/head/metadata/ttm:agent@type TTML1 12.1.5"),
    ("<ttm:agent type='dog'/>", "3 /tt/head/ttm:agent@type TTML1 12.1.5"),
    ("<ttm:agent type='person'><ttm:name>가</ttm:name></ttm:agent>", "3 /tt/head/ttm:agent/ttm:name@type TTML1 12.1.6"),
    ("<ttm:agent type='person'><ttm:actor/></ttm:agent>", "3 /tt/head/ttm:agent/ttm:actor@agent TTML1 12.1.7"),
    (
        "<ttm:agent type='person'><ttm:actor agent='b'/></ttm:agent>",
        "3 /tt/head/ttm:agent/ttm:actor@agent TTML1 12.1.7",
    ),
    ("<ttm:title><p/></ttm:title>", "3 /tt/head/ttm:title/p TTML1 12.1.2"),
    ("<ttp:profile use=''/>", "3 /tt/head/ttp:profile@use TTML1 6.1.1"),
    ("<ttp:features/>", "3 /tt/head/ttp:features TTML1 7.1.2"),
    (
        "<ttp:profile><ttp:features><ttp:feature value='maybe'>#core</ttp:feature></ttp:features></ttp:profile>",
        "3 /tt/head/ttp:profile/ttp:features/ttp:feature@value TTML1 6.1.3",
    ),
    ("<styling tts:color='red'/>", "3 /tt/head/styling@tts:color TTML1 8.1.1"),
]

REFERENCES = [
    ("<styling><style xml:id='a'/><style xml:id='a'/></styling>", "", "3 /tt/head/styling/style[2]@xml:id TTML1 7.2.1"),
    ("", "<div style='a'/>", "6 /tt/body/div@style TTML1 8.2.1"),
    ("", "<div style=''/>", "6 /tt/body/div@style TTML1 8.2.1"),
    ("<layout><region xml:id='a'/></layout>", "<div style='a'/>", "6 /tt/body/div@style TTML1 8.2.1"),
    (
        "<layout><region xml:id='r'><style xml:id='a'/></region></layout>",
        "<div style='a'/>",
        "6 /tt/body/div@style TTML1 8.2.1",
    ),
    ("<styling><style xml:id='a'/></styling>", "<div region='a'/>", "6 /tt/body/div@region TTML1 9.2.1"),
    ("", "<div region='a'/>", "6 /tt/body/div@region TTML1 9.2.1"),
    ("", "<div ttm:agent='a'/>", "6 /tt/body/div@ttm:agent TTML1 12.2.1"),
    ("<styling><style xml:id='a'/></styling>", "<div ttm:agent='a'/>", "6 /tt/body/div@ttm:agent TTML1 12.2.1"),
    ("<styling><style xml:id='a' style='a'/></styling>", "", "3 /tt/head/styling/style@style TTML1 8.4.1.3"),
    (
        "<styling><style xml:id='a' style='b'/>\n<style xml:id='b' style='a'/></styling>",
        "",
        "4 /tt/head/styling/style[2]@style TTML1 8.4.1.3",
    ),
]

RUBY = [
    "<span tts:ruby='base'>漢</span>",
    "<span tts:ruby='container'>漢</span>",
    "<span tts:ruby='container'><span tts:ruby='text'>かん</span></span>",
    "<span tts:ruby='container'><span>漢</span></span>",
    "<span tts:ruby='container'><span tts:ruby='base'>漢</span><span tts:ruby='base'>字</span></span>",
    "<span tts:ruby='container'><span tts:ruby='base'>漢<br/></span><span tts:ruby='text'>かん</span></span>",
    "<span tts:ruby='container'><span tts:ruby='baseContainer'><span tts:ruby='text'>か</span></span></span>",
    "<span tts:ruby='container'><span tts:ruby='textContainer'><span tts:ruby='text'>か</span></span></span>",
    (
        "<span tts:ruby='container'><span tts:ruby='base'>漢</span><span tts:ruby='delimiter'>(</span>"
        "<span tts:ruby='text'>か</span></span>"
    ),
    (
        "<span tts:ruby='container'><span tts:ruby='base'><span tts:ruby='container'>"
        "<span tts:ruby='base'>漢</span></span></span><span tts:ruby='text'>か</span></span>"
    ),
]


@pytest.mark.parametrize(("body", "expected"), [*CONTENT, *ATTRIBUTES])
def test_content_and_attributes(body, expected):
    assert expected.startswith(said(ttml(body))[0])


@pytest.mark.parametrize(("head", "expected"), HEADS)
def test_heads(head, expected):
    assert said(ttml(head=head))[0].startswith(expected)


@pytest.mark.parametrize(("head", "body", "expected"), REFERENCES)
def test_references(head, body, expected):
    assert said(ttml(body, head)) == [expected]


@pytest.mark.parametrize("ruby", RUBY)
def test_ruby_that_does_not_nest(ruby):
    found = said(ttml(P.format(ruby)))
    assert found
    assert all(item.endswith("@tts:ruby TTML2 10.2.35") for item in found)


def test_root_without_language_or_with_another_extent():
    assert said(ttml(root="")) == ["1 /tt@xml:lang TTML1 7.1.1"]
    assert said(ttml(root='xml:lang="" tts:extent="50% 50%"')) == ["1 /tt@tts:extent TTML1 8.2.7"]
    assert said(ttml(root='xml:lang="" tts:color="red"')) == ["1 /tt@tts:color TTML1 7.1.1"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ('<tt xmlns="http://www.w3.org/2006/10/ttaf1" xml:lang="ko"/>', "1 /tt TTML1 5.1"),
        (f'<head xmlns="{TT}"/>', "1 /head TTML1 5.1"),
        ("<tt/>", "1 /tt TTML1 5.1"),
        (f"<tt {DECLARED}>\n<body>", "2 / XML 1.0 2.1"),
        (f'<!DOCTYPE tt [<!ENTITY a "b">]><tt {DECLARED} xml:lang="">&a;</tt>', "1 / XML 1.0 2.1"),
        (f'<tt {DECLARED} xml:lang="ko"><body/><head/></tt>', "1 /tt/head TTML1 7.1.1"),
        (f'<tt {DECLARED} xml:lang="ko"><body/><body/></tt>', "1 /tt/body[2] TTML1 7.1.1"),
        (f'<tt {DECLARED} xml:lang="ko"><p/></tt>', "1 /tt/p TTML1 7.1.1"),
    ],
)
def test_roots(document, expected):
    assert said(document) == [expected]


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("", ""),
        ("<div/>", "<styling/><layout/>"),
        ("<metadata/><ttm:desc>가</ttm:desc><set begin='1s' tts:color='red'/><div><div><p/></div></div>", ""),
        ("<div><x:p>가</x:p><p x:y='1'>가<x:z/></p></div>", "<metadata><x:any>가</x:any></metadata><x:any/>"),
        ("<div style='a b' region='r'><p style='b'>가<br/><span>나<br/></span></p></div>",
         ("<styling><style xml:id='a'/><style xml:id='b' style='a' tts:color='red'/></styling>"
         "<layout><region xml:id='r' style='a'><style tts:color='red'/></region></layout>")),
        ("<div ttm:agent='bond' ttm:role='dialog x-안내'><p ttm:agent='bond'>가</p></div>",
         ("<ttm:agent xml:id='actor' type='person'><ttm:name type='full'>가</ttm:name></ttm:agent>"
         "<ttm:agent xml:id='bond' type='character'><ttm:actor agent='actor'/></ttm:agent>")),
        ("<div/>", ("<ttp:profile use='http://www.w3.org/ns/ttml/profile/dfxp-presentation'><ttp:features xml:base="
         "'http://www.w3.org/ns/ttml/feature/'><ttp:feature value='required'>#core</ttp:feature></ttp:features>"
         "</ttp:profile>")),
        (("<div><p><span tts:ruby='container'><span tts:ruby='base'>漢</span><span tts:ruby='delimiter'>(</span>"
         "<span tts:ruby='text'>かん</span><span tts:ruby='delimiter'>)</span></span></p></div>"),
         "<styling><initial tts:color='white'/><style xml:id='a'/></styling>"),
        ("<div><p><span style='c'>\n<span style='b'>漢</span> <span tts:ruby='text'>かん</span></span></p></div>",
         "<styling><style xml:id='c' tts:ruby='container'/><style xml:id='b' tts:ruby='base'/></styling>"),
    ],
)  # fmt: skip
def test_conforming_documents(body, head):
    assert said(ttml(body, head, 'xml:lang="ko-KR"')) == []


def test_the_version_to_judge_by_can_be_asked_for():
    document = ttml("<div tts:shear='1'/>")
    assert said(document, "ttml1") == ["6 /tt/body/div@tts:shear TTML2 10.2.39"]
    assert said(document, "webvtt") == []

"""Broken and hostile documents: judged or refused, without a traceback and in time."""

import time

import pytest
from conformance_documents import IMSC, NAMESPACES, imsc, said, ttml
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.subtitles.conformance import PROFILES, violations

WHOLE = imsc(
    '<div region="r" timeContainer="seq"><p begin="1s" end="00:00:02:10" style="a" tts:textShadow="1% 1% red">가'
    '<span tts:ruby="container"><span tts:ruby="base">漢</span><span tts:ruby="text">かん</span></span>'
    '<set begin="1s" tts:color="red"/></p></div>',
    '<styling><initial tts:color="white"/><style xml:id="a" style="b"/><style xml:id="b" tts:fontSize="5rh"/></styling>'
    '<layout><region xml:id="r" tts:position="center bottom 10%" tts:extent="80% 20rh"/></layout>',
    'ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001" ittp:progressivelyDecodable="true"',
)
VTT = (
    "WEBVTT - 자막\n\nREGION\nid:a width:40% lines:3 regionanchor:0%,100%\n\nSTYLE\n::cue { }\n\nNOTE 주석\n\n1\n"
    "00:01.000 --> 00:02.000 region:a line:0,end align:start\n"
    "<v 민준><ruby>漢<rt>かん</rt></ruby> &amp; <00:01.500>나</v>\n"
)
PIECES = [
    "<",
    ">",
    "&",
    '"',
    "-->",
    "%",
    "px",
    "9" * 5000,
    "\n",
    "\n\n",
    "\0",
    "가",
    "tts:",
    "<p>",
    "</p>",
    " ",
    "-",
    ".",
]


@pytest.mark.parametrize("document", [WHOLE, VTT])
@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_a_mutated_document_is_judged_without_a_traceback(document, data):
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(document)))
        cut = data.draw(st.integers(0, 12))
        document = document[:at] + data.draw(st.sampled_from(PIECES)) + document[at + cut :]
    for profile in PROFILES:
        for item in violations(document, "utf-8", profile):
            assert 1 <= item.line <= document.count("\n") + document.count("\r") + 1
            assert item.path
            assert item.what
            assert item.clause


@pytest.mark.parametrize(
    "document",
    [
        ttml("<div>" * 100_000 + "</div>" * 100_000),
        ttml(
            head="<styling>"
            + "".join(f"<style xml:id='s{n}' style='s{n + 1} s{n + 1}'/>" for n in range(5000))
            + "</styling>"
        ),
        imsc(
            head="<layout>"
            + "".join(f"<region xml:id='r{n}' tts:extent='1% 1%' tts:backgroundColor='red'/>" for n in range(5000))
            + "</layout>"
        ),
        imsc("<div>" + "<p id='a' tts:fontSize='1px'/>" * 20_000 + "</div>"),
        "WEBVTT\n\n" + "00:01.000 --> 00:02.000\n" + "<i>" * 50_000,
        "WEBVTT\n\n" + "00:01.000 --> 00:02.000\n" + "<" * 50_000,
        "WEBVTT\n\n" + "1\n00:01.000 --> 00:02.000 align:middle\n가\n\n" * 20_000,
    ],
    ids=["depth", "styles", "regions", "faults", "tags", "brackets", "cues"],
)
def test_large_documents_take_their_time_in_proportion(document):
    begun = time.process_time()
    assert violations(document)
    assert time.process_time() - begun < 20


def test_times_stay_linear_in_the_number_of_cues():
    """Twice the cues take about twice the time; a square would take four times."""
    taken = []
    for count in (4000, 8000):
        cues = "".join(f"<p region='r' begin='{n}s' end='{n + 1}s'>가</p>\n" for n in range(count))
        head = "<layout><region xml:id='r' tts:extent='80% 20%'/></layout>"
        document = imsc(f"<div>{cues}</div>", head)
        begun = time.process_time()
        assert violations(document) == []
        taken.append(time.process_time() - begun)
    assert taken[1] < taken[0] * 3 + 0.5


def test_prefixes_are_the_documents_own():
    root = " ".join(f'xmlns:{"q" + prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    document = f'<q:tt {root} xml:lang="ko" qttp:contentProfiles="{IMSC}"><q:body><q:p qtts:color="x"/></q:body></q:tt>'
    assert said(document) == ["1 /tt/body/p TTML2 8.1.3", "1 /tt/body/p@tts:color TTML2 10.2.11"]


def test_lines_count_from_the_first_line_of_the_file():
    assert said("\n\n" + ttml("<div id='a'/>")) == ["8 /tt/body/div@id TTML1 7.1.4"]
    assert said("<?xml version='1.0'?>\n<!--\n-->\n" + ttml("<div\n\nid='a'/>")) == ["9 /tt/body/div@id TTML1 7.1.4"]

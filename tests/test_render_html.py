import base64
import hashlib
import re
import time
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st

from cli.render import html
from cli.render.words import visible

VOID = {"meta", "input"}


class Page(HTMLParser):
    """What a page consists of; refuses one whose elements are not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.texts, self.raw = [], [], [], {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in {"style", "script"}:
            self.raw[self.open[-1]] = self.raw.get(self.open[-1], "") + data
        else:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def page(report):
    return Page(html.render(report))


def words_of(text):
    return " ".join(visible(text).split())


@pytest.mark.parametrize("name", reports.SAMPLES)
def test_the_verdict_is_said_in_the_title_and_in_a_band(name):
    report = reports.SAMPLES[name]
    text = html.render(report)
    assert f"<title>{report.verdict.upper()}: " in text
    assert f'<p class="verdict {report.verdict}"><strong>{report.verdict.upper()}</strong>' in text


def test_every_finding_and_every_gap_is_there_once():
    report = reports.long(60)
    text = page(report).text
    for finding in report.findings:
        assert text.count(words_of(finding.message)) == 1
    for item in report.not_checked:
        assert text.count(words_of(f"{item.check} {item.asset} {item.reason}")) == 1


def test_a_finding_says_all_that_is_known():
    text = page(reports.FAILING).text
    assert (
        "00:00:31.500 to 00:00:32.400 warning subtitle/reading-speed cue 7 "
        "reads too fast: 港はもう凍っている。 ⏎ 誰も待っていない。 "
        "borderline: passes one reading of the clause and fails another 1123456789abcdef "
        "6.7 characters/s 4 characters/s Timed text style guide ja, I.2"
    ) in text
    assert "00:01:02:01 to 00:01:03:22 error subtitle/line-too-long cue 12, line 47" in text
    assert (
        "black for 12.5 s, at most 2 s a player shows the head as it is 2123456789abcdef 12.5 s 2 s Delivery spec 4.2"
    ) in text


def test_head_assets_summary_and_checks():
    text = page(reports.INCOMPLETE).text
    for said in (
        "Winter Harbour (겨울 항구) INCOMPLETE 1 required check could not run",
        "Platform Subscription VOD, generic (svod) Revision 2026-11 Spec Generic subscription VOD spec",
        "Rights window asia-svod Territory KR Rights as of 2026-11-20 00:00:00+00:00",
        "Judged at 2026-11-20 09:30:00+09:00 Judged by releaseprint 0.1.0",
        "2 errors, 2 warnings, 1 note from 6 checks; 2 items not checked.",
        "Family Errors Warnings Notes artwork 0 0 0 master 1 0 1 metadata 0 1 0 subtitle 1 1 0 All 2 2 1",
        f"PCM stereo 48 kHz {'a1' * 32} master ko ko 61.2 GB 01:23:55:00 1 h 24 min 1 error, 1 note",
        "artwork/poster.jpg poster not readable",
        "timecode at 23.976 fps, non-drop",
        "Waivers None",
        "Checks that ran artwork/size master/black-at-head",
        "Signed Name Signature Date",
    ):
        assert said in text


def test_a_clean_report_says_so():
    text = page(reports.PASSING).text
    assert "No findings. Not checked No check was left out." in text
    assert "Rights window" not in text
    assert not page(reports.PASSING).all("form")


def test_nothing_is_loaded_and_only_our_own_style_and_script_may_act():
    text = html.render(reports.long(60))
    found = Page(text)
    policy = found.all("meta")[1]["content"]
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(found.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    attributes = Counter(name for _, values in found.elements for name in values)
    assert not attributes.keys() & {"src", "style", "srcset", "action"}
    assert [values["href"] for _, values in found.elements if "href" in values] == ["#findings"]
    assert not re.search(r"https?:|url\(|@import", text)
    assert len(text.encode()) < 200_000


HOSTILE = (
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</style></script><!--",
    "&lt;b&gt; &amp;amp;",
    "]]><svg/onload=alert(1)>",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_stays_text(hostile):
    plain = "harm/less" if "/" in hostile else "harmless"  # a family ends at the slash
    found, harmless = page(reports.hostile(hostile)), page(reports.hostile(plain))
    shape = [(tag, sorted(attributes)) for tag, attributes in found.elements]
    assert shape == [(tag, sorted(attributes)) for tag, attributes in harmless.elements]
    assert found.raw == harmless.raw
    assert found.text.count(words_of(hostile)) == harmless.text.count(plain)


@given(st.text())
def test_any_text_makes_a_whole_page(text):
    found = page(reports.hostile(text))
    assert words_of(text) in found.text
    html.render(reports.hostile(text)).encode("utf-8")


def test_control_characters_do_not_reach_the_page():
    text = html.render(reports.hostile("a\x00\x1b\u202e\ud800b"))
    assert "a\\x00\\x1b\\u202e\\ud800b" in text
    assert not set(text) & {"\x00", "\x1b", "\u202e", "\ud800"}


@pytest.mark.parametrize("name", reports.SAMPLES)
def test_landmarks_headings_and_headers_guide_who_cannot_see_the_page(name):
    found = page(reports.SAMPLES[name])
    tags = Counter(tag for tag, _ in found.elements)
    assert (tags["header"], tags["main"], tags["footer"], tags["h1"]) == (1, 1, 1, 1)
    assert found.all("html") == [{"lang": "en"}]
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert {attributes["aria-labelledby"] for attributes in found.all("section")} <= set(ids)
    assert all(attributes.get("scope") in {"col", "row", "rowgroup"} for attributes in found.all("th"))
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_korean_file_keeps_its_words_whole():
    assert {"class": "group", "data-language": "ko", "aria-labelledby": "group-2"} in page(reports.FAILING).all(
        "section"
    )


@pytest.mark.slow
def test_twenty_thousand_findings_take_less_than_five_seconds():
    report = reports.long(20_000)
    start = time.monotonic()
    text = html.render(report)
    assert time.monotonic() - start < 5
    assert text.count("<tr data-severity=") == 20_001

"""Rights over the years as a page."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from rights_deals import instant, licence, mandate, scope, term, title

from assets.rights.model import Doubt, Status, Term
from assets.rights.spans import Span, seconds
from assets.title import Programme, Title
from cli.render.timeline import timeline_page
from cli.render.timeline_bars import axis, place, sections, ticks

AT = datetime(2026, 11, 22, tzinfo=UTC)
PROGRAMME = Programme(1, 90, 0, 0, 2025, "ko")
NAMES = {"ko": "겨울", "ja": "冬 <b>", "en": "Winter & <script>"}
YEARS = Span(instant("2026-01-01"), instant("2030-01-01"))


def film(*deals, names=NAMES, doubts=()):
    return Title("thaw", Path(), names, PROGRAMME, rights=replace(title(*deals), doubts=doubts))


def page(*titles, internal=False, **facts):
    text = timeline_page(titles, AT, internal=internal, **facts)
    return text, html.document_fromstring(text)


FULL = film(
    mandate(scope("svod freetv", "JP KR", term("2020-01-01", "2040-01-01"))),
    licence("a", scope(when=term("2027-01-01", "2028-01-01", "Asia/Tokyo"), named="JP"), holdbacks=[scope("freetv")]),
    licence("b", scope(when=term("2027-06-01", "2029-01-01"), named="JP"), status=Status.PENDING),
    licence("c", scope("freetv", "KR", Term(None, instant("2028-01-01"), unknown=("release in KR",)))),
    licence("d", scope("freetv", "KR"), status=Status.DRAFT),
)


def test_every_bar_leads_to_its_line_of_the_table():
    _, tree = page(FULL)
    bars = tree.xpath("//a[contains(@class, 'bar')]")
    rows = tree.xpath("//table[contains(@class, 'grants')]/tbody/tr")
    assert [bar.get("href") for bar in sorted(bars, key=lambda item: int(item.get("href").split("-")[1]))] == [
        f"#{row.get('id')}" for row in rows
    ]
    assert len(bars) == 6
    spoken = "SVOD, JP: licence, 2027-01-01 to 2028-01-01 (Asia/Tokyo)"
    assert spoken in [bar.get("aria-label") for bar in bars]
    assert not any(bar.get("style") for bar in bars)


def test_what_is_signed_only_later_looks_like_what_is_pending():
    later = replace(licence("a", scope(when=term("2027-01-01", "2028-01-01"))), signed=date(2026, 12, 10))
    for at, look, label in (
        (seconds(AT), "pending", "licence, not signed yet"),
        (instant("2026-12-10"), "licence", "licence"),
    ):
        (section,) = sections([film(later)], YEARS, at, internal=False)
        assert [(bar.look, bar.label) for bar in section.bars] == [(look, label)]


def test_what_the_bars_look_like():
    (section,) = sections([FULL], YEARS, seconds(AT), internal=False)
    looks = [(bar.rights, bar.where, bar.look, bar.is_cut_before, bar.is_cut_after) for bar in section.bars]
    assert looks == [
        ("FreeTV", "JP, KR", "mandate", True, True),
        ("FreeTV", "KR", "unknown", True, False),
        ("FreeTV", "JP", "holdback", True, True),
        ("SVOD", "JP, KR", "mandate", True, True),
        ("SVOD", "JP", "licence", False, False),
        ("SVOD", "JP", "pending", False, False),
    ]


def test_nothing_is_loaded_and_the_policy_is_that_of_the_one_style():
    text, tree = page(FULL, internal=True)
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)|url\(|@import|<script", text)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"style-src 'sha256-{digest}'" in policy
    used = set(re.findall(r"class=\"[^\"]*\b([lw]\d+)", text)) | set(re.findall(r" (w\d+)[ \"]", text))
    assert used <= set(re.findall(r"\.([lw]\d+) \{", style))


def test_tables_are_cards_in_a_narrow_window():
    text, tree = page(FULL, internal=True)
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert {name for table in tree.xpath("//table") for name in table.get("class").split()} >= {"cards", "grants"}
    assert ".cards tr { display: flex;" in style
    assert style.index(".cards tr {") < style.index(".grants td:nth-child(n+5)")


def test_names_are_escaped_and_have_their_language():
    text, tree = page(FULL)
    assert "Winter &amp; &lt;script&gt;" in text
    assert [(item.get("lang"), item.text) for item in tree.xpath("//h2/bdi")] == [
        ("en", "Winter & <script>"),
        ("ko", "겨울"),
        ("ja", "冬 <b>"),
    ]


def test_only_the_rights_room_sees_parties_terms_and_doubts():
    doubtful = replace(FULL, rights=replace(FULL.rights, doubts=(Doubt("rights.toml:7", "a thing", "as it is"),)))
    shared, internal = page(doubtful)[0], page(doubtful, internal=True)[0]
    secrets = ("party of a", "contract producer", "2.1", "as it is", "languages")
    assert [secret for secret in secrets if secret in shared] == []
    assert [secret for secret in secrets if secret not in internal] == []


def test_what_lies_outside_is_counted():
    past = film(licence("a", scope(when=term("2010-01-01", "2011-01-01"))))
    text, tree = page(past)
    assert tree.xpath("//a") == []
    assert "Nothing is signed or pending in these years." in text
    assert "Outside of these years: 1." in text
    assert "No mandate is recorded." in text


def test_no_title():
    assert "No title." in page()[0]


def test_today_is_on_the_axis_or_not_there():
    assert page(FULL, span=YEARS)[1].xpath("count(//i[contains(@class, 'today')])") == 1
    before = Span(instant("2020-01-01"), instant("2021-01-01"))
    assert page(FULL, span=before)[1].xpath("count(//i[contains(@class, 'today')])") == 0


@pytest.mark.parametrize(
    ("end", "first", "last"),
    [(None, 2025, 2029), ("2026-12-31", 2025, 2029), ("2031-05-01", 2025, 2032), ("2090-01-01", 2025, 2037)],
)
def test_the_axis_is_of_whole_years(end, first, last):
    found = axis([film(licence("a", scope(when=term("2026-01-01", end))))], seconds(AT))
    assert found == Span(instant(f"{first}-01-01"), instant(f"{last}-01-01"))
    assert [tick.year for tick in ticks(found)] == list(range(first, last))


def test_many_years_have_few_words():
    found = ticks(Span(instant("1900-01-01"), instant("2030-01-01")))
    assert len(found) == 130
    assert sum(tick.has_words for tick in found) <= 14
    assert ticks(Span(instant("2026-02-01"), instant("2026-03-01"))) == ()


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(-900, 2500), st.integers(1, 3000)), min_size=1, max_size=12))
def test_bars_lie_on_the_axis_and_do_not_cover_each_other(spans):
    """Days from the first of the axis, and lengths."""
    deals = [
        licence(f"d{number}", scope(when=Term(YEARS.start + first * 86_400, YEARS.start + (first + days) * 86_400)))
        for number, (first, days) in enumerate(spans)
    ]
    (section,) = sections([film(*deals)], YEARS, seconds(AT), internal=False)
    assert len(section.bars) + section.outside == len(spans)
    tracks = [track for row in section.rows for lane in row.lanes for track in lane.tracks]
    assert sorted(bar.number for track in tracks for bar in track) == [bar.number for bar in section.bars]
    for track in tracks:
        assert all(bar.left >= 0 and bar.left + bar.width <= 10_000 and bar.width >= 30 for bar in track)
        assert all(one.left + one.width <= other.left for one, other in pairwise(track))


def test_places_are_in_order():
    assert [place(instant(day), YEARS) for day in ("2020-01-01", "2026-01-01", "2028-01-01", "2030-01-01")] == [
        0,
        0,
        4996,
        10_000,
    ]

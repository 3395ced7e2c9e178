"""Each known-bad row is found by exactly the rule for it, and its valid twin by none."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from avails_rows import COMPACT, GOOD, SOLD

from assets.avails import semantics
from assets.avails.rows import Avails, LanguageUse, Row, When

KO, JA = LanguageUse("ko"), LanguageUse("ja")
DAY = When(date(2027, 1, 1))

BAD = {
    "missing": ({"licensor": ""}, {"title": ""}, {"territories": ()}, {"end": When()}, {"content_id": ""}),
    "work-type": ({"work_type": "Film"},),
    "entry-type": ({"entry_type": "Replace"},),
    "license-type": ({"license_type": "AVOD"}, {"license_type": "FVOD"}),
    "rights-description": ({"rights_description": "Best Of"},),
    "format-profile": ({"format_profile": "4K"},),
    "hdr": ({"hdr": "HLG"},),
    "localization": ({"localization": "dubbed"},),
    "title-status": ({"title_status": "Maybe"},),
    "caption-exemption": ({"caption_exemption": "7"},),
    "price-type": (SOLD | {"price_type": "Preis"},),
    "avail-type": ({"avail_type": "film"},),
    "avail-type-differs": ({"avail_type": "episode"},),
    "short-description": ({"short_description": "x" * 31},),
    "release-year": ({"release_year": "85"}, {"release_year": "3985"}),
    "run-time": ({"run_time": "PT0S"},),
    "store-type": ({"other": (("StoreType", "Kiosk"),)},),
    "download": ({"download": "Maybe"},),
    "captions-contradict": ({"caption_included": True, "caption_exemption": "2"},),
    "captions-unexplained": ({"territories": ("US",), "caption_included": False},),
    "rating-incomplete": ({"rating_system": "KMRB"}, {"rating_value": "15+"}),
    "rating-value": ({"rating_system": "KMRB", "rating_value": "PG-13"},),
    "rating-territory": ({"rating_system": "MPAA", "rating_value": "PG"},),
    "exclusive-attributes": ({"exclusive": None, "exclusive_attributes": "online"},),
    "branding-attributes": ({"branding_attributes": "logo"},),
    "end-before-start": (
        {"end": GOOD.start},
        {"start": DAY, "end": DAY},
        {"start": When(date(2027, 1, 3)), "end": When(datetime(2027, 1, 1, tzinfo=UTC))},
    ),
    "end-late": ({"end": When(date(9999, 12, 31))}, {"end": When(date(2036, 1, 3))}),
    "window-duration": ({"window_duration": "90 days"},),
    "condition": ({"end": When(condition="open end")}, {"start": When(condition="Soon")}),
    "condition-senseless": ({"start": When(condition="Open")}, {"end": When(condition="Immediate")}),
    "lag": ({"start": When(condition="Theatrical", lag="90D")},),
    "lag-without-event": ({"end": When(condition="Open", lag="P1D")}, {"start": replace(GOOD.start, lag="P1D")}),
    "event": ({"announce": When(condition="Immediate")},),
    "announced-late": ({"announce": When(date(2027, 2, 1))},),
    "suppressed-late": ({"suppress_until": When(datetime(2027, 1, 1, tzinfo=UTC))},),
    "fulfil-without-pre-order": ({"preorder_fulfil": GOOD.start},),
    "fulfil-early": (SOLD | {"preorder_fulfil": When(date(2026, 12, 1))},),
    "subscription-priced": ({"price_type": "WSP", "price_value": "1", "currency": "USD"}, {"price_value": "4"}),
    "price-missing": ({"license_type": "EST"}, {"license_type": "VOD"}),
    "price-of-no-type": (SOLD | {"price_type": "", "currency": ""},),
    "price-value-missing": (SOLD | {"price_value": ""},),
    "price-amount": (SOLD | {"price_value": "9,900"}, SOLD | {"price_value": "-1"}, SOLD | {"price_value": "1e3"}),
    "price-nothing": (SOLD | {"price_value": "0.00"},),
    "currency-missing": (SOLD | {"currency": ""},),
    "currency": (SOLD | {"currency": "WON"}, SOLD | {"currency": "XTS"}),
    "currency-parts": (SOLD | {"price_value": "9900.50"},),
    "srp-amount": (SOLD | {"srp": "about 10"},),
    "rental-of-no-rental": ({"rental": "PT48H"},),
    "duration-nothing": (SOLD | {"license_type": "VOD", "rental": "PT0H"},),
    "watch-longer": (SOLD | {"license_type": "VOD", "rental": "PT24H", "watch": "PT48H"},),
    "territory": (
        {"territories": ("JA",)}, {"territories": ("KO",)}, {"territories": ("kr",)}, {"territories": ("EU",)},
        {"territories": ("UK",)}, {"territories": ("KR", "XX")},
    ),
    "exclusion-outside": ({"excluded": ("FR",)},),
    "territories-empty": ({"excluded": ("KR", "JP")},),
    "language": (
        {"allowed": (LanguageUse("jp"),)}, {"allowed": (LanguageUse("kr"),)}, {"allowed": (LanguageUse("xx-yy"),)},
        {"holdback": (LanguageUse("cn"),)}, {"allowed": (LanguageUse("mul"),)}, {"allowed": (LanguageUse("All"),)},
    ),
    "language-asset": ({"allowed": (LanguageUse("ko", "voice"),)},),
    "allowed-and-held-back": ({"allowed": (KO,), "holdback": (JA,)},),
    "required-not-offered": ({"asset_languages": (KO,), "required": (JA,)},),
    "offered-held-back": ({"asset_languages": (KO,), "holdback": (KO,)},),
    "offered-not-allowed": ({"asset_languages": (KO,), "allowed": (JA,)},),
    "id-of-another-kind": ({"alid": "md:cid:org:a:1"}, {"content_id": "md:alid:org:a:1"}),
    "id-spaces": ({"alid": "thaw 1"},),
    "eidr-form": ({"title_id": "10.5240/7791-8534"}, {"title_id": "10.5237/7791-8534-2C23-9030-8610-5"}),
    "eidr-check": (
        {"title_id": "10.5240/7791-8534-2C23-9030-8610-6", "content_id": "x"},
        {"alid": f"md:alid:{COMPACT[:-1]}7"},
    ),
    "content-disagrees": ({"title_id": "10.5240/AAAA-AAAA-AAAA-AAAA-1111-C"},),
    "bundle-of-no-collection": ({"bundled": ("b",)},),
    "bundle-of-itself": ({"work_type": "Collection", "avail_type": "bundle", "bundled": (GOOD.alid,)},),
    "collection-empty": ({"work_type": "Collection", "avail_type": "collection"},),
}  # fmt: skip

VALID = (
    {}, SOLD, SOLD | {"license_type": "VOD", "rental": "PT48H", "watch": "PT24H"}, SOLD | {"srp": "11000"},
    {"start": When(condition="Theatrical", lag="P90D")}, {"end": When(condition="Open")}, {"price_type": "NA"},
    {"excluded": ("JP",)}, {"territories": ("ZZ",), "excluded": ("KR", "JP")},
    {"territories": ("CA",), "excluded": ("CA-QC",)},
    {"allowed": (KO, LanguageUse("en-US", "subtitle"))}, {"holdback": (JA,), "asset_languages": (KO,)},
    {"allowed": (LanguageUse("pt"),), "asset_languages": (LanguageUse("pt-BR"),)},
    {"start": DAY, "end": When(date(2036, 1, 2))}, {"rating_system": "KMRB", "rating_value": "15+"},
    {"territories": ("US",), "caption_included": False, "caption_exemption": "2"},
    {"announce": When(date(2026, 12, 1))}, {"release_year": "1985-06"},
    {"suppress_until": GOOD.start, "announce": GOOD.start}, {"exclusive_attributes": "online"},
    {"title_id": "urn:eidr:10.5240:7791-8534-2C23-9030-8610-5"}, {"title_id": "own-1", "content_id": "own-1"},
    {"start": When(date(2027, 1, 1)), "end": When(datetime(2027, 1, 1, 5, tzinfo=UTC))},
    {"other": (("StoreType", "TV"),)}, {"download": "Yes"},
)  # fmt: skip


@pytest.mark.parametrize(("rule", "change"), [(rule, change) for rule, changes in BAD.items() for change in changes])
def test_a_bad_row_is_found_by_its_rule_and_by_no_other(rule, change):
    assert {finding.rule for finding in semantics.check([replace(GOOD, **change)])} == {rule}


@pytest.mark.parametrize("change", VALID)
def test_a_valid_row_is_found_by_no_rule(change):
    assert semantics.check([replace(GOOD, **change)]) == ()


def _other(**change) -> Row:
    return replace(GOOD, **{"place": "row 5", "avail_id": "thaw:2"} | change)


ACROSS = {
    "alid-two-contents": {"content_id": "own-2", "format_profile": "SD"},
    "alid-two-edits": {"edit_id": "own-2", "format_profile": "SD"},
    "alid-two-kinds": {"work_type": "Short", "format_profile": "SD"},
    "avail-id-twice": {"avail_id": "thaw:1", "format_profile": "SD"},
    "entry-mixed": {"entry_type": "Update"},
    "row-twice": {},
    "rows-overlap": {"start": When(datetime(2027, 6, 1, tzinfo=UTC))},
}


@pytest.mark.parametrize(("rule", "change"), ACROSS.items())
def test_rows_that_contradict_each_other_are_found(rule, change):
    first = replace(GOOD, edit_id="own-1") if rule == "alid-two-edits" else GOOD
    assert {finding.rule for finding in semantics.check([first, _other(**change)])} == {rule}


@pytest.mark.parametrize(
    "change",
    [
        {"format_profile": "SD"},
        {"start": GOOD.end, "end": When(condition="Open")},
        {"territories": ("US",)},
        {"licensee": "Another"},
        {"alid": "own-2", "content_id": "own-2", "title_id": "", "entry_type": "Update"},
    ],
)
def test_rows_beside_each_other_are_not(change):
    assert semantics.check([GOOD, _other(**change)]) == ()


def test_languages_of_their_own_may_be_offered_at_the_same_time():
    korean, japanese = replace(GOOD, asset_languages=(KO,)), _other(asset_languages=(JA,))
    assert semantics.check([korean, japanese]) == ()
    assert {item.rule for item in semantics.check([korean, _other(asset_languages=(KO, JA))])} == {"row-twice"}


def test_an_overlap_behind_a_short_row_is_found():
    long = replace(GOOD, territories=("KR",))
    short = _other(territories=("KR",), end=When(datetime(2027, 2, 1, tzinfo=UTC)))
    late = replace(short, place="row 6", avail_id="thaw:3", start=When(date(2027, 6, 1)), end=GOOD.end)
    assert [item.rule for item in semantics.check([long, short, late])] == ["rows-overlap", "rows-overlap"]


def test_a_pre_order_needs_its_sale_and_the_day_it_may_be_seen():
    sale = replace(GOOD, **SOLD)
    order = _other(**SOLD | {"license_type": "POEST", "end": When(condition="ESTStart"), "suppress_until": DAY})
    assert semantics.check([sale, order]) == ()
    assert [item.rule for item in semantics.check([order])] == ["pre-order-of-nothing"]
    hidden = replace(order, suppress_until=When())
    assert [item.rule for item in semantics.check([sale, hidden])] == ["pre-order-hidden"]


def test_the_parts_of_a_bundle_are_looked_for():
    whole = _other(alid="set", content_id="set", title_id="", work_type="Collection", avail_type="bundle")
    assert semantics.check([GOOD, replace(whole, bundled=(GOOD.alid,))]) == ()
    assert [item.rule for item in semantics.check([replace(whole, bundled=("gone",))])] == ["bundle-unknown"]


def test_an_avail_in_xml_says_its_type_and_describes_itself():
    bare = replace(GOOD, avail_type="", short_description="")
    assert semantics.findings(Avails("a.xlsx", "1.9", (bare,))) == ()
    assert [item.rule for item in semantics.findings(Avails("a.xml", "2.7", (bare,), is_xml=True))] == ["missing"] * 2


def test_there_are_at_least_forty_rules():
    assert len({*BAD, *ACROSS}) >= 40


@pytest.mark.parametrize(
    ("version", "is_xml", "territories", "expected"),
    [
        ("1.7", False, ("KR", "JP"), [("several-territories", "row 4: Territory")]),
        ("1.7", False, ("KR",), []),
        ("1.8", False, ("KR", "JP"), []),
        ("2.7", True, ("KR", "JP"), []),
    ],
)
def test_a_row_of_an_old_sheet_has_one_territory(version, is_xml, territories, expected):
    rows = (replace(GOOD, territories=territories),)
    found = semantics.findings(Avails("in.xlsx", version, rows, is_xml=is_xml))
    assert [(item.rule, item.place) for item in found if item.is_error] == expected


def test_what_is_wrong_in_a_sheet_is_said_with_its_cell():
    row = replace(GOOD, place="sheet Avails, row 4", territories=("KR;JP", "UK", "jp"), title="")
    found = semantics.findings(Avails("in.xlsx", "1.9", (row,), columns={"Territory": "D"}))
    assert [(item.place, item.wrong, item.allowed) for item in found] == [
        ("sheet Avails, row 4: TitleInternalAlias", "is missing", "every row says it"),
        ("sheet Avails, D4 (Territory)", "'KR;JP' is not a territory", "codes of ISO 3166-1, such as KR,JP"),
        ("sheet Avails, D4 (Territory)", "'UK' is not an assigned territory", "write GB"),
        ("sheet Avails, D4 (Territory)", "'jp' is not a territory", "JP"),
    ]

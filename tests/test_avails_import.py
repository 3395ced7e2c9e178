"""Avails become licences in rights.toml, and licences become rows: exactly, or refused and said."""

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from avails_rows import EIDR, GOOD, SOLD
from click.testing import CliRunner

from assets import territory
from assets.avails import outgoing, semantics
from assets.avails.incoming import Choice, read_rows
from assets.avails.languages import languages_of, uses_of
from assets.avails.rows import LanguageUse, When
from assets.avails.sheet_write import write_sheet
from assets.avails.xml_write import write_xml
from assets.catalogue import open_catalogue
from assets.errors import UsageError
from assets.rights.languages import ALL, NONE, Languages, Tags
from assets.rights.model import Deal, Grant, Holdback, Price, Scope, Side, Source, Status, Term
from assets.rights.spans import OPEN, seconds
from cli.main import group

TITLE = f"""\
original_language = "ko"
runtime = "01:40:00"
production_year = 1985

[names]
ko = "봄날의 눈석이"
en = "Thaw"

[identifiers]
eidr = "{EIDR}"
"""

RIGHTS = """\
# the rights room's own
zone = "Asia/Seoul"  # Seoul

[[mandates]]
id = "m-1"
from = "제작사"
contract = "P-1"
status = "draft"

[[mandates.grants]]
id = "m-1-all"
rights = ["all-rights"]
territories = ["worldwide"]
start = 2020-01-01
end = "open"
languages = "all"
"""


@pytest.fixture
def home(tmp_path):
    for name in ("thaw", "other-film"):
        folder = tmp_path / "titles" / name
        folder.mkdir(parents=True)
        text = TITLE if name == "thaw" else TITLE.replace("Thaw", "Other").replace("봄날의 눈석이", "다른 영화")
        own = text if name == "thaw" else text.split("[identifiers]")[0]
        (folder / "title.toml").write_text(own, encoding="utf-8")
    (tmp_path / "releaseprint.toml").write_text("", encoding="utf-8")
    return tmp_path


def _import(home, *rows, options=(), write=write_sheet):
    file = home / ("in.xlsx" if write is write_sheet else "in.xml")
    write(file, rows)
    asked = ["import-avails", str(file), "-C", str(home), *options]
    return CliRunner().invoke(group, asked, standalone_mode=False, catch_exceptions=False)


def _rights(home):
    return (home / "titles/thaw/rights.toml").read_text(encoding="utf-8")


def test_a_preview_changes_nothing_and_says_how_it_read(home):
    row = replace(GOOD, start=When(date(2027, 1, 1)), end=When(date(2027, 12, 31)))
    result = _import(home, row)
    assert result.return_value == 0
    assert (
        "svod in JP, 2027-01-01T00:00:00+09:00 to 2027-12-31T00:00:00+09:00, all languages, exclusive" in result.output
    )
    assert (
        "doubt its start, 2027-01-01, has no offset: read as 2027-01-01T00:00:00+09:00, as in Asia/Seoul"
        in result.output
    )
    assert result.output.endswith("an end is the first moment without the right; nothing is changed until --write\n")
    assert not (home / "titles/thaw/rights.toml").exists()


@pytest.mark.parametrize("write", [write_sheet, write_xml])
def test_what_is_written_is_read_as_the_same_licence(home, write):
    (home / "titles/thaw/rights.toml").write_text(RIGHTS, encoding="utf-8")
    languages = (LanguageUse("ko"), LanguageUse("en", "subtitle"))
    row = replace(GOOD, allowed=languages, announce=When(datetime(2026, 12, 1, tzinfo=UTC)))
    both = (row, replace(row, format_profile="SD", avail_id="thaw:2"))
    result = _import(home, *both, options=["--write", "--signed", "2026-11-20"], write=write)
    assert result.return_value == 0, result.output
    assert _rights(home).startswith(RIGHTS)
    deal = open_catalogue(home).title("thaw").rights.licences[0]
    assert (deal.party, deal.status, deal.source.contract) == ("Stream KK", Status.SIGNED, "C-1")
    assert len(deal.grants) == 1
    grant = deal.grants[0]
    assert (grant.scope.rights, grant.scope.territories) == (frozenset({"svod"}), frozenset({"KR", "JP"}))
    assert (grant.scope.term.start, grant.scope.term.end) == tuple(seconds(item.at) for item in (row.start, row.end))
    assert (grant.exclusive, grant.announce) == (True, seconds(row.announce.at))
    assert [grant.scope.languages.carries(*item) for item in (("dubbed", "ko"), ("dubbed", "en"), ("subtitled", "en"))]


def test_what_is_not_signed_is_pending_and_a_second_import_is_refused(home):
    assert _import(home, GOOD, options=["--write"]).return_value == 0
    before = _rights(home)
    assert 'status = "pending"' in before
    again = _import(home, GOOD, options=["--write"])
    assert (again.return_value, _rights(home)) == (1, before)
    assert "titles/thaw/rights.toml: licence avails-1: has the contract 'C-1' with 'Stream KK'" in again.output
    assert "already, and the same grants" in again.output


def test_an_import_of_a_changed_sheet_says_what_differs(home):
    other = replace(GOOD, avail_id="thaw:2", territories=("JP",), **SOLD)
    first = _import(home, GOOD, other, options=["--write", "--right", "EST=est"])
    assert first.return_value == 0, first.output
    before = _rights(home)
    longer = replace(GOOD, end=When(GOOD.end.at + timedelta(days=1)), exclusive=False, territories=("JP", "KR"))
    new = replace(other, avail_id="thaw:3", territories=("US",))
    again = _import(home, longer, new, options=["--write", "--json", "--right", "EST=est"])
    errors = [error.partition("rights.toml: licence avails-1")[2] for error in json.loads(again.output)["errors"]]
    assert (again.return_value, _rights(home)) == (1, before)
    assert errors[0].startswith(": has the contract 'C-1' with 'Stream KK' already; what has changed")
    assert errors[1:] == [
        ", grant avails-1-1: end is 2028-01-01T00:00:00+09:00, and sheet Avails, row 4 has 2028-01-02T00:00:00+09:00",
        ", grant avails-1-1: exclusive is true, and sheet Avails, row 4 has false",
        ", sheet Avails, row 5: est in US: no grant of the licence says it",
        ", grant avails-1-2: est in JP: no row says it",
    ]


def test_a_date_in_a_zone_is_the_instant_that_it_is(home):
    assert _import(home, GOOD, options=["--write"]).return_value == 0
    path = home / "titles/thaw/rights.toml"
    dated = _rights(home).replace("start = 2027-01-01T00:00:00+09:00", 'start = 2027-01-01\nzone = "Asia/Seoul"')
    assert dated != _rights(home)
    path.write_text(dated, encoding="utf-8")
    assert "already, and the same grants" in _import(home, GOOD).output
    assert _import(home, replace(GOOD, contract_id="C-2"), options=["--write"]).return_value == 0
    assert 'id = "avails-2"' in _rights(home)


def test_one_wrong_row_keeps_all_from_being_written(home):
    result = _import(home, GOOD, replace(GOOD, avail_id="b", territories=("JA",)), options=["--write"])
    assert result.return_value == 1
    assert "error in.xlsx: sheet Avails, D5 (Territory): 'JA' is not an assigned territory" in result.output
    assert not (home / "titles/thaw/rights.toml").exists()


def test_a_title_is_found_by_name_or_said_by_a_person(home):
    unknown = replace(
        GOOD, title="없는 영화", display_title="", title_id="", alid="x:1", content_id="x:1", release_year=""
    )
    result = _import(home, unknown)
    assert result.return_value == 1
    assert "'없는 영화' is no title of the catalogue; --title-of x:1=ID says which" in result.output
    named = _import(home, unknown, options=["--title-of", "x:1=other-film", "--json"])
    assert [item["title"] for item in json.loads(named.output)["licences"]] == ["other-film"]
    by_name = replace(GOOD, title_id="", alid="x:1", content_id="x:1", display_title="", title="Thaw")
    assert _import(home, by_name).output.startswith("thaw: ")
    with pytest.raises(UsageError, match="gone"):
        _import(home, GOOD, options=["--title-of", "x=gone"])


@pytest.mark.parametrize("options", [["--right", "VOD"], ["--right", "VOD=vhs"], ["--zone", "Mars/Base"]])
def test_options_that_mean_nothing_are_refused(home, options):
    with pytest.raises(UsageError):
        _import(home, GOOD, options=options)


def _read(choice=None, **change):
    return read_rows([replace(GOOD, **change)], choice or Choice(), "in.xml")


REFUSED = {
    "takes a licence away": {"entry_type": "Full Delete"},
    "is Revoked": {"title_status": "Revoked"},
    "Delete takes a licence away": {"entry_type": "delete"},
    "is Expired": {"title_status": "EXPIRED"},
    "is DO_NOT_SELL": {"rights_description": "Do_Not_Sell"},
    "does not say to whom": {"licensee": ""},
    "does not name its contract": {"contract_id": ""},
    "ends P30D after each start": {"window_duration": "P30D"},
    "is a pre-order": {"license_type": "POEST"},
    "is no media right of ours": {"license_type": "Library"},
    "EST may mean dto, est": SOLD,
    "its start is Immediate": {"start": When(condition="Immediate")},
    "its end is TBD": {"end": When(condition="TBD")},
    "in several territories": {"start": When(condition="Theatrical")},
    "whole days, months or years": {"start": When(condition="Theatrical", lag="-P7D"), "territories": ("JP",)},
    "allows languages and holds others back": {"allowed": (LanguageUse("ko"),), "holdback": (LanguageUse("en"),)},
    "as sound or as subtitles alone": {"holdback": (LanguageUse("en", "audio"),)},
    "has bare dates; --zone": {"territories": ("ZZ",), "start": When(date(2027, 1, 1))},
    "does not exist in Africa/Cairo": {
        "territories": ("EG",),
        "start": When(date(2027, 4, 30)),
        "end": When(condition="Open"),
    },
}


@pytest.mark.parametrize(("wrong", "change"), REFUSED.items())
def test_what_a_licence_cannot_say_exactly_is_refused(wrong, change):
    read, faults = _read(**change)
    assert read == ()
    assert wrong in str(faults[0])


def test_what_a_row_says_of_itself_is_held_against_the_options():
    signed = Choice(signed=date(2026, 11, 1))
    assert "is Pending, which is not signed" in str(_read(signed, title_status="Pending")[1][0])
    assert _read(signed, title_status="Approved")[1] == _read(title_status="Pending")[1] == ()
    own = {"instructions": outgoing.END_READING}
    assert "end is without the right" in str(_read(Choice(is_end_inside=True), **own)[1][0])
    assert _read(**own)[0][0].doubts == ()


UNSAID = {
    "LocalizationType, 'sub'": {"localization": "sub"},
    "ExclusiveAttributes, 'rivals'": {"exclusive_attributes": "rivals"},
    "BrandingRights, 'TRUE'": {"branding": True},
    "Download, 'No'": {"download": "No"},
    "RentalDuration, '48'": {"rental": "PT48H"},
    "OtherInstructions, 'a b": {"instructions": "a " + "b" * 100},
    "OtherTerms, 'no TV sets'": {"other": (("OtherTerms", "no TV sets"), ("Director", "nobody"))},
    "Term Campaign, 'x'": {"other": (("Term Campaign", "x"),)},
    "AssetLanguage, ja:sub, does not say": {"asset_languages": (LanguageUse("ja", "subtitle"),)},
}


@pytest.mark.parametrize(("doubt", "change"), UNSAID.items())
def test_what_a_licence_has_no_words_for_is_told(doubt, change):
    (read,), faults = _read(instructions="") if "instructions" not in change else _read()
    assert faults == ()
    plain = len(read.doubts)
    (read,), _ = _read(**change)
    assert len(read.doubts) == plain + 1
    assert any(doubt in item.what for item in read.doubts)
    assert all(len(item.what) < 140 for item in read.doubts)


def test_where_a_grant_is_for_is_said_in_few_words(home):
    everywhere = replace(GOOD, territories=tuple(sorted(code for code in territory.atoms() if len(code) == 2)))
    assert "svod in worldwide, " in _import(home, everywhere).output
    assert "svod in worldwide except KR, " in _import(home, replace(everywhere, excluded=("KR",))).output
    wrong = _import(home, replace(GOOD, territories=("KR", "XX")))
    assert wrong.return_value == 1
    assert "XX" in wrong.output


def test_a_price_is_kept_and_those_of_formats_are_told(home):
    sold = replace(GOOD, **SOLD)
    won = replace(sold, territories=("KR",), price_value="9900", currency="KRW", avail_id="a")
    yen = replace(won, territories=("JP",), price_value="1200", currency="JPY", avail_id="b")
    cheap = replace(yen, format_profile="SD", price_value="800", avail_id="c")
    told = json.loads(_import(home, won, yen, cheap, options=["--right", "EST=est", "--json"]).output)
    [doubt] = [doubt for doubt in told["doubts"] if "no price" in doubt["read_as"]]
    assert doubt["what"] == f"{yen.price_type} 1200 JPY and {yen.price_type} 800 JPY"
    assert doubt["place"].count("row") == len(told["licences"][0]["grants"][1]["prices"]) == 2
    result = _import(home, won, yen, cheap, options=["--write", "--right", "EST=est", "--signed", "2026-11-01"])
    assert result.return_value == 0, result.output
    assert f"{won.price_type} 9900 KRW" in result.output
    assert f"{yen.price_type} 1200 JPY and {yen.price_type} 800 JPY: read as no price" in result.output
    first, second = open_catalogue(home).title("thaw").rights.licences[0].grants
    assert [(price.value, price.currency) for price in first.prices] == [("9900", "KRW")]
    assert second.prices == ()
    dearer = replace(won, price_value="9901")
    again = _import(home, dearer, yen, cheap, options=["--right", "EST=est"])
    assert "grant avails-1-1: prices is currency: KRW, type: " in again.output


def test_a_second_import_knows_a_party_however_it_is_written(home):
    korean = replace(GOOD, licensee="넷플릭스 코리아", contract_id="Deal 7")
    assert _import(home, korean, options=["--write"]).return_value == 0
    spelt = replace(korean, licensee=unicodedata.normalize("NFD", "넷플릭스  코리아"), contract_id="DEAL 7")
    again = _import(home, spelt)
    assert again.return_value == 1
    assert "already, and the same grants" in again.output


def test_a_row_is_no_title_of_which_it_has_only_the_name(home):
    trailer = replace(GOOD, work_type="Promotion", title_id="", alid="x:1", content_id="x:1")
    result = _import(home, trailer, options=["--title-of", f"{trailer.title}=thaw"])
    assert result.return_value == 1
    assert "is a Promotion, and need not be the title; --title-of x:1=ID says which" in result.output
    assert _import(home, trailer, options=["--title-of", "x:1=thaw"]).return_value == 0
    mixed = replace(GOOD, title="Other", display_title="", release_year="")
    result = _import(home, mixed)
    assert result.return_value == 1
    assert "'Other' has the EIDR of thaw and the name of other-film" in result.output


def test_dates_are_read_in_each_territory_or_in_the_zone_that_is_declared():
    bare = {"territories": ("KR", "US"), "start": When(date(2027, 1, 1)), "end": When(date(2027, 1, 31))}
    (read,), _ = _read(**bare)
    assert [(item.territories, item.start.at.isoformat()) for item in read.offered] == [
        (("US",), "2027-01-01T00:00:00-05:00"), (("KR",), "2027-01-01T00:00:00+09:00")
    ]  # fmt: skip
    (read,), _ = _read(Choice(zone="UTC", is_end_inside=True), **bare)
    assert [(item.territories, item.end.at.isoformat()) for item in read.offered] == [
        (("KR", "US"), "2027-02-01T00:00:00+00:00")
    ]
    last_second = When(datetime(2027, 1, 31, 23, 59, 59, tzinfo=UTC))
    (read,), _ = _read(Choice(is_end_inside=True), end=last_second)
    assert read.offered[0].end.at == last_second.at + timedelta(seconds=1)


@pytest.mark.parametrize("end", [date(9999, 12, 31), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)])
def test_the_last_day_of_all_is_open_with_a_doubt(end):
    (read,), faults = _read(Choice(is_end_inside=True), end=When(end))
    assert (read.offered[0].end.at, faults) == (None, ())
    assert [doubt.read_as for doubt in read.doubts] == ["open"]
    assert "outside of the calendar" in str(_read(start=When(date(1, 1, 1)))[1][0])


def test_a_release_and_an_open_end_are_kept_as_they_are():
    start = When(condition="Theatrical", lag="P90D")
    (read,), _ = _read(territories=("JP",), start=start, end=When(condition="Open"))
    assert read.offered[0].start.after == (("after", "theatrical"), ("in", "JP"), ("days", 90))
    assert read.offered[0].end.at is None


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        (Languages(), ((), ())),
        (Languages(*[Tags(None, frozenset({"ja"}))] * 3), ((), (LanguageUse("ja"),))),
        (Languages(*[Tags(frozenset({"ko", "en"}))] * 3), ((LanguageUse("en"), LanguageUse("ko")), ())),
        (
            Languages(Tags(frozenset({"ko"})), *[Tags(frozenset({"en"}))] * 2),
            ((LanguageUse("en", "subtitle"), LanguageUse("ko", "audio")), ()),
        ),
    ],
)
def test_languages_are_the_same_both_ways(languages, said):
    assert uses_of(languages) == said
    row = replace(GOOD, allowed=said[0], holdback=said[1])
    assert dict(languages_of(row)).keys() <= {"dubbed", "subtitled", "captioned", "excluding"}


@pytest.mark.parametrize(
    "languages",
    [
        Languages(ALL, ALL, NONE),
        Languages(ALL, NONE, NONE),
        Languages(*[Tags(frozenset({"pt"}), frozenset({"pt-BR"}))] * 3),
        Languages(Tags(None, frozenset({"ja"})), ALL, ALL),
        Languages(NONE, NONE, NONE),
    ],
)
def test_languages_that_avails_cannot_say_are_refused(languages):
    with pytest.raises(ValueError, match=r"grants|excludes"):
        uses_of(languages)


START, END = seconds(datetime(2027, 1, 1, tzinfo=UTC)), seconds(datetime(2028, 1, 1, tzinfo=UTC))
OFFER = outgoing.Offer("봄 배급", "bom", ("HD", "SD"))


def _deal(status=Status.SIGNED, holdbacks=(), runs=None, **scope):
    term = scope.pop("term", Term(START, END, "Asia/Seoul"))
    whole = {"rights": frozenset({"svod"}), "territories": frozenset({"KR"}), "languages": Languages()} | scope
    grant = Grant("l-1-svod", "l-1", Scope(**whole, term=term), True, Source("C-1"), runs)
    return Deal("l-1", Side.LICENCE, "Stream KK", status, (grant,), holdbacks)


def test_a_licence_becomes_valid_rows_with_instants_and_its_reading(home, tmp_path):
    title = open_catalogue(home).title("thaw")
    made = outgoing.rows_of(title, [_deal()], OFFER)
    assert (made.refused, semantics.check(made.rows)) == ((), ())
    row = made.rows[0]
    assert (row.alid, row.title_id) == (GOOD.alid, EIDR)
    assert (row.start.at.isoformat(), row.end.at.isoformat()) == (
        "2027-01-01T09:00:00+09:00",
        "2028-01-01T09:00:00+09:00",
    )
    assert "End is the first instant without the right" in row.instructions
    assert write_sheet(tmp_path / "out.xlsx", made.rows, remark=outgoing.END_READING) == ()
    assert write_xml(tmp_path / "out.xml", made.rows, remark=outgoing.END_READING) == ()
    (read, _), faults = read_rows(made.rows, Choice(), "out.xlsx")
    assert (faults, read.offered[0].rights) == ((), ("svod",))


def _priced(*prices, rights=("est",), territories=("KR", "JP", "US")):
    scope = {"rights": frozenset(rights), "territories": frozenset(territories)}
    deal = _deal(**scope)
    return replace(deal, grants=(replace(deal.grants[0], prices=prices),))


def test_a_price_of_the_deal_is_that_of_its_rows(home):
    won = Price("WSP", "9900", "KRW", frozenset({"est"}), frozenset({"KR"}))
    yen = Price("WSP", "1500", "JPY", frozenset({"est"}), frozenset({"JP"}))
    offer = replace(OFFER, formats=("HD",))
    title = open_catalogue(home).title("thaw")
    made = outgoing.rows_of(title, [_priced(won, yen, rights=("est", "svod"))], offer)
    assert [(row.license_type, row.territories, row.price_value, row.currency) for row in made.rows] == [
        ("EST", ("KR",), "9900", "KRW"),
        ("EST", ("JP",), "1500", "JPY"),
        ("SVOD", ("JP", "KR", "US"), "", ""),
    ]
    assert made.refused == ("thaw: grant l-1-svod, est: EST is offered for a price, and none is given in US",)
    assert semantics.check(made.rows) == ()


def test_one_licence_type_of_two_rights_has_one_price_or_is_refused(home):
    both = frozenset({"KR", "JP"})
    est = Price("WSP", "9900", "KRW", frozenset({"est"}), both)
    dto = Price("WSP", "8800", "KRW", frozenset({"dto"}), frozenset({"KR"}))
    same = replace(est, rights=frozenset({"dto"}), territories=frozenset({"JP"}))
    offer = replace(OFFER, formats=("HD",))
    deal = _priced(est, dto, same, rights=("est", "dto"), territories=("KR", "JP"))
    made = outgoing.rows_of(open_catalogue(home).title("thaw"), [deal], offer)
    assert [(row.territories, row.price_value) for row in made.rows] == [(("JP",), "9900")]
    wrong = "all of them are EST, and they have other prices in KR; one price for all"
    assert made.refused == (f"thaw: grant l-1-svod, dto, est: {wrong}",)


@pytest.mark.parametrize(
    ("kind", "value", "currency", "wrong"),
    [
        ("Preis", "1", "USD", "'Preis' is no type of price; Tier, SRP"),
        ("WSP", "1,00", "USD", "'1,00' is no amount"),
        ("WSP", "1", "", "is missing; an amount has its currency"),
        ("WSP", "1", "AAA", "'AAA' is no currency"),
        ("WSP", "1.50", "KRW", "it has no smaller unit"),
    ],
)
def test_a_price_that_avails_do_not_know_is_refused(home, kind, value, currency, wrong):
    price = Price(kind, value, currency, frozenset({"est"}), frozenset({"KR"}))
    made = outgoing.rows_of(open_catalogue(home).title("thaw"), [_priced(price, territories=("KR",))], OFFER)
    assert made.rows == ()
    assert wrong in made.refused[0]


@pytest.mark.parametrize(
    ("deal", "wrong"),
    [
        (_deal(status=Status.PENDING), "is pending"),
        (_deal(rights=frozenset({"avod"})), "VOD paid by advertising"),
        (_deal(rights=frozenset({"educational"})), "no licence type for teaching"),
        (_deal(rights=frozenset({"est"})), "is offered for a price"),
        (_deal(runs=3), "is limited to 3 runs"),
        (_deal(territories=frozenset({"CA"})), "sets CA-QC apart"),
        (_deal(territories=frozenset({"CA-QC"})), "sets CA-QC apart"),
        (_deal(term=Term(None, END, unknown=("theatrical release in JP",))), "is not known yet"),
        (_deal(languages=Languages(ALL, NONE, NONE)), "grants all languages"),
    ],
)
def test_what_avails_cannot_say_is_refused_by_name(home, deal, wrong):
    made = outgoing.rows_of(open_catalogue(home).title("thaw"), [deal], OFFER)
    assert made.rows == ()
    assert wrong in made.refused[0]


def test_a_holdback_is_said_and_the_rest_is_offered(home):
    held = Holdback("h-1", "l-1", _deal().grants[0].scope, Source())
    made = outgoing.rows_of(open_catalogue(home).title("thaw"), [_deal(holdbacks=(held,))], OFFER)
    assert len(made.rows) == 2
    assert "holdback h-1 of l-1: Avails hold back languages only" in made.refused[0]


def test_sold_rights_parts_and_open_ends_are_said_where_they_can_be(home):
    offer = replace(OFFER, price_type="WSP", price_value="9900", currency="KRW", parts=True, formats=("HD",))
    deal = _deal(
        rights=frozenset({"est", "dto"}), territories=frozenset({"CA"}), term=Term(START, OPEN, "America/Toronto")
    )
    made = outgoing.rows_of(open_catalogue(home).title("other-film"), [deal], offer)
    assert (made.refused, semantics.check(made.rows)) == ((), ())
    assert [(row.license_type, row.territories, row.excluded, row.end.condition) for row in made.rows] == [
        ("EST", ("CA",), ("CA-QC",), "Open")
    ]
    assert made.rows[0].alid == "md:alid:org:bom:other-film"


@pytest.mark.parametrize(
    ("last", "end"),
    [
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),  # the clocks go forward on that day
        (date(2027, 10, 31), datetime(2027, 10, 31, 23, tzinfo=UTC)),  # and back on this one
        (date(2027, 12, 31), datetime(2027, 12, 31, 23, tzinfo=UTC)),
    ],
)
def test_a_last_day_ends_at_midnight_whatever_the_clocks_do_on_it(last, end):
    row = replace(GOOD, start=When(date(2027, 1, 1)), end=When(last), territories=("DE",))
    (read,), faults = read_rows([row], Choice(zone="Europe/Berlin", is_end_inside=True), "in.xlsx")
    assert (faults, seconds(read.offered[0].end.at)) == ((), seconds(end))

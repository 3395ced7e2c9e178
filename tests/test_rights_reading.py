"""rights.toml: what is read, and every fault with its line."""

import tomllib
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import manifest, territory
from assets.errors import InputError
from assets.metadata import Release
from assets.rights import tree
from assets.rights.delivery_windows import windows_of
from assets.rights.languages import ALL, ALL_LANGUAGES, NONE, Carrier, Languages, Tags, same_for_all
from assets.rights.model import Price, Side, Source, Status, TitleRights
from assets.rights.reading import About, open_rights, read_rights
from assets.rights.spans import BEGINNING, OPEN, Span, seconds

HEAD = 'zone = "Asia/Seoul"\n'
RELEASES = (
    Release("KR", date(2026, 5, 1)),
    Release("EU", date(2026, 6, 1)),
    Release("JP", date(2026, 10, 3), "festival"),
    Release("US", date(2026, 7, 1)),
    Release("NORTH-AMERICA", date(2026, 7, 4)),
)


def scope(key="licences.grants", **changes: str | None) -> str:
    facts = {
        "id": '"g"',
        "rights": '["svod"]',
        "territories": '["KR"]',
        "start": "2026-01-01",
        "end": "2027-01-01",
        "languages": '"all"',
    } | changes
    return f"[[{key}]]\n" + "".join(f"{name} = {value}\n" for name, value in facts.items() if value is not None)


def licence(*parts: str, **changes: str | None) -> str:
    facts = {"id": '"l"', "to": '"A buyer"', "contract": '"C-1"', "status": '"signed"'} | changes
    head = "[[licences]]\n" + "".join(f"{name} = {value}\n" for name, value in facts.items() if value is not None)
    return head + "".join(parts or (scope(),))


def mandate(name: str, under: str = "", grant: str = "") -> str:
    rest = f'under = "{under}"\n' if under else ""
    return f'[[mandates]]\nid = "{name}"\nfrom = "A producer"\ncontract = "M"\nstatus = "signed"\n{rest}' + scope(
        "mandates.grants", id=f'"{grant or name}-grant"'
    )


def read(tmp_path, text: str, windows: tuple[str, ...] = ()) -> TitleRights:
    (tmp_path / "rights.toml").write_text(text, encoding="utf-8")
    file = open_rights(tmp_path, tmp_path, "titles/film/rights.toml")
    assert file is not None
    return read_rights(file, About("film", RELEASES, windows))


def only_grant(rights: TitleRights):
    (deal,) = rights.deals
    (grant,) = deal.grants
    return grant


def at(*parts: int) -> int:
    return seconds(datetime(*parts, tzinfo=UTC))


def test_a_file_with_everything(tmp_path):
    text = HEAD + mandate("owner") + mandate("agent", under="owner")
    text += licence(
        scope(
            rights='["vod-streaming", "est"]',
            territories='["worldwide"]',
            excluding='["KR", "CA-QC"]',
            start="2026-01-01T12:00:00+09:00",
            end=None,
            through="2026-12-31",
            languages='{ dubbed = ["en"], subtitled = "all", excluding = ["fr"] }',
            exclusive="true",
            runs="3",
            runs_used="1",
            announce="2025-12-01",
            suppress_until="2025-12-24T00:00:00Z",
            clause='"4.2"',
        ),
        scope("licences.holdbacks", id='"h"', rights='["freetv"]', languages=None),
        clause='"4"',
        signed="2025-11-01",
    )
    rights = read(tmp_path, text)
    assert [(deal.id, deal.side, deal.under) for deal in rights.deals] == [
        ("owner", Side.MANDATE, ""),
        ("agent", Side.MANDATE, "owner"),
        ("l", Side.LICENCE, ""),
    ]
    (deal,) = rights.licences
    (grant,) = deal.grants
    (holdback,) = deal.holdbacks
    assert (deal.party, deal.status, deal.binds) == ("A buyer", Status.SIGNED, True)
    assert deal.source == Source("C-1", "4", "titles/film/rights.toml:27")
    assert grant.scope.rights == {"avod", "fvod", "svod", "est"}
    assert grant.scope.territories == territory.atoms() - {"KR", "CA-QC"}
    assert grant.scope.named == "worldwide except KR, CA-QC"
    assert grant.scope.term.certain == Span(at(2026, 1, 1, 3), at(2026, 12, 31, 15))
    assert grant.scope.term.zone == "Asia/Seoul"
    assert grant.scope.term.said == "2026-01-01 12:00:00+09:00 through 2026-12-31"
    fr = frozenset({"fr"})
    assert grant.scope.languages == Languages(Tags(frozenset({"en"}), fr), Tags(None, fr), NONE)
    assert grant.exclusive
    assert (grant.runs, grant.runs_used, grant.is_used_up) == (3, 1, False)
    assert (grant.announce, grant.suppress_until) == (at(2025, 11, 30, 15), at(2025, 12, 24))
    assert grant.source == Source("C-1", "4.2", "titles/film/rights.toml:34")
    assert holdback.scope.languages == ALL_LANGUAGES
    assert holdback.source == Source("C-1", "4", "titles/film/rights.toml:48")
    assert rights.doubts == ()


@pytest.mark.parametrize(
    ("changes", "line", "key", "said"),
    [
        ({"rights": '["inflight"]'}, 9, "rights[0]", "'inflight' is no media right; write airlines"),
        ({"rights": '["cassette"]'}, 9, "rights[0]", "'cassette' is no media right; all-rights, educational"),
        ({"rights": "[]"}, 9, "rights", "[] is not allowed; list should have at least 1 item"),
        ({"territories": '["UK"]'}, 10, "territories[0]", "'UK' is not an assigned territory; write GB"),
        ({"territories": '["QQ"]'}, 10, "territories[0]", "'QQ' is not a territory; ISO 3166-1"),
        ({"excluding": '["worldwide"]'}, 14, "excluding", "excludes every territory; at least one"),
        ({"start": '"2026-01-01"'}, 11, "start", "'2026-01-01' is no date; 2026-12-01, or"),
        ({"start": "1700-01-01"}, 11, "start", "the year 1700 is out of range; 1888 to 9998"),
        ({"start": "2026-01-01T00:00:00.5Z"}, 11, "start", "2026-01-01T00:00:00.500000+00:00 is between two seconds"),
        ({"start": None}, 7, "start", "missing; this key is required"),
        ({"end": None}, 7, "end", "missing; the first instant without the right, or through"),
        ({"through": "2026-12-31"}, 14, "through", "is given beside end; one of them"),
        ({"end": "2026-01-01"}, 12, "end", "ends at 2025-12-31T15:00:00Z; later than its start, 2025-12-31T15:00:00Z"),
        ({"end": None, "through": "2025-12-31"}, 13, "through", "ends at 2025-12-31T15:00:00Z; later than its start"),
        ({"end": None, "through": "2026-12-31T00:00:00"}, 13, "through", "2026-12-31 00:00:00 is no day; the last day"),
        ({"end": None, "through": '"open"'}, 13, "through", "open is no day; the last day"),
        ({"zone": '"Seoul"'}, 14, "zone", "'Seoul' is no time zone; an IANA name"),
        ({"languages": None}, 7, "languages", "missing; this key is required"),
        ({"languages": "[]"}, 13, "languages", "[] names no languages"),
        ({"languages": '["jp"]'}, 13, "languages", "'jp' is no language; ja is Japanese"),
        ({"languages": "{}"}, 13, "languages", "an empty table names no languages"),
        ({"languages": '{ spoken = ["ko"] }'}, 13, "languages.spoken", "unknown key; known: dubbed, subtitled"),
        ({"languages": '{ dubbed = ["xq-q"] }'}, 13, "languages.dubbed", "'xq-q' is no language; a BCP-47 tag"),
        ({"languages": '{ excluding = "all" }'}, 13, "languages.excluding", "excludes every language; a list of some"),
        (
            {"languages": '{ dubbed = ["pt-BR"], excluding = ["pt"] }'},
            13,
            "languages.excluding",
            "excludes every language; at least one must be left",
        ),
        ({"runs": "0"}, 14, "runs", "0 is not allowed"),
        ({"runs_used": "2"}, 14, "runs_used", "2 of no number of runs; runs beside it"),
        ({"exclusive": '"yes"'}, 14, "exclusive", "'yes' is not allowed"),
        ({"exclusiv": "true"}, 14, "exclusiv", "unknown key; known: id, rights, territories"),
        ({"id": '"A b"'}, 8, "id", "'A b' is no id; lower-case"),
        ({"start": "{ days = 3 }"}, 11, "start.after", "missing; start, or a kind of release: festival"),
        ({"start": '{ after = "start" }'}, 11, "start.after", "a start is not counted from itself"),
        ({"start": '{ after = "cinema" }'}, 11, "start.after", "'cinema' is nothing to count from; start, or"),
        ({"start": '{ after = "theatrical" }'}, 11, "start.in", "missing; the territory of the release"),
        ({"start": '{ after = "theatrical", in = "jp" }'}, 11, "start.in", "territories are upper-case: JP"),
        ({"end": '{ after = "start", in = "JP" }'}, 12, "end.in", "the start has no territory"),
        ({"end": '{ after = "start", days = 1.5 }'}, 12, "end.days", "1.5 is not allowed; a whole number"),
        ({"end": '{ after = "start", weeks = 2 }'}, 12, "end.weeks", "unknown key; known: after, in, years"),
        ({"end": '{ after = "start", days = -1 }'}, 12, "end", "ends at 2025-12-30T15:00:00Z; later than its start"),
        ({"end": '{ after = "start", years = 9000 }'}, 12, "end", "9000 years after 2026-01-01 is in the year 11026"),
    ],
)
def test_what_is_wrong_with_a_grant_is_said_with_its_line(tmp_path, changes, line, key, said):
    with pytest.raises(InputError) as error:
        read(tmp_path, HEAD + licence(scope(**changes)))
    (fault,) = error.value.faults
    assert str(fault).startswith(f"titles/film/rights.toml: line {line}: licences[0].grants[0].{key}: ")
    assert said in str(fault)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            licence(status='"ended"'),
            "line 1: licences[0].ended_on: missing; the first day without a deal that has ended",
        ),
        (licence(ended_on="2026-05-01"), "line 6: licences[0].ended_on: is given for a deal that is signed; status"),
        (licence(status='"sold"'), "line 5: licences[0].status: 'sold' is not allowed"),
        (licence("\n"), "line 1: licences[0].grants: missing; a deal grants something"),
        (licence(to=None), "line 1: licences[0].to: missing"),
        (licence(under='"x"'), "line 6: licences[0].under: unknown key; known: id, contract"),
        (licence(contract='""'), "line 4: licences[0].contract: '' is not allowed"),
        (licence() + licence(scope(id='"g2"')), "line 14: licences[1].id: 'l' is used twice; each id once"),
        (licence(scope(), scope("licences.holdbacks")), "line 14: licences[0].holdbacks[0].id: 'g' is used twice"),
        (mandate("a", under="b"), "line 6: mandates[0].under: there is no mandate 'b'; a"),
        (mandate("a", under="a"), "line 6: mandates[0].under: 'a' rests on itself; a mandate that was before it"),
        ("[[licences\n", "line 1, column 11: not TOML"),
        ("zone = 3\n", "line 1: zone: 3 is not allowed"),
        ("[[deals]]\n", "deals: unknown key; known: zone, mandates, licences"),
    ],
)
def test_what_is_wrong_with_a_deal_is_said_with_its_line(tmp_path, text, said):
    with pytest.raises(InputError) as error:
        read(tmp_path, text.replace("2026-01-01", "2026-01-01T00:00:00Z").replace("2027-01-01", "2027-01-01T00:00:00Z"))
    assert f"titles/film/rights.toml: {said}" in str(error.value)


def test_every_fault_at_once_in_the_order_of_the_lines(tmp_path):
    text = mandate("a", under="b") + mandate("b", under="a") + licence(scope(announce="2025-01-01"))
    with pytest.raises(InputError) as error:
        read(tmp_path, text, windows=("g",))
    assert [str(fault).removeprefix("titles/film/rights.toml: ") for fault in error.value.faults] == [
        "line 6: mandates[0].under: 'a' rests on itself; a mandate that was before it",
        "line 7: mandates[0].grants[0].zone: missing; the zone of dates, here, in the deal or at the head of the file",
        "line 19: mandates[1].under: 'b' rests on itself; a mandate that was before it",
        "line 20: mandates[1].grants[0].zone: missing; the zone of dates, here, in the deal or at the head of the file",
        "line 32: licences[0].grants[0].zone: missing; the zone of dates, here, in the deal or at the head of the file",
        "line 33: licences[0].grants[0].id: 'g' is used twice; each id once",
    ]


def test_dates_with_offsets_need_no_zone_and_the_nearest_zone_counts(tmp_path):
    utc = read(tmp_path, licence(scope(start="2026-01-01T00:00:00Z", end='"open"')))
    assert only_grant(utc).scope.term.certain == Span(at(2026, 1, 1), OPEN)
    nearest = licence(scope(zone='"Asia/Kolkata"'), zone='"Asia/Tokyo"')
    assert only_grant(read(tmp_path, HEAD + nearest)).scope.term.zone == "Asia/Kolkata"
    assert only_grant(read(tmp_path, HEAD + licence(zone='"Asia/Tokyo"'))).scope.term.zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("changes", "span", "unknown"),
    [
        ({"start": '{ after = "theatrical", in = "KR", days = 90 }'}, (at(2026, 7, 29, 15), at(2026, 12, 31, 15)), ()),
        (
            {"start": '{ after = "theatrical", in = "DE", months = 6 }'},
            (at(2026, 11, 30, 15), at(2026, 12, 31, 15)),
            (),
        ),
        ({"start": '{ after = "festival", in = "JP" }'}, (at(2026, 10, 2, 15), at(2026, 12, 31, 15)), ()),
        ({"end": '{ after = "start", years = 7 }'}, (at(2025, 12, 31, 15), at(2032, 12, 31, 15)), ()),
        (
            {"end": None, "through": '{ after = "start", years = 7, days = -1 }'},
            (at(2025, 12, 31, 15), at(2032, 12, 31, 15)),
            (),
        ),
        ({"start": '{ after = "theatrical", in = "JP" }'}, (0, 0), ("theatrical release in JP",)),
        ({"start": '{ after = "home-video", in = "KR" }'}, (0, 0), ("home-video release in KR",)),
        (
            {"start": '{ after = "theatrical", in = "JP" }', "end": '{ after = "start", years = 1 }'},
            (0, 0),
            ("theatrical release in JP",),
        ),
    ],
)
def test_windows_after_a_release_are_counted_in_the_zone(tmp_path, changes, span, unknown):
    term = only_grant(read(tmp_path, HEAD + licence(scope(**changes)))).scope.term
    assert term.certain == Span(*span)
    assert term.unknown == unknown


def test_a_date_that_nobody_knows_yet_may_be_any(tmp_path):
    changes = {"start": '{ after = "theatrical", in = "JP", days = 90 }'}
    term = only_grant(read(tmp_path, HEAD + licence(scope(**changes)))).scope.term
    assert term.possible == Span(BEGINNING, at(2026, 12, 31, 15))
    assert term.said == "90 days after the theatrical release in JP to 2027-01-01"


@pytest.mark.parametrize(
    ("changes", "what", "read_as"),
    [
        ({"end": "9999-12-31"}, "9999-12-31 is no date that a right ends on", "as open"),
        ({"end": None, "through": "9999-12-31"}, "9999-12-31 is no date that a right ends on", "as open"),
        (
            {"start": "2018-11-04", "zone": '"America/Sao_Paulo"'},
            "2018-11-04 00:00 in America/Sao_Paulo does not exist, because the clocks go forward",
            "as 2018-11-04T03:00:00Z",
        ),
        (
            {"territories": '["US"]'},
            "Asia/Seoul is none of the zones of US",
            "dates as those of Asia/Seoul",
        ),
        (
            {"territories": '["EU"]'},
            "the members of EU have changed, and the deal has no day of signature",
            "as taking from others what was ever in it",
        ),
        ({"territories": '["AN"]'}, "AN is no longer assigned", "as BQ, CW, SX"),
        ({"languages": '["se"]'}, "'se' is a language, too: sv is Swedish", "as the language"),
        (
            {"start": '{ after = "theatrical", in = "US" }'},
            "there are several dates of the theatrical release in US: 2026-07-01, 2026-07-04",
            "counted from 2026-07-01",
        ),
        (
            {"end": '{ after = "festival", in = "JP", months = 5, days = -3 }', "start": "2026-10-03"},
            "",
            "",
        ),
        (
            {"start": "2028-02-29", "end": '{ after = "start", years = 1 }'},
            "the month 1 year after 2028-02-29 has no day 29",
            "as 2029-02-28",
        ),
    ],
)
def test_what_can_be_read_in_two_ways_is_told(tmp_path, changes, what, read_as):
    doubts = read(tmp_path, HEAD + licence(scope(**changes))).doubts
    if not what:
        assert not doubts
        return
    (doubt,) = doubts
    assert doubt.what.startswith(what)
    assert doubt.read_as == read_as
    assert doubt.place == "titles/film/rights.toml:7"


@pytest.mark.parametrize(
    ("changes", "signed", "said"),
    [
        (
            {"territories": '["KR", "DD"]'},
            "1989-05-01",
            r"territories\[1\]: 'DD' stood for a part of what is DE now; DE",
        ),
        ({"excluding": '["YD"]'}, None, r"excluding\[0\]: 'YD' stood for a part of what is YE now; YE, if all of it"),
        ({"territories": '["CS"]'}, None, "Czechoslovakia, then Serbia and Montenegro, .*; CZ, SK or ME, RS"),
        ({"territories": '["CS"]'}, "1999-05-01", "no day of signature says for which"),
        ({"territories": '["CS"]'}, "2026-05-01", "no day of signature says for which"),
        ({"territories": '["YU"]'}, "2003-07-23", "no day of signature says for which"),
    ],
)
def test_a_former_code_that_may_be_less_than_its_successors_is_refused(tmp_path, changes, signed, said):
    text = HEAD + licence(scope(**changes))
    if signed:
        text = text.replace('status = "signed"', f'status = "signed"\nsigned = {signed}')
    with pytest.raises(InputError, match=said):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("changes", "gives", "takes", "neither"),
    [
        ({"territories": '["EU"]'}, "HR", "GB", "CH"),
        ({"territories": '["worldwide"]', "excluding": '["EU"]'}, "KR", "GB", "HR"),
        ({"territories": '["CIS", "KR"]'}, "KR", "UA", "JP"),
    ],
)
def test_an_undated_deal_gives_what_is_certain_and_takes_what_a_group_ever_was(
    tmp_path, changes, gives, takes, neither
):
    where = only_grant(read(tmp_path, HEAD + licence(scope(**changes)))).scope
    assert gives in where.territories
    assert takes in where.perhaps
    assert not where.perhaps & where.territories
    assert neither not in where.perhaps | where.territories
    dated = licence(scope(**changes), signed="2026-01-01")
    assert not only_grant(read(tmp_path, HEAD + dated)).scope.perhaps
    pending = read(tmp_path, HEAD + licence(scope(**changes), status='"pending"'))
    assert not only_grant(pending).scope.perhaps
    assert {doubt.read_as for doubt in pending.doubts} == {"as it is now"}


@pytest.mark.parametrize("names", ['["DE", "DD"]', '["worldwide", "CS"]', '["CZ", "SK", "RS", "ME", "CS"]'])
def test_a_former_code_is_clear_where_all_that_it_may_mean_is_named(tmp_path, names):
    assert only_grant(read(tmp_path, HEAD + licence(scope(territories=names)))).scope.territories


def test_a_price_may_be_for_a_former_code_that_is_granted(tmp_path):
    priced = scope(rights='["est"]', territories='["AN"]')
    price = '[[licences.grants.prices]]\ntype = "WSP"\nvalue = "5"\ncurrency = "EUR"\nterritories = ["AN"]\n'
    (found,) = only_grant(read(tmp_path, HEAD + licence(priced) + "\n" + price)).prices
    assert found.territories == {"BQ", "CW", "SX"}


@pytest.mark.parametrize(
    ("names", "signed", "inside", "named"),
    [
        ('["EU"]', "2019-05-01", {"GB", "GB-NIR", "HR"}, "EU as of 2019-05-01"),
        ('["eu"]', "2020-02-01", {"HR"}, "eu as of 2020-02-01"),
        ('["CS"]', "1990-05-01", {"CZ", "SK"}, "CS"),
        ('["YU", "AN"]', "2001-05-01", {"RS", "ME", "BQ", "CW", "SX"}, "YU, AN"),
        ('["CA"]', None, {"CA", "CA-QC"}, "CA"),
        ('["CA-QC", "FR"]', None, {"CA-QC", "FR"}, "CA-QC, FR"),
    ],
)
def test_territories_are_those_of_the_day_of_signature(tmp_path, names, signed, inside, named):
    found = only_grant(read(tmp_path, HEAD + licence(scope(territories=names), signed=signed))).scope
    assert inside <= found.territories
    assert ("GB" in found.territories) == ("GB" in inside)
    assert found.named == named


@pytest.mark.parametrize(
    ("written", "languages"),
    [
        ('"all"', ALL_LANGUAGES),
        ('["ko", "pt-BR"]', same_for_all({"ko", "pt-BR"})),
        ('{ subtitled = ["ja"] }', Languages(NONE, Tags(frozenset({"ja"})), NONE)),
        ('{ captioned = "all" }', Languages(NONE, NONE, ALL)),
        ('{ excluding = ["ko"] }', Languages(*[Tags(None, frozenset({"ko"}))] * 3)),
    ],
)
def test_languages(tmp_path, written, languages):
    assert only_grant(read(tmp_path, HEAD + licence(scope(languages=written)))).scope.languages == languages


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_party_has_one_name_in_any_normalization_form(tmp_path, form):
    name = unicodedata.normalize(form, "배급사 ベルリン Ä")
    (deal,) = read(tmp_path, HEAD + licence(to=f'"{name}"')).deals
    assert deal.party == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("changes", "certain", "possible"),
    [
        ({}, (at(2025, 12, 31, 15), at(2026, 2, 28, 15)), (at(2025, 12, 31, 15), at(2026, 2, 28, 15))),
        (
            {"end": "2026-02-01"},
            (at(2025, 12, 31, 15), at(2026, 1, 31, 15)),
            (at(2025, 12, 31, 15), at(2026, 1, 31, 15)),
        ),
        (
            {"start": "2026-05-01"},
            (at(2026, 2, 28, 15), at(2026, 2, 28, 15)),
            (at(2026, 2, 28, 15), at(2026, 2, 28, 15)),
        ),
        ({"start": '{ after = "theatrical", in = "JP" }'}, (0, 0), (BEGINNING, at(2026, 2, 28, 15))),
        ({"end": '{ after = "theatrical", in = "JP" }'}, (0, 0), (BEGINNING, at(2026, 2, 28, 15))),
    ],
)
def test_a_deal_that_ended_is_cut_on_that_day(tmp_path, changes, certain, possible):
    rights = read(tmp_path, HEAD + licence(scope(**changes), status='"ended"', ended_on="2026-03-01"))
    term = only_grant(rights).scope.term
    assert rights.licences[0].binds
    assert (term.certain, term.possible) == (Span(*certain), Span(*possible))


def windows(tmp_path, text):
    return [(item.id, item.right) for item in windows_of(read(tmp_path, HEAD + text).licences)]


@pytest.mark.parametrize(
    ("changes", "deal", "opened"),
    [
        ({}, {}, [("g", "svod")]),
        ({}, {"status": '"pending"'}, []),
        ({}, {"status": '"draft"'}, []),
        ({}, {"status": '"ended"', "ended_on": "2026-03-01"}, [("g", "svod")]),
        ({}, {"status": '"ended"', "ended_on": "2025-03-01"}, []),
        ({"start": '{ after = "theatrical", in = "JP" }'}, {}, []),
        ({"runs": "2", "runs_used": "2"}, {}, []),
        ({"runs": "2", "runs_used": "1"}, {}, [("g", "svod")]),
        ({"rights": '["svod", "avod", "fvod", "est"]'}, {}, [("g", "est"), ("g", "vod-streaming")]),
    ],
)
def test_what_is_signed_is_a_window_to_deliver_in(tmp_path, changes, deal, opened):
    assert windows(tmp_path, licence(scope(**changes), **deal)) == opened


def test_a_window_of_a_licence_says_what_the_licence_says(tmp_path):
    (window,) = windows_of(read(tmp_path, HEAD + licence(scope(exclusive="true", end='"open"'))).licences)
    assert str(window) == "g (svod, KR, 2026-01-01T00:00:00+09:00 to open)"
    assert (window.zone, window.exclusive, window.place) == ("Asia/Seoul", True, "titles/film/rights.toml:7")


TITLE = 'original_language = "ko"\nproduction_year = 2026\n[names]\nko = "봄"\n'
OWN = (
    '[[windows]]\nid = "own"\nright = "non-theatrical"\nterritories = ["KR"]\nstart = 2026-01-01\nzone = "Asia/Seoul"\n'
)


def title(root, rights: str | None, text: str = TITLE):
    folder = root / "titles" / "film"
    folder.mkdir(parents=True)
    (folder / "title.toml").write_text(text, encoding="utf-8")
    if rights is not None:
        (folder / "rights.toml").write_text(rights, encoding="utf-8")
    return manifest.read_title(folder / "title.toml", root, "titles/film/title.toml")


def test_a_title_has_its_own_windows_and_those_of_its_licences(tmp_path):
    found = title(tmp_path, HEAD + licence(), TITLE + OWN + 'through = 2026-12-31\nlanguages = "all"\n')
    assert [window.id for window in found.windows] == ["own", "g"]
    assert [(deal.id, deal.side) for deal in found.rights.deals] == [("l", "licence"), ("window own", "licence")]
    assert found.windows[0].end == datetime(2026, 12, 31, 15, tzinfo=UTC)
    assert found.windows[0].grants("airlines")
    assert found.sha256 == manifest.declared_digest(found.folder)
    (found.folder / "rights.toml").write_text(HEAD)
    assert found.sha256 != manifest.declared_digest(found.folder), "another rights.toml is another declaration"


def test_a_title_without_a_file_of_rights(tmp_path):
    own = '[[windows]]\nid = "own"\nright = "svod"\nterritories = ["BR"]\nstart = 2018-11-04\nend = "open"\n'
    found = title(tmp_path, None, TITLE + own + 'zone = "America/Sao_Paulo"\nlanguages = ["pt"]\n')
    assert found.sha256 == manifest.declared_digest(found.folder)
    assert [deal.id for deal in found.rights.deals] == ["window own"]
    (doubt,) = found.rights.doubts
    assert (doubt.place, doubt.read_as) == ("titles/film/title.toml:5", "as 2018-11-04T03:00:00Z")
    assert found.windows[0].start == datetime(2018, 11, 4, 3, tzinfo=UTC)


def test_faults_of_a_file_of_rights_name_it(tmp_path):
    with pytest.raises(InputError, match=r"^titles/film/rights\.toml: line 2: mandates: 3 is not allowed"):
        title(tmp_path, HEAD + "mandates = 3\n")


def test_a_file_of_rights_that_leaves_the_catalogue_is_refused(tmp_path):
    (tmp_path / "outside.toml").write_text(HEAD)
    folder = tmp_path / "catalogue" / "titles" / "film"
    folder.mkdir(parents=True)
    (folder / "rights.toml").symlink_to(tmp_path / "outside.toml")
    with pytest.raises(InputError, match=r"rights\.toml: is a link that leaves the catalogue, or leads nowhere"):
        open_rights(folder, tmp_path / "catalogue", "titles/film/rights.toml")


WORDS = st.sampled_from(
    ["ko", "KR", "EU", "svod", "tvod", "open", "signed", "ended", "all", "Asia/Seoul", "봄", "", "9"]
)
VALUES = st.recursive(
    WORDS | st.integers(-2, 10**6) | st.booleans() | st.dates() | st.datetimes(),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["after", "in", "days", "years", "dubbed", "subtitled", "excluding"]), inner, max_size=3
        )
    ),
    max_leaves=3,
)


def toml(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


KEYS = ("id", "rights", "territories", "excluding", "start", "end", "through", "zone", "languages", "runs", "announce")


@given(
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3),
    st.dictionaries(st.sampled_from(["status", "ended_on", "signed", "zone", "to"]), VALUES, max_size=1),
)
def test_any_file_is_read_or_its_faults_are_told(tmp_path_factory, grant, deal):
    text = HEAD + licence(
        scope(**{key: toml(value) for key, value in grant.items()}),
        **{key: toml(value) for key, value in deal.items()},
    )
    tomllib.loads(text)
    found = read_or_said(tmp_path_factory.getbasetemp(), text)
    if isinstance(found, InputError):
        assert all(": line " in str(fault) for fault in found.faults)
        return
    scopes = [item.scope for item in found.deals[0].grants]
    assert all(item.rights <= set(tree.leaves()) and item.rights for item in scopes)
    assert all(item.territories <= territory.atoms() and item.territories for item in scopes)


WON = '{ type = "WSP", value = "9900", currency = "KRW", territories = ["KR"] }'


def test_a_grant_has_prices_by_territory_and_right(tmp_path):
    other = '{ type = "Tier", value = "3", rights = ["est"], territories = ["BENELUX"] }'
    grant = scope(rights='["est", "svod"]', territories='["KR", "BENELUX"]', prices=f"[{WON}, {other}]")
    found = only_grant(read(tmp_path, HEAD + licence(grant))).prices
    assert found == (
        Price("WSP", "9900", "KRW", frozenset({"est", "svod"}), frozenset({"KR"})),
        Price("Tier", "3", "", frozenset({"est"}), frozenset({"BE", "NL", "LU"})),
    )


@pytest.mark.parametrize(
    ("prices", "said"),
    [
        (f"[{WON}, {WON}]", "prices[1]: is not the only one in KR; one price for each right and territory"),
        ('[{ type = "WSP", value = "1", territories = ["JP"] }]', "prices[0].territories: JP is not granted"),
        ('[{ type = "WSP", value = "1", rights = ["est"] }]', "prices[0].rights: est is not granted"),
        ('[{ type = "WSP", value = 7.99 }]', "prices[0].value: "),
        ('[{ type = "WSP", value = "1", currency = "won" }]', "prices[0].currency: "),
        ('[{ type = "WSP" }]', "prices[0].value: "),
    ],
)
def test_prices_that_are_wrong_are_told(tmp_path, prices, said):
    with pytest.raises(InputError) as caught:
        read(tmp_path, HEAD + licence(scope(prices=prices)))
    assert said in str(caught.value)


def read_or_said(folder, text: str) -> TitleRights | InputError:
    try:
        return read(folder, text)
    except InputError as error:
        return error


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_read_or_its_faults_are_told(tmp_path_factory, text):
    found = read_or_said(tmp_path_factory.getbasetemp(), text)
    if isinstance(found, InputError):
        assert str(found).startswith("titles/film/rights.toml: ")
    else:
        assert found.deals == ()


def test_the_original_sound_goes_with_subtitles_where_the_three_are_told_apart():
    subtitled = Languages(NONE, Tags(frozenset({"ja"})), NONE)
    assert subtitled.carries(Carrier.DUBBED, "ko", "ko")
    assert not subtitled.carries(Carrier.DUBBED, "en", "ko")
    assert not subtitled.carries(Carrier.CAPTIONED, "ja", "ko")
    assert not same_for_all({"ja"}).carries(Carrier.DUBBED, "ko", "ko")


@pytest.mark.parametrize(
    ("languages", "data", "said"),
    [
        (ALL_LANGUAGES, None, "all"),
        (same_for_all({"ko", "en"}), ["en", "ko"], "en, ko"),
        (
            Languages(NONE, Tags(frozenset({"ja"})), ALL),
            {"dubbed": [], "subtitled": ["ja"], "captioned": None},
            "subtitled: ja; captioned: all",
        ),
        (
            Languages(*[Tags(None, frozenset({"ko"}))] * 3),
            {key: {"included": None, "excluded": ["ko"]} for key in ("dubbed", "subtitled", "captioned")},
            "all except ko",
        ),
    ],
)
def test_languages_as_data_and_in_words(languages, data, said):
    assert languages.data() == data
    assert str(languages) == said


@pytest.mark.parametrize("value", ["[]", "{}", "1", '["theatrical"]', "2026-01-01"])
@pytest.mark.parametrize("key", ["after", "in", "days"])
def test_any_type_in_a_relative_date_is_told_with_its_line(tmp_path, key, value):
    keys = {"after": '"theatrical"', "in": '"JP"', "days": "90"} | {key: value}
    table = ", ".join(f"{name} = {text}" for name, text in keys.items())
    found = read_or_said(tmp_path, HEAD + licence(scope(start=f"{{ {table} }}")))
    if (key, value) == ("days", "1"):
        assert isinstance(found, TitleRights)
        return
    assert isinstance(found, InputError)
    assert all(": line " in str(fault) for fault in found.faults)

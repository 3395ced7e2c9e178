"""Territories: codes, groups, the world, and what is left out of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import territory
from assets.errors import UsageError
from assets.territory_list import parts

CODES = sorted(territory.all_codes())
WHOLE = sorted(territory.all_codes() - set(parts().values()))
"""Codes without parts: each of them is one atom."""


def test_the_list_has_every_officially_assigned_code():
    assert len(CODES) == 249
    assert all(len(code) == 2 and code.isupper() for code in CODES)
    assert territory.revision()


@pytest.mark.parametrize("name", sorted(territory.groups()))
def test_a_group_is_made_of_codes(name):
    members = territory.groups()[name]
    assert members
    assert members < territory.atoms()
    assert name not in territory.atoms()
    assert territory.parse(name.lower()) == members


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("KR", "KR"),
        ("KR, JP", "JP, KR"),
        ("worldwide", "worldwide"),
        ("Worldwide", "worldwide"),
        ("worldwide-KR,JP", "worldwide except JP, KR"),
        ("EU", "EU"),
        ("BENELUX-LU", "BE, NL"),
        ("NORTH-AMERICA", "NORTH-AMERICA"),
        ("NORTH-AMERICA-US", "CA"),
        ("KR,NORTH-AMERICA", "CA, KR, US"),
        ("worldwide-NORTH-AMERICA", "worldwide except CA, US"),
        ("EEA-EU", "IS, LI, NO"),
    ],
)
def test_parse(text, described):
    assert territory.describe(territory.parse(text)) == described


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kr", "territories are upper-case: KR"),
        ("UK", "not an assigned territory; write GB"),
        ("QQ", "'QQ' is not a territory; ISO 3166-1 alpha-2 codes, worldwide, ANZ"),
        ("KO", "'KO' is not an assigned territory; write KR"),
        ("KR,XX", "'XX' is not a territory"),
        ("NORTH-POLE", "'NORTH-POLE' is not a territory"),
        ("worldwide-xx", "'xx' is not a territory"),
        ("", "names no territory"),
        (",", "names no territory"),
        ("-KR", "names no territory"),
        ("KR-KR", "names no territory"),
        ("worldwide-", "excludes nothing"),
        ("worldwide-,", "excludes nothing"),
    ],
)
def test_what_is_no_territory(text, said):
    with pytest.raises(UsageError, match=said):
        territory.parse(text)


@given(st.frozensets(st.sampled_from(WHOLE), min_size=1), st.frozensets(st.sampled_from(WHOLE)))
def test_what_is_excluded_is_left_out(names, excluded):
    assert territory.expand(names, excluded) == names - excluded


@given(st.frozensets(st.sampled_from(CODES), min_size=1, max_size=6))
def test_the_rest_of_the_world(excluded):
    codes = territory.parse(f"worldwide-{','.join(sorted(excluded))}")
    assert codes == territory.atoms() - territory.expand(excluded)
    assert territory.describe(codes) == f"worldwide except {', '.join(sorted(excluded))}"


def _parsed_or_said(text):
    try:
        return territory.parse(text)
    except UsageError as error:
        return str(error)


@given(st.text(max_size=12))
def test_any_text_is_a_territory_or_an_error_that_says_what_is_allowed(text):
    found = _parsed_or_said(text)
    assert "; " in found if isinstance(found, str) else found <= territory.atoms()


def test_nothing_is_described_in_words():
    assert territory.describe(frozenset()) == "no territory"


@pytest.mark.parametrize(
    ("text", "atoms", "described"),
    [
        ("CA", {"CA", "CA-QC"}, "CA"),
        ("CA-QC", {"CA-QC"}, "CA-QC"),
        ("CA-CA-QC", {"CA"}, "CA (without CA-QC)"),
        ("CA,CA-QC", {"CA", "CA-QC"}, "CA"),
        ("UK-IRELAND-GB-NIR", {"GB", "IE"}, "GB (without GB-NIR), IE"),
        ("UA-UA-09,UA-14,UA-40,UA-43", {"UA"}, "UA (without UA-09, UA-14, UA-40, UA-43)"),
        ("NORTH-AMERICA", {"CA", "CA-QC", "US"}, "NORTH-AMERICA"),
    ],
)
def test_parts_of_a_territory_are_sold_alone_or_left_out(text, atoms, described):
    assert territory.parse(text) == atoms
    assert territory.describe(frozenset(atoms)) == described


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("worldwide-CA-QC", "worldwide except CA-QC"),
        ("worldwide-CA", "worldwide except CA"),
        ("worldwide-GB-NIR,KR", "worldwide except GB-NIR, KR"),
    ],
)
def test_the_world_without_a_part(text, described):
    assert territory.describe(territory.parse(text)) == described


def test_the_world_without_all_but_a_part():
    held = territory.atoms() - {"CA"}
    assert territory.describe(held) == "worldwide except CA (without CA-QC)"


@given(st.frozensets(st.sampled_from(sorted(territory.atoms())), min_size=1))
def test_what_is_written_for_readers_of_codes_is_read_as_the_same_set(held):
    names, without = territory.written(held)
    assert territory.expand(names, without) == held


def test_a_part_is_no_code_of_a_country():
    assert not set(parts()) & territory.all_codes()
    assert set(parts().values()) <= territory.all_codes()


@pytest.mark.parametrize(
    ("group", "at", "inside", "outside"),
    [
        ("EU", date(2020, 1, 31), {"GB", "GB-NIR", "HR"}, {"CH"}),
        ("EU", date(2020, 2, 1), {"HR"}, {"GB", "GB-NIR"}),
        ("EU", date(2013, 6, 30), {"BG"}, {"HR"}),
        ("EU", date(1994, 12, 31), {"GR"}, {"AT"}),
        ("EU", date(1900, 1, 1), {"DE"}, {"DK"}),
        ("EU", None, {"HR"}, {"GB"}),
        ("EEA", date(1995, 4, 30), {"IS"}, {"LI"}),
        ("CIS", date(2009, 8, 17), {"GE", "UA"}, {"TM"}),
        ("CIS", date(2018, 5, 19), {"MD"}, {"GE", "UA"}),
    ],
)
def test_a_group_has_the_members_that_it_had_at_a_date(group, at, inside, outside):
    members = territory.expand([group], at=at)
    assert inside <= members
    assert not outside & members


@pytest.mark.parametrize(
    ("code", "at", "successors"),
    [
        ("AN", None, {"BQ", "CW", "SX"}),
        ("CS", date(1990, 5, 1), {"CZ", "SK"}),
        ("CS", date(2005, 5, 1), {"ME", "RS"}),
        ("CS", None, {"ME", "RS"}),
        ("YU", date(1991, 1, 1), {"BA", "HR", "ME", "MK", "RS", "SI"}),
        ("YU", date(1992, 4, 27), {"ME", "RS"}),
        ("KR", None, set()),
    ],
)
def test_a_former_code_has_successors(code, at, successors):
    assert territory.former(code, at) == successors
    assert territory.former(code, at) <= territory.all_codes()


def test_a_former_code_is_nothing_to_ask_for():
    with pytest.raises(UsageError, match="'AN' is not an assigned territory; write BQ, CW, SX"):
        territory.parse("AN")

"""Territories: codes, groups, the world, and what is left out of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import territory
from assets.errors import UsageError

CODES = sorted(territory.all_codes())


def test_the_list_has_every_officially_assigned_code():
    assert len(CODES) == 249
    assert all(len(code) == 2 and code.isupper() for code in CODES)
    assert territory.revision()


@pytest.mark.parametrize("name", sorted(territory.groups()))
def test_a_group_is_made_of_codes(name):
    members = territory.groups()[name]
    assert members
    assert members < territory.all_codes()
    assert name not in territory.all_codes()
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
        ("QQ", "'QQ' is not a territory; ISO 3166-1 alpha-2 codes, worldwide, BALTICS"),
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


@given(st.frozensets(st.sampled_from(CODES), min_size=1), st.frozensets(st.sampled_from(CODES)))
def test_what_is_excluded_is_left_out(names, excluded):
    assert territory.expand(names, excluded) == names - excluded


@given(st.frozensets(st.sampled_from(CODES), min_size=1, max_size=6))
def test_the_rest_of_the_world(excluded):
    codes = territory.parse(f"worldwide-{','.join(sorted(excluded))}")
    assert codes == territory.all_codes() - excluded
    assert territory.describe(codes) == f"worldwide except {', '.join(sorted(excluded))}"


def _parsed_or_said(text):
    try:
        return territory.parse(text)
    except UsageError as error:
        return str(error)


@given(st.text(max_size=12))
def test_any_text_is_a_territory_or_an_error_that_says_what_is_allowed(text):
    found = _parsed_or_said(text)
    assert "; " in found if isinstance(found, str) else found <= territory.all_codes()


def test_nothing_is_described_in_words():
    assert territory.describe(frozenset()) == "no territory"

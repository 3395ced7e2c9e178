"""The tables of a rights.toml: which keys there are, of which types, and what their values may be."""

import unicodedata
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from assets import language, territory
from assets.ids import media_right
from assets.record_values import Day, Id, Moment, Record, Text, Zone, a_moment
from assets.rights import dates, tree
from assets.rights.languages import ALL, ALL_LANGUAGES, NONE, Carrier, Languages, Tags
from assets.rights.relative import START, Relative, relative
from assets.rights.term_reading import When
from assets.tomlfile import KeyFaultError
from assets.window_records import require_one_end

_EXCLUDING = "excluding"


def _when(value: object) -> When:
    return relative(value) if isinstance(value, dict) else a_moment(value)


def _end(value: object) -> When | str:
    if value == "open":
        return "open"
    if isinstance(value, date) and (value.year, value.month, value.day) == (9999, 12, 31):
        return dates.FOREVER
    return _when(value)


def _through(value: object) -> date | Relative:
    found = _end(value)
    if isinstance(found, datetime | str):
        raise ValueError(f"{found} is no day; the last day with the right, such as 2026-12-31")  # noqa: TRY004
    return found


def _right(text: str) -> str:
    if text not in tree.nodes() and (meant := tree.from_words(text)):
        raise ValueError(f"{text!r} is no media right; write {meant}")
    return media_right(text)


def _territory(text: str) -> str:
    """A territory of a deal, which may be as old as a code that is no longer assigned."""
    if not territory.former(text) and (wrong := territory.problem(text)):
        raise ValueError(wrong)
    return text


def _languages(value: object) -> Languages:
    if not isinstance(value, dict):
        some = _tags(value)
        return Languages(some, some, some)
    known = (*(carrier.value for carrier in Carrier), _EXCLUDING)
    for key in value:
        if key not in known:
            raise KeyFaultError(key, f"unknown key; known: {', '.join(known)}")
    if not value:
        raise ValueError(f"an empty table names no languages; {', '.join(known)}")
    without = _tags(value[_EXCLUDING], _EXCLUDING) if _EXCLUDING in value else NONE
    if without.included is None:
        raise KeyFaultError(_EXCLUDING, "excludes every language; a list of some")
    others = ALL if value.keys() == {_EXCLUDING} else NONE
    sets = [_tags(value[key], key) if key in value else others for key in known[:-1]]
    left = Languages(*(item if item == NONE else Tags(item.included, without.included) for item in sets))
    if not any(left.of(carrier) for carrier in Carrier):
        raise KeyFaultError(_EXCLUDING, "excludes every language; at least one must be left")
    return left


def _tags(value: object, key: str = "") -> Tags:
    """`"all"`, or a list of tags that are languages."""
    if value == "all":
        return ALL
    if not isinstance(value, list) or not value or not all(isinstance(tag, str) for tag in value):
        raise KeyFaultError((key,) if key else (), f'{value!r} names no languages; "all", or a list such as ["ko"]')
    for tag in value:
        if not _is_language(tag):
            meant = language.confusion(tag) or "a BCP-47 tag such as ko, en, ja, pt-BR"
            raise KeyFaultError((key,) if key else (), f"{tag!r} is no language; {meant}")
    return Tags(frozenset(value))


@lru_cache(maxsize=4096)
def _is_language(tag: str) -> bool:
    return language.is_valid(tag)


Right = Annotated[str, AfterValidator(_right)]
DealTerritory = Annotated[str, AfterValidator(_territory)]
Party = Annotated[str, Field(min_length=1), AfterValidator(lambda text: unicodedata.normalize("NFC", text))]


class ScopeRecord(Record):
    """What grants and holdbacks have both; either an `end`, the first instant without, or `through`, the last day."""

    id: Id
    rights: Annotated[list[Right], Field(min_length=1)]
    territories: Annotated[list[DealTerritory], Field(min_length=1)]
    excluding: list[DealTerritory] = []
    start: Annotated[When, PlainValidator(_when)]
    end: Annotated[When | str | None, PlainValidator(_end)] = None
    through: Annotated[date | Relative | None, PlainValidator(_through)] = None
    zone: Zone | None = None
    languages: Annotated[Languages, PlainValidator(_languages)] = ALL_LANGUAGES
    clause: str = ""

    @model_validator(mode="after")
    def _has_two_ends(self) -> "ScopeRecord":
        require_one_end(self.end, self.through)
        if isinstance(self.start, Relative) and self.start.after == START:
            raise KeyFaultError(("start", "after"), "a start is not counted from itself; a kind of release")
        return self


class PriceRecord(Record):
    """One `[[….grants.prices]]` table: what a copy is sold for, by default for all rights and territories of the grant.

    The value is a text, because a number of TOML with a point is not exact.
    """

    kind: Annotated[str, Field(alias="type", min_length=1, max_length=40)]
    value: Annotated[str, Field(min_length=1, max_length=40)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    rights: Annotated[list[Right], Field(min_length=1)] | None = None
    territories: Annotated[list[DealTerritory], Field(min_length=1)] | None = None


class GrantRecord(ScopeRecord):
    """One `[[….grants]]` table; it says its languages."""

    languages: Annotated[Languages, PlainValidator(_languages)]
    exclusive: bool = False
    runs: Annotated[int, Field(ge=1)] | None = None
    runs_used: Annotated[int, Field(ge=0)] = 0
    announce: Moment | None = None
    suppress_until: Moment | None = None
    prices: list[PriceRecord] = []

    @model_validator(mode="after")
    def _counts_runs(self) -> "GrantRecord":
        if self.runs_used and self.runs is None:
            raise KeyFaultError("runs_used", f"{self.runs_used} of no number of runs; runs beside it")
        return self


class HoldbackRecord(ScopeRecord):
    """One `[[….holdbacks]]` table; without `languages` it holds in all."""


class DealRecord(Record):
    """What mandates and licences have both."""

    id: Id
    contract: Text
    clause: str = ""
    status: Literal["draft", "pending", "signed", "ended"]
    signed: Day | None = None
    ended_on: Moment | None = None
    zone: Zone | None = None
    grants: list[GrantRecord] = []
    holdbacks: list[HoldbackRecord] = []

    @model_validator(mode="after")
    def _is_whole(self) -> "DealRecord":
        if self.status == "ended" and self.ended_on is None:
            raise KeyFaultError("ended_on", "missing; the first day without a deal that has ended")
        if self.status != "ended" and self.ended_on is not None:
            raise KeyFaultError("ended_on", f'is given for a deal that is {self.status}; status = "ended"')
        if not self.grants and not self.holdbacks:
            raise KeyFaultError("grants", "missing; a deal grants something, or holds something back")
        return self


class MandateRecord(DealRecord):
    """One `[[mandates]]` table: what we hold; `under` is the mandate that it rests on."""

    party: Annotated[Party, Field(alias="from")]
    under: Id | None = None


class LicenceRecord(DealRecord):
    """One `[[licences]]` table: what we sold."""

    party: Annotated[Party, Field(alias="to")]


class RightsRecord(Record):
    """The whole of a rights.toml; `zone` is that of every bare date whose table has none."""

    zone: Zone | None = None
    mandates: list[MandateRecord] = []
    licences: list[LicenceRecord] = []

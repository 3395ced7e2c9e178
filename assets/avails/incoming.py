"""Rows of Avails as licences: what each says exactly, or why it cannot be said, by row. Nothing is guessed."""

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from assets.avails import values
from assets.avails.languages import languages_of
from assets.avails.outgoing import END_READING
from assets.avails.rows import Row, When
from assets.avails.rules_places import WORLD
from assets.avails.unsaid import unsaid
from assets.avails.vocabulary import vocabulary
from assets.errors import Fault
from assets.rights import tree
from assets.rights.model import Doubt

_KINDS = {"Theatrical": "theatrical", "Broadcast": "broadcast"}
"""Conditions that are releases, with the kinds that title.toml has for them."""
_NO_RIGHT = frozenset({"Full Delete", "Delete"})
_GIVEN_UP = frozenset({"Revoked", "Expired"})
_NOT_SOLD = "DO_NOT_SELL"
_DAY = timedelta(days=1)
_FOREVER = (9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says of a file beside the file.

    `rights` are the media rights by licence type, where a type alone does not tell; `zone` is that of bare dates, the
    first of each territory if it is empty; `is_end_inside` says that an end is the last day or second with the right.
    """

    to: str = ""
    contract: str = ""
    signed: date | None = None
    zone: str = ""
    is_end_inside: bool = False
    rights: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """A start or an end as rights.toml says it: an instant, `open`, or so long after a release."""

    at: datetime | None = None
    after: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """What a row grants, as rights.toml says it. Rows of other formats that grant the same are one grant."""

    party: str
    contract: str
    rights: tuple[str, ...]
    territories: tuple[str, ...]
    excluding: tuple[str, ...]
    start: Side
    end: Side
    languages: tuple[tuple[str, tuple[str, ...]], ...]
    exclusive: bool
    announce: datetime | None
    suppress_until: datetime | None


@dataclass(frozen=True, slots=True)
class Read:
    """A row, what it grants, and what of it could be read in another way."""

    row: Row
    offered: tuple[Offered, ...]
    doubts: tuple[Doubt, ...] = ()


@cache
def _zones() -> dict[str, str]:
    data = tomllib.loads(Path(__file__).with_name("zones.toml").read_text(encoding="utf-8"))
    return dict(data["zones"])


def read_rows(rows: Iterable[Row], choice: Choice, shown: str) -> tuple[tuple[Read, ...], tuple[Fault, ...]]:
    """What rows grant, and the rows that cannot be said as a licence, each with why."""
    found: list[Read] = []
    faults: list[Fault] = []
    for row in rows:
        try:
            found.append(_read(row, choice))
        except OverflowError:
            faults.append(Fault(shown, row.place, "has a date outside of the calendar", "0001-01-02 to 9999-12-30"))
        except ValueError as error:
            faults.append(Fault(shown, row.place, *values.told(error)))
    return tuple(found), tuple(faults)


def _require_granting(row: Row, choice: Choice) -> None:
    """Raises ValueError for a row that is no licence, by whatever of its words."""
    entry, status = _meant("EntryType", row.entry_type), _meant("TitleStatus", row.title_status)
    if entry in _NO_RIGHT:
        raise ValueError(f"{entry} takes a licence away; its status in rights.toml is for a person to set")
    if status in _GIVEN_UP:
        raise ValueError(f"is {status}, and grants nothing; Approved or Pending")
    if status == "Pending" and choice.signed is not None:
        raise ValueError("is Pending, which is not signed; Approved, or no --signed")
    if _meant("LicenseRightsDescription", row.rights_description) == _NOT_SOLD:
        raise ValueError(f"is {_NOT_SOLD}, and grants nothing; rows of what is sold")
    if row.instructions == END_READING and choice.is_end_inside:
        raise ValueError("says that its end is without the right; --end outside")


def _read(row: Row, choice: Choice) -> Read:
    _require_granting(row, choice)
    party, contract = row.licensee or row.service_provider or choice.to, row.contract_id or choice.contract
    if not party:
        raise ValueError("does not say to whom it is licensed; --to names the licensee")
    if not contract:
        raise ValueError("does not name its contract; --contract names it")
    if row.window_duration:
        raise ValueError(f"ends {row.window_duration} after each start; rights.toml has starts and ends alone")
    doubts: dict[Doubt, None] = dict.fromkeys(unsaid(row))
    offered = []
    for zone, codes in _by_zone(row, choice):
        dates = _Dates(row, zone, codes, choice.is_end_inside, doubts)
        offered.append(
            Offered(
                party=unicodedata.normalize("NFC", party),
                contract=unicodedata.normalize("NFC", contract),
                rights=_rights(row, choice),
                territories=("worldwide",) if WORLD in codes else tuple(sorted(codes)),
                excluding=tuple(sorted(code for code in row.excluded if {WORLD, code, code[:2]} & codes)),
                start=dates.side("start"),
                end=dates.side("end"),
                languages=languages_of(row),
                exclusive=bool(row.exclusive),
                announce=dates.instant("announce"),
                suppress_until=dates.instant("suppress_until"),
            )
        )
    if not offered:
        raise ValueError("is for no territory; at least one")
    return Read(row, tuple(offered), tuple(doubts))


def _meant(listed: str, written: str) -> str:
    """A word of the vocabulary, whatever case and spaces it is written with."""
    return vocabulary().meant(listed, written) or written


def _rights(row: Row, choice: Choice) -> tuple[str, ...]:
    if row.license_type == "POEST":
        raise ValueError("is a pre-order, and no right to show; the EST that it is for is a row of its own")
    leaves = choice.rights.get(row.license_type) or tree.from_license_type(row.license_type)
    if not leaves:
        raise ValueError(f"{row.license_type!r} is no media right of ours; --right {row.license_type}=RIGHT says which")
    if len(leaves) > 1 and row.license_type not in choice.rights:
        meant = ", ".join(sorted(leaves))
        raise ValueError(f"{row.license_type} may mean {meant}; --right {row.license_type}=RIGHT says which")
    return tree.cover(leaves)


def _by_zone(row: Row, choice: Choice) -> Iterator[tuple[str, frozenset[str]]]:
    """The territories of a row by the zone that its bare dates are in: one group if there are none."""
    codes = frozenset(row.territories)
    dated = (row.start, row.end, row.announce, row.suppress_until)
    is_bare = any(value.at is not None and value.instant is None for value in dated)
    if not is_bare or choice.zone:
        yield choice.zone, codes
        return
    if WORLD in codes:
        raise ValueError("is for the whole world, and has bare dates; --zone names the zone that they are in")
    zones: dict[str, set[str]] = {}
    for code in sorted(codes - frozenset(row.excluded)):
        zones.setdefault(_zones().get(code[:2], "UTC"), set()).add(code)
    yield from ((zone, frozenset(some)) for zone, some in sorted(zones.items()))


@dataclass(frozen=True, slots=True)
class _Dates:
    """Reads the dates of a row, for those territories of it whose bare dates are in the zone."""

    row: Row
    zone: str
    codes: frozenset[str]
    is_end_inside: bool
    doubts: dict[Doubt, None]

    def side(self, name: str) -> Side:
        """A start or an end."""
        value: When = getattr(self.row, name)
        if not value:
            raise ValueError(f"does not say its {name}; a date, or Open for an end that never comes")
        if value.condition:
            return self._condition(name, value)
        if name == "end" and value.at is not None and (value.at.year, value.at.month, value.at.day) == _FOREVER:
            self._doubt("its end, 9999-12-31, is no day that a right ends on", "open")
            return Side()
        is_inside = name == "end" and self.is_end_inside
        if is_inside and not isinstance(value.at, datetime):  # not 24 hours later: the clocks may change on that day
            return Side(self._local(name, value, _DAY))
        found = self._local(name, value)
        if is_inside:
            found += timedelta(seconds=1)
        elif name == "end" and self.row.instructions != END_READING:
            self._doubt("nobody says whether its end still has the right", f"no longer, from {found.isoformat()}")
        return Side(found)

    def instant(self, name: str) -> datetime | None:
        """An instant, or None if none is said."""
        value: When = getattr(self.row, name)
        return self._local(name, value) if value.at is not None else None

    def _condition(self, name: str, value: When) -> Side:
        if value.condition == "Open" and name == "end":
            return Side()
        kind = _KINDS.get(value.condition)
        if kind is None:
            raise ValueError(f"its {name} is {value.condition}, which is no date; a date, or {', '.join(_KINDS)}")
        if len(self.codes) != 1:
            raise ValueError(f"its {name} is counted from {value.condition} in several territories; one a row")
        count = values.days_and_more(value.lag) if value.lag else (0, 0, 0)
        if count is None:
            raise ValueError(f"its {name} is {value.lag} after {value.condition}; whole days, months or years after it")
        parts = zip(("years", "months", "days"), count, strict=True)
        counts: list[tuple[str, str | int]] = [(unit, number) for unit, number in parts if number]
        return Side(after=(("after", kind), ("in", min(self.codes)), *counts))

    def _local(self, name: str, value: When, later: timedelta = timedelta(0)) -> datetime:
        """An instant; a date without an offset is local in the zone, and that it is read so is a doubt.

        `later` is what it is moved by on the calendar of the zone.
        """
        if value.instant is not None:
            return value.instant
        at = (value.at if isinstance(value.at, datetime) else datetime.combine(value.at or date.min, time())) + later
        local = at.replace(tzinfo=ZoneInfo(self.zone))
        if local.astimezone(UTC).astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) != at:
            raise ValueError(f"its {name}, {at.isoformat()}, does not exist in {self.zone}; a time with its offset")
        self._doubt(f"its {name}, {values.when_text(value)}, has no offset", f"{local.isoformat()}, as in {self.zone}")
        return datetime.fromisoformat(local.isoformat())

    def _doubt(self, what: str, read_as: str) -> None:
        self.doubts[Doubt(self.row.place, what, read_as)] = None

"""Deals and windows of a title in a form in which they can be kept, so that its files are not read again.

Rights, territories and languages that a title's deals have in common are written once, in tables that the deals refer
to by number. `FORM` and `lists` are what the text depends on beside the files that it was made of.
"""

import json
import sys
import zoneinfo
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assets import territory
from assets.rights.languages import Carrier, Languages, Tags
from assets.rights.model import Deal, Doubt, Grant, Holdback, Price, Scope, Side, Source, Status, Term, TitleRights
from assets.rights.windows import RightsWindow

FORM = 5
"""Add one when the same files are read as other deals, or are written in another way: what was kept is read anew."""

_HERE = Path(__file__).parent
_LISTS = (_HERE / "media_rights.toml", _HERE / "zones.toml", _HERE.parent / "territories.toml")
_WORLD_LESS = "!"
_SIDES, _STATUSES = {side.value: side for side in Side}, {status.value: status for status in Status}


@cache
def lists() -> str:
    """What deals are read by, in few characters: the lists of rights and territories, time zones, languages."""
    found = sha256()
    for path in _LISTS:
        found.update(path.read_bytes())
    for name in ("tzdata", "langcodes", "language-data"):
        found.update(f"{name} {_version(name)} ".encode())
    for folder in zoneinfo.TZPATH:  # the system's time zones go before those of the package
        for name in ("tzdata.zi", "+VERSION", "UTC"):
            if (path := Path(folder, name)).is_file():
                found.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns} ".encode())
    return found.hexdigest()[:32]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


class _Table:
    """Values that are written once, and referred to by number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def texts(self) -> list[str]:
        return list(self._numbers)


class _Writer:
    """Deals and windows as lists of plain values."""

    def __init__(self) -> None:
        self.names, self.languages = _Table(), _Table()

    def deal(self, item: Deal) -> list[Any]:
        grants = [self._grant(grant) for grant in item.grants]
        holdbacks = [(own.id, own.deal, self._scope(own.scope), _source(own.source)) for own in item.holdbacks]
        signed = None if item.signed is None else item.signed.toordinal()
        said = (item.id, item.side.value, item.party, item.status.value, signed, item.under)
        return [*said, _source(item.source), grants, holdbacks]

    def _grant(self, item: Grant) -> list[Any]:
        said = (item.id, item.deal, self._scope(item.scope), item.exclusive, _source(item.source))
        sold_for = [
            (price.kind, price.value, price.currency, self._names(price.rights), self._names(price.territories))
            for price in item.prices
        ]
        return [*said, sold_for, item.runs, item.runs_used, item.announce, item.suppress_until]

    def _scope(self, item: Scope) -> list[Any]:
        term = item.term
        said = (self._names(item.rights), self._names(item.territories), self._languages(item.languages), item.named)
        perhaps = self._names(item.perhaps) if item.perhaps else None
        return [*said, perhaps, term.start, term.end, term.zone, term.said, *term.unknown]

    def window(self, item: RightsWindow) -> list[Any]:
        where, languages = self._names(item.territories), self._languages(item.languages)
        times = (_moment(item.start, item.zone), _moment(item.end, item.zone) if item.end else None)
        return [item.id, item.right, where, *times, item.zone, languages, item.exclusive, item.place]

    def _names(self, names: frozenset[str]) -> int:
        return self.names.number(_names_text(names))

    def _languages(self, languages: Languages) -> int:
        return self.languages.number(_languages_text(languages))


@lru_cache(maxsize=4096)
def _names_text(names: frozenset[str]) -> str:
    """Names in few characters: most of the world is the world less some."""
    missing = territory.atoms() - names
    is_wide = names <= territory.atoms() and len(missing) < len(names)
    return " ".join((_WORLD_LESS, *sorted(missing)) if is_wide else sorted(names))


@lru_cache(maxsize=4096)
def _names_of(text: str) -> frozenset[str]:
    first, *others = text.split()
    return territory.atoms().difference(others) if first == _WORLD_LESS else frozenset((first, *others))


@lru_cache(maxsize=4096)
def _languages_text(languages: Languages) -> str:
    sets = (languages.of(carrier) for carrier in Carrier)
    return json.dumps(
        [(None if item.included is None else sorted(item.included), sorted(item.excluded)) for item in sets]
    )


@lru_cache(maxsize=4096)
def _languages_of(text: str) -> Languages:
    sets = json.loads(text)
    return Languages(*(Tags(None if some is None else frozenset(some), frozenset(less)) for some, less in sets))


def _source(item: Source) -> tuple[str, str, str]:
    return item.contract, item.clause, item.place


def _moment(at: datetime, zone: str) -> int | str:
    """An instant as seconds where its zone is the window's own; otherwise as it is written."""
    is_plain = isinstance(at.tzinfo, ZoneInfo) and at.tzinfo.key == zone and not at.microsecond
    return int(at.timestamp()) if is_plain else at.isoformat()


def to_data(rights: TitleRights, windows: Sequence[RightsWindow]) -> list[Any]:
    """A title's deals and windows as plain values for JSON."""
    writer = _Writer()
    deals = [writer.deal(deal) for deal in rights.deals]
    opened = [writer.window(window) for window in windows]
    doubts = [(doubt.place, doubt.what, doubt.read_as) for doubt in rights.doubts]
    return [writer.names.texts(), writer.languages.texts(), rights.title, deals, opened, doubts]


def from_data(data: Sequence[Any]) -> tuple[TitleRights, tuple[RightsWindow, ...]]:
    """The deals and windows that were written as plain values."""
    names, languages, title, deals, windows, doubts = data
    reader = _Reader([_names_of(text) for text in names], [_languages_of(text) for text in languages])
    found = tuple(reader.deal(item) for item in deals)
    rights = TitleRights(title, found, tuple(Doubt(*item) for item in doubts))
    return rights, tuple(reader.window(*item) for item in windows)


class _Reader:
    """Deals and windows of plain values, in the order in which `_Writer` gives them."""

    def __init__(self, names: Sequence[frozenset[str]], languages: Sequence[Languages]) -> None:
        self._names, self._languages = names, languages

    def deal(self, item: Sequence[Any]) -> Deal:
        own, side, party, status, signed, under, source, grants, holdbacks = item
        return Deal(
            own,
            _SIDES[side],
            party,
            _STATUSES[status],
            tuple([self._grant(*part) for part in grants]),
            tuple([Holdback(part[0], part[1], self._scope(*part[2]), Source(*part[3])) for part in holdbacks]),
            under,
            Source(*source),
            None if signed is None else date.fromordinal(signed),
        )

    def _grant(self, own: str, deal: str, *rest: Any) -> Grant:  # noqa: ANN401
        scope, exclusive, source, sold_for, runs, used, announce, suppress_until = rest
        prices = tuple(
            [
                Price(kind, value, currency, self._names[rights], self._names[where])
                for kind, value, currency, rights, where in sold_for
            ]
        )
        where = self._scope(*scope)
        return Grant(own, deal, where, exclusive, Source(*source), runs, used, announce, suppress_until, prices)

    def _scope(self, rights: int, territories: int, languages: int, named: str, *term: Any) -> Scope:  # noqa: ANN401
        perhaps, start, end, zone, said, *unknown = term
        found = Term(start, end, sys.intern(zone), said, tuple(unknown))
        where, spoken = self._names[territories], self._languages[languages]
        some = frozenset[str]() if perhaps is None else self._names[perhaps]
        return Scope(self._names[rights], where, found, spoken, named, some)

    def window(self, own: str, right: str, territories: int, *rest: Any) -> RightsWindow:  # noqa: ANN401
        start, end, zone, languages, exclusive, place = rest
        where, spoken = self._names[territories], self._languages[languages]
        begins, ends = _instant(start, zone), None if end is None else _instant(end, zone)
        return RightsWindow(own, right, where, begins, ends, zone, spoken, exclusive, place)


@lru_cache(maxsize=4096)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=65536)
def _instant(at: int | str, zone: str) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else datetime.fromtimestamp(at, _zone(zone))

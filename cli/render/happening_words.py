"""What happens to rights, in words and as data; without `internal` neither parties nor terms of deals are in either."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from assets.rights import dates, tree
from assets.rights.answers import Claim
from assets.rights.happenings import Happening, Kind, where
from assets.rights.model import Grant, Side, TitleRights
from assets.rights.spans import BEGINNING, OPEN
from assets.rights.wording import status_text

_ON_A_DAY = {Kind.CLOSING: "last day", Kind.HOLDBACK_ENDS: "last day of a holdback", Kind.MANDATE_ENDS: "last day held"}
_PHRASES = {
    Kind.DELIVERY_DUE: "delivery due",
    Kind.ANNOUNCE: "may be announced",
    Kind.EMBARGO_LIFTS: "embargo lifts",
    Kind.OPENING: "opens",
    Kind.CLOSING: "closes",
    Kind.HOLDBACK_ENDS: "holdback ends",
    Kind.MANDATE_ENDS: "no longer held",
}

NOT_SIGNED = "not signed yet"


class Named(Protocol):
    """A title whose rights are shown, read as a whole or for its rights alone."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """The name that it is shown under."""

    @property
    def names(self) -> Mapping[str, str]:
        """Its names by language."""

    @property
    def rights(self) -> TitleRights:
        """Everything that is agreed about it, its own windows among that."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happens, with the name that its title is shown under, and its names by language."""

    happening: Happening
    name: str
    language: str
    names: Mapping[str, str]


def line_of(title: Named, happening: Happening) -> Line:
    """Something that happens to a title."""
    return Line(happening, title.name, language_of(title), title.names)


def language_of(title: Named) -> str:
    """The language of the name that a title is shown under."""
    return next(language for language, name in title.names.items() if name == title.name)


def rights_text(rights: frozenset[str]) -> str:
    """Rights as the trade says them, without what explains the words: `SVOD, EST`."""
    return ", ".join(tree.nodes()[name].name.partition(" (")[0] for name in tree.cover(rights))


def phrase(item: Happening) -> str:
    """What happens: `opens`, `last day`; before it, why it may not happen."""
    said = _ON_A_DAY.get(item.kind, _PHRASES[item.kind]) if item.day else _PHRASES[item.kind]
    return f"{standing(item)}: {said}" if item.is_tentative else said


def standing(item: Happening) -> str:
    """How far what happens can be relied on; the day of a signature to come is a term, and not said."""
    deal = item.claim.deal
    if not deal.is_signed(item.as_of):
        return NOT_SIGNED if deal.binds else deal.status.value
    return "date unknown" if item.claim.item.scope.term.unknown else deal.status.value


def summary(line: Line) -> str:
    """One line for a calendar: `Thaw: SVOD opens (JP)`."""
    item = line.happening
    return f"{line.name}: {rights_text(item.rights)}: {phrase(item)} ({item.where})"


def when(item: Happening) -> str:
    """The day, or the time on the clocks of the declared zone."""
    return item.day.isoformat() if item.day else local_text(item.at, item.zone)


def day_of(item: Happening) -> date:
    """The day that is shown: for what lasts through a day that day, though its instant is the beginning of the next."""
    return item.day or item.local.date()


def by_day(lines: Iterable[Line]) -> list[Line]:
    """Lines in the order of the days that are shown: a last day stands before what opens on the day after it."""
    return sorted(lines, key=lambda line: (day_of(line.happening), line.happening.at))


def local_text(seconds: int, zone: str) -> str:
    """An instant on the clocks of a zone: a day where it is the beginning of one, else a day and a time."""
    local = datetime.fromtimestamp(seconds, ZoneInfo(zone))
    is_day = dates.read(local.date(), ZoneInfo(zone)).seconds == seconds
    return local.date().isoformat() if is_day else local.replace(tzinfo=None).isoformat(" ")


def utc_text(seconds: int) -> str:
    """An instant as `2027-01-01T00:00:00Z`; `open` for what is before or after every instant."""
    if seconds in {BEGINNING, OPEN}:
        return "open"
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat() + "Z"


def details(line: Line, *, internal: bool) -> Iterator[tuple[str, str]]:
    """Everything that there is to know, each with its name."""
    item = line.happening
    yield from ((f"title ({language})", name) for language, name in line.names.items())
    yield "id", item.title
    yield "instant", f"{utc_text(item.at)}, by the clocks of {item.zone}"
    yield "rights", ", ".join(tree.nodes()[name].name for name in tree.cover(item.rights))
    yield "territories", item.where
    if item.platforms:
        yield "platforms", ", ".join(item.platforms)
    if item.is_tentative:
        yield "tentative", standing(item)
    if internal:
        yield from terms(item.claim, item.as_of)


def terms(claim: Claim, at: int) -> Iterator[tuple[str, str]]:
    """With whom, by which contract and clause, and how, as of an instant (seconds); only for those who may know."""
    deal, item, source = claim.deal, claim.item, claim.source
    yield deal.side.value, deal.id
    if deal.party:
        yield ("from" if deal.side is Side.MANDATE else "to"), deal.party
    yield "status", status_text(deal, at)
    yield from ((name, text) for name, text in (("contract", source.contract), ("clause", source.clause)) if text)
    yield "languages", str(item.scope.languages)
    if isinstance(item, Grant):
        yield "exclusive", "yes" if item.exclusive else "no"
        if item.runs is not None:
            yield "runs used", f"{item.runs_used} of {item.runs}"
    if item.scope.term.said:
        yield "term", item.scope.term.said
    if source.place:
        yield "written", source.place


def data(line: Line, *, internal: bool) -> dict[str, Any]:
    """Something that happens as data for a machine."""
    item = line.happening
    found: dict[str, Any] = {
        "uid": item.uid,
        "title": item.title,
        "names": dict(line.names),
        "kind": item.kind.value,
        "at": utc_text(item.at),
        "day": item.day.isoformat() if item.day else None,
        "zone": item.zone,
        "rights": sorted(item.rights),
        "territories": sorted(item.claim.item.scope.territories),
        "where": item.where,
        "tentative": standing(item) if item.is_tentative else None,
        "platforms": list(item.platforms),
    }
    return found | {"terms": dict(terms(item.claim, item.as_of))} if internal else found


def waiting(title: str, claim: Claim) -> str:
    """What is not in a calendar, because nobody knows its date yet."""
    missing = ", ".join(claim.item.scope.term.unknown)
    place = claim.item.source.place or f"titles/{title}"
    rights = rights_text(claim.item.scope.rights)
    return f"{place}: {rights} ({where(claim)}) waits for the {missing}, whose date title.toml does not say"

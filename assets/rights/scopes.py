"""What a grant or holdback of a rights.toml covers, and what of it could be read in another way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from assets import language, territory
from assets.macrolanguage import is_macrolanguage, macrolanguage
from assets.metadata import Release
from assets.rights import dates, tree
from assets.rights.model import Scope, Term
from assets.rights.records import ScopeRecord
from assets.rights.term_reading import Calendar, said, term
from assets.tomlfile import KeyFaultError

Doubtful = tuple[str, str]
"""What could be read in another way, and how it was read."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a scope is read by: the zone that bare dates have, the day of signature, the releases of the title.

    `is_undated` is a deal that is signed, on a day that nobody wrote down.
    """

    zone: str | None
    signed: date | None
    releases: tuple[Release, ...]
    is_undated: bool = False

    def calendar(self, *moments: object) -> Calendar:
        """What dates are read by. Raises KeyFaultError if one of them is local, and no zone is declared."""
        if self.zone is None and any(_is_local(moment) for moment in moments):
            raise KeyFaultError("zone", "missing; the zone of dates, here, in the deal or at the head of the file")
        return Calendar(ZoneInfo(self.zone or "UTC"), self.releases)


def _is_local(moment: object) -> bool:
    if isinstance(moment, datetime):
        return moment.tzinfo is None
    return moment not in {None, "open", dates.FOREVER}


def scope(record: ScopeRecord, around: Surroundings) -> tuple[Scope, tuple[Doubtful, ...]]:
    """The scope that a record describes, and its doubts. Raises KeyFaultError."""
    for key, names in (("territories", record.territories), ("excluding", record.excluding)):
        _require_clear(key, names, around.signed)
    signed = around.signed
    names, without = current(record.territories, signed), current(record.excluding, signed)
    where = territory.expand(names, without, signed)
    perhaps = frozenset[str]()
    if around.is_undated:
        widest, where = _ever(names) - territory.expand(without), where - _ever(without)
        perhaps = widest - where
    if not where:
        raise KeyFaultError("excluding", "excludes every territory; at least one territory must be left")
    when, doubts = _term(record, around)
    found = Scope(tree.expand_all(record.rights), where, when, record.languages, _named(record, signed), perhaps)
    return found, (*_of_territories(record, around), *_of_languages(record.languages.tags()), *doubts)


def current(names: Iterable[str], signed: date | None) -> list[str]:
    """The names of territories, with what took the place of former codes."""
    return [new for name in names for new in sorted(territory.former(name, signed)) or (name,)]


def _ever(names: Iterable[str]) -> frozenset[str]:
    """Everything that names may have stood for, some day or other."""
    return territory.expand(names).union(*(territory.ever(name) for name in names))


def _require_clear(key: str, names: Sequence[str], signed: date | None) -> None:
    """Raises KeyFaultError for a former code that nobody can read for certain, unless all that it may mean is named."""
    found = [(number, territory.unclear(name, signed)) for number, name in enumerate(names)]
    clear = [names[number] for number, item in found if item is None]
    for number, item in found:
        if item and not territory.expand(item.codes) <= territory.expand(current(clear, signed), (), signed):
            raise KeyFaultError((key, number), item.why)


def _named(record: ScopeRecord, signed: date | None) -> str:
    """The territories as the deal names them; groups that have changed with the date that they are read at."""
    names = ", ".join(record.territories)
    without = f" except {', '.join(record.excluding)}" if record.excluding else ""
    changed = any(territory.has_history(name) for name in (*record.territories, *record.excluding))
    return f"{names}{without}" + (f" as of {signed.isoformat()}" if changed and signed else "")


def _of_territories(record: ScopeRecord, around: Surroundings) -> Iterator[Doubtful]:
    names = (*record.territories, *record.excluding)
    for name in names:
        if new := territory.former(name, around.signed):
            yield f"{name} is no longer assigned", f"as {', '.join(sorted(new))}"
        if around.signed is None and territory.has_history(name):
            what = f"the members of {name} have changed, and the deal has no day of signature"
            yield what, "as taking from others what was ever in it" if around.is_undated else "as it is now"
    if any(map(_is_local, (record.start, record.end, record.through))):
        for name in record.territories:
            if dates.zone_is_foreign(name, around.zone or "UTC"):
                yield f"{around.zone} is none of the zones of {name}", f"dates as those of {around.zone}"


def _of_languages(tags: frozenset[str]) -> Iterator[Doubtful]:
    for tag in sorted(tags):
        if meant := language.confusion(tag):
            yield f"{tag!r} is a language, too: {meant}", "as the language"
    listed = {macrolanguage(language.canonical(tag).partition("-")[0]) for tag in tags}
    for tag in sorted(tags):
        if tag not in listed and is_macrolanguage(language.canonical(tag)):
            yield (
                f"{tag!r} stands for several languages, and does not say which",
                "as giving none of them but by that tag",
            )


def _term(record: ScopeRecord, around: Surroundings) -> tuple[Term, tuple[Doubtful, ...]]:
    calendar = around.calendar(record.start, record.end, record.through)
    key = "end" if record.through is None else "through"
    try:
        start = calendar.find(record.start)
    except ValueError as error:
        raise KeyFaultError("start", str(error)) from error
    try:
        end = calendar.last(record.end, record.through, start)
    except ValueError as error:
        raise KeyFaultError(key, str(error)) from error
    if start.seconds is not None and end.seconds is not None and end.seconds <= start.seconds:
        raise KeyFaultError(key, f"ends at {_shown(end.seconds)}; later than its start, {_shown(start.seconds)}")
    written = said(record.start, record.end, record.through)
    return term(start, end, calendar.zone.key, written), (*start.doubts, *end.doubts)


def _shown(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"

"""rights.toml -> TitleRights. Every fault at once, each with file, line, key, what is wrong and what is allowed."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from assets import paths
from assets.errors import Fault, InputError
from assets.metadata import Release
from assets.rights.model import Deal, Doubt, Grant, Holdback, Scope, Side, Source, Status, TitleRights
from assets.rights.prices import prices
from assets.rights.records import DealRecord, GrantRecord, LicenceRecord, MandateRecord, RightsRecord, ScopeRecord
from assets.rights.scopes import Doubtful, Surroundings, scope
from assets.rights.term_reading import cut
from assets.tomlfile import KeyFaultError, Location, TomlFile

FILE_NAME = "rights.toml"


AnyDeal = MandateRecord | LicenceRecord


@dataclass(frozen=True, slots=True)
class About:
    """The title that a rights.toml is about: its releases, which dates may be counted from, and its own windows."""

    title: str
    releases: tuple[Release, ...] = ()
    windows: tuple[str, ...] = ()


def open_rights(folder: Path, root: Path, shown: str) -> TomlFile | None:
    """The rights.toml of a title, if it has one; the file must lie below `root`. Raises InputError."""
    path = folder / FILE_NAME
    if not os.path.lexists(path):
        return None
    if not paths.stays_inside(path, root):
        raise InputError(Fault(shown, "", "is a link that leaves the catalogue, or leads nowhere", "a file in it"))
    return TomlFile(path, shown)


def read_rights(file: TomlFile, about: About) -> TitleRights:
    """The rights that a rights.toml describes. Raises InputError with every fault."""
    return _Reader(file, file.parse(RightsRecord), about).rights()


class _Reader:
    """Turns a valid record into deals, collecting doubts, and the faults that only show across keys."""

    def __init__(self, file: TomlFile, record: RightsRecord, about: About) -> None:
        self.file, self.record, self.about = file, record, about
        self.faults: list[tuple[int, Fault]] = []
        self.doubts: list[Doubt] = []

    def rights(self) -> TitleRights:
        record = self.record
        self._check_ids()
        self._check_chain()
        mandates = [self._deal(("mandates", number), item) for number, item in enumerate(record.mandates)]
        licences = [self._deal(("licences", number), item) for number, item in enumerate(record.licences)]
        if self.faults:
            raise InputError(*(fault for _, fault in sorted(self.faults, key=lambda pair: pair[0])))
        return TitleRights(self.about.title, (*mandates, *licences), tuple(self.doubts))

    def _fault(self, location: Location, text: str) -> None:
        wrong, _, allowed = text.partition("; ")
        self.faults.append((self.file.line(location) or 0, self.file.fault(location, wrong, allowed)))

    def _place(self, location: Location) -> str:
        return f"{self.file.shown}:{self.file.line(location) or 1}"

    def _deals(self) -> Iterator[tuple[Location, AnyDeal]]:
        for number, mandate in enumerate(self.record.mandates):
            yield ("mandates", number), mandate
        for number, licence in enumerate(self.record.licences):
            yield ("licences", number), licence

    def _check_ids(self) -> None:
        """Deals share one set of ids; grants, holdbacks and the title's own windows another."""
        deals: set[str] = set()
        parts = set(self.about.windows)
        for at, deal in self._deals():
            self._once((*at, "id"), deal.id, deals)
            for key, items in (("grants", deal.grants), ("holdbacks", deal.holdbacks)):
                for number, item in enumerate(items):
                    self._once((*at, key, number, "id"), item.id, parts)

    def _once(self, location: Location, name: str, known: set[str]) -> None:
        if name in known:
            self._fault(location, f"{name!r} is used twice; each id once")
        known.add(name)

    def _check_chain(self) -> None:
        """A mandate rests on another one, and in the end on one that rests on none."""
        under = {item.id: item.under for item in self.record.mandates}
        for number, item in enumerate(self.record.mandates):
            if item.under is not None and item.under not in under:
                self._fault(("mandates", number, "under"), f"there is no mandate {item.under!r}; {', '.join(under)}")
            passed, next_id = {item.id}, item.under
            while next_id is not None and next_id not in passed:
                passed.add(next_id)
                next_id = under.get(next_id)
            if next_id == item.id:
                self._fault(("mandates", number, "under"), f"{item.id!r} rests on itself; a mandate that was before it")

    def _deal(self, at: Location, record: AnyDeal) -> Deal:
        side = Side.MANDATE if isinstance(record, MandateRecord) else Side.LICENCE
        source = Source(record.contract, record.clause, self._place(at))
        ended = self._instant((*at, "ended_on"), record, record.ended_on)
        grants = [
            self._grant((*at, "grants", number), item, record, ended) for number, item in enumerate(record.grants)
        ]
        holdbacks = [
            self._holdback((*at, "holdbacks", number), item, record, ended)
            for number, item in enumerate(record.holdbacks)
        ]
        return Deal(
            id=record.id,
            side=side,
            party=record.party,
            status=Status(record.status),
            grants=tuple(grant for grant in grants if grant is not None),
            holdbacks=tuple(holdback for holdback in holdbacks if holdback is not None),
            under=(record.under or "") if isinstance(record, MandateRecord) else "",
            source=source,
            signed=record.signed,
        )

    def _grant(self, at: Location, record: GrantRecord, deal: DealRecord, ended: int | None) -> Grant | None:
        found = self._scope(at, record, deal, ended)
        if found is None:
            return None
        try:
            sold_for = prices(record.prices, found, deal.signed)
        except KeyFaultError as error:
            self._fault((*at, *error.location), str(error))
            return None
        return Grant(
            id=record.id,
            deal=deal.id,
            scope=found,
            exclusive=record.exclusive,
            source=self._source(at, record, deal),
            runs=record.runs,
            runs_used=record.runs_used,
            announce=self._instant((*at, "announce"), deal, record.announce, record.zone),
            suppress_until=self._instant((*at, "suppress_until"), deal, record.suppress_until, record.zone),
            prices=sold_for,
        )

    def _holdback(self, at: Location, record: ScopeRecord, deal: DealRecord, ended: int | None) -> Holdback | None:
        found = self._scope(at, record, deal, ended)
        return None if found is None else Holdback(record.id, deal.id, found, self._source(at, record, deal))

    def _source(self, at: Location, record: ScopeRecord, deal: DealRecord) -> Source:
        return Source(deal.contract, record.clause or deal.clause, self._place(at))

    def _scope(self, at: Location, record: ScopeRecord, deal: DealRecord, ended: int | None) -> Scope | None:
        """What a record covers, cut at the instant at which its deal ended; None if it is at fault."""
        try:
            found, doubts = scope(record, self._around(deal, record.zone))
        except KeyFaultError as error:
            self._fault((*at, *error.location), str(error))
            return None
        self._doubt(at, doubts)
        return found if ended is None else replace(found, term=cut(found.term, ended))

    def _around(self, deal: DealRecord, zone: str | None = None) -> Surroundings:
        is_undated = deal.signed is None and deal.status in {Status.SIGNED.value, Status.ENDED.value}
        return Surroundings(zone or deal.zone or self.record.zone, deal.signed, self.about.releases, is_undated)

    def _instant(
        self, at: Location, deal: DealRecord, moment: date | datetime | None, zone: str | None = None
    ) -> int | None:
        if moment is None:
            return None
        try:
            found = self._around(deal, zone).calendar(moment).find(moment)
        except KeyFaultError as error:
            self._fault((*at[:-1], *error.location), str(error))
            return None
        self._doubt(at, found.doubts)
        return found.seconds

    def _doubt(self, at: Location, doubts: Sequence[Doubtful]) -> None:
        self.doubts += [Doubt(self._place(at), what, read_as) for what, read_as in doubts]

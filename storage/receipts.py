"""What a store says of itself: what was delivered, superseded and withdrawn, from its receipts and records alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assets.errors import StoreError
from storage import records
from storage.deliver import RECEIPTS
from storage.manifests import own, strict
from storage.records import RECORDS, Subject, What
from storage.stores import small
from storage.stores.small import TooLargeError
from storage.stores.store import Store

_AHEAD = timedelta(days=31)
"""The most that another clock is taken to be ahead of ours."""

_READERS = 8
"""Receipts are small: each costs a round trip and not bandwidth."""

_PACKAGE = re.compile(r"(?:_receipts/|_records/)?((?:[a-z0-9-]+/){3}[0-9a-f]{16}/)([^/]+)")


class State(StrEnum):
    """How a package stands now. A lost one has receipts, no manifest, and nobody says that it was withdrawn."""

    STANDING = "standing"
    SUPERSEDED = "superseded"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a package, as a receipt or a record tells it; `text` says more of it."""

    what: What
    at: datetime
    subject: Subject
    key: str
    who: str = ""
    text: str = ""
    by: str = ""
    files: int = 0
    size: int = 0
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that a store tells of one package, oldest first. `stands` is whether its manifest is there."""

    prefix: str
    stands: bool
    events: tuple[Event, ...]

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """Title, platform, window, and the beginning of the package's id."""
        title, platform, window, package, _ = self.prefix.split("/")
        return title, platform, window, package

    @property
    def state(self) -> State:
        """How the package stands: by its manifest, which alone decides whether it is there, then by what was said."""
        last = self.events[-1].what if self.events else What.DELIVERED
        if last is What.WITHDRAWING:
            return State.WITHDRAWING
        if not self.stands:
            return State.WITHDRAWN if last is What.WITHDRAWN else State.LOST
        return State.SUPERSEDED if last is What.SUPERSEDED else State.STANDING


def accounts(store: Store, below: str = "") -> tuple[list[Account], list[str]]:
    """The packages whose folders begin with `below`, and what lies where a receipt or a record should and is none."""
    stands: set[str] = set()
    said: dict[str, list[str]] = {}
    for key in _keys(store, below):
        if not (found := _PACKAGE.fullmatch(key)):
            continue
        if key.startswith(RECEIPTS) or records.is_record(key):
            said.setdefault(found[1], []).append(key)
        elif found[2] == own.NAME and not key.startswith(RECORDS):
            stands.add(found[1])
    with ThreadPoolExecutor(_READERS, "receipts") as pool:
        read = list(pool.map(lambda key: _read(store, key), [key for keys in said.values() for key in keys]))
    events: dict[str, list[Event]] = {}
    for event in read:
        if isinstance(event, Event):
            events.setdefault(event.subject.prefix, []).append(event)
    known = [
        Account(prefix, prefix in stands, tuple(sorted(events.get(prefix, []), key=_order)))
        for prefix in sorted(stands | set(events))
    ]
    return known, [item for item in read if isinstance(item, str)]


def _keys(store: Store, below: str) -> Iterable[str]:
    for start in ("", RECEIPTS, RECORDS) if below else ("",):
        yield from (found.key for found in store.list(start + below))


def _order(event: Event) -> tuple[datetime, int, str]:
    return event.at, list(What).index(event.what), event.key


def _read(store: Store, key: str) -> Event | str:
    """What a receipt or record says, or what is wrong with it. A store that fails is no fault of it."""
    try:
        data = small.read(store, strict.key(key))
    except (ValueError, TooLargeError):
        return f"{key}: is no receipt of the tool"
    try:
        return _receipt(data, key) if key.startswith(RECEIPTS) else _record(data, key)
    except StoreError as error:
        return str(error)
    except (ValueError, KeyError, TypeError):
        return f"{key}: is no receipt of the tool"


def _receipt(data: bytes, key: str) -> Event:
    body = strict.loads(data)
    at = datetime.fromisoformat(body["delivered_at"])
    subject = Subject(str(body["package"]), str(body["prefix"]), str(body["manifest_sha256"]))
    if at.tzinfo is None or not key.startswith(RECEIPTS + subject.prefix):
        raise ValueError(key)
    parts = [body[part] for part in ("sent", "copied", "skipped") if part in body]
    files, size = (sum(int(part[unit]) for part in parts) for unit in ("files", "bytes"))
    return Event(What.DELIVERED, at, subject, key, text=str(body["territory"]), files=files, size=size)


def _record(data: bytes, key: str) -> Event:
    record = records.read(data, key)
    text = "; ".join(part for part in (record.why, *record.kept) if part)
    told = (record.who, text, record.by, record.files, record.size, record.closes)
    return Event(record.what, record.at, record.subject, key, *told)


def _last_opened(account: Account) -> tuple[datetime, int, str]:
    """The order of the last thing that happened to a package beside its being superseded."""
    said = [event for event in account.events if event.what is not What.SUPERSEDED]
    return max(_order(event) for event in said or account.events)


def after(known: Iterable[Account], at: datetime) -> datetime:
    """When something was done to packages of which all this is known: at an instant, and after all of it.

    Whoever did the rest may have a clock that is ahead of ours. One that is ahead by more than a month is no clock, and
    its word does not count.
    """
    said = [event.at for item in known for event in item.events if event.at - at <= _AHEAD]
    return max([at, *(instant + timedelta(seconds=1) for instant in said)])


def supersede(store: Store, current: Subject, at: datetime, who: str) -> Sequence[records.Record]:
    """Say of the other packages of a window that `current` took their place; what was added.

    Nothing of them is touched. A package that had been superseded itself, or whose withdrawal was begun, and was
    delivered again, is reinstated; so is one whose window was closed by a withdrawal that seems later, by the clock of
    who withdrew. What a kill leaves unsaid the next delivery of the window says.
    """
    window = current.prefix.rsplit("/", 2)[0] + "/"
    known, _ = accounts(store, window)
    at = after(known, at)
    added: list[records.Record] = []
    for item in known:
        if item.prefix == current.prefix:
            if item.state in {State.SUPERSEDED, State.WITHDRAWING} or closed(known):
                added.append(records.write(store, records.Record(What.REINSTATED, current, at, who)))
        elif item.state is State.STANDING and item.events:
            old = item.events[-1].subject
            added.append(records.write(store, records.Record(What.SUPERSEDED, old, at, who, by=current.package)))
    if any(record.what is What.SUPERSEDED for record in added):
        added += _settled(store, window, at, who)
    return added


def _settled(store: Store, window: str, at: datetime, who: str) -> Iterator[records.Record]:
    """Say which package stays of several that were delivered at once, and that have all superseded each other.

    It is the one with the latest receipt. Whoever looks last sees the records of all, and says it for all.
    """
    known, _ = accounts(store, window)
    there = [item for item in known if item.stands and item.events]
    if there and all(item.state is State.SUPERSEDED for item in there):
        latest = max(there, key=_last_opened)
        yield records.write(store, records.Record(What.REINSTATED, latest.events[-1].subject, after(known, at), who))


_OPENING = frozenset({What.DELIVERED, What.RELEASED, What.REINSTATED})


def closed(known: Iterable[Account]) -> Event | None:
    """The withdrawal that closed a window of which `known` are the packages; None if it was delivered to since.

    What stands was delivered after it was withdrawn, whatever the clocks of two deliverers said.
    """
    said = [
        event
        for item in known
        for event in item.events
        if event.what in _OPENING or (event.closes and (not item.stands or item.state is State.WITHDRAWING))
    ]
    last = max(said, key=_order, default=None)
    return last if last is not None and last.closes else None

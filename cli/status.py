"""What is known of titles without reading a media file: what is there, what was checked, what may leave, what left.

Digests come from the state and from history.jsonl. What neither of them knows is said to be unknown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assets import collecting, history, manifest
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.history import Revision
from assets.history.ledger import FILE_NAME, nfc
from assets.outlining import Outline, Outliner, Slot, title_ids
from assets.platform import Platform
from cli.status_rights import Rights, WindowState, rights_of, window_states
from storage.index import Delivery, Index, Verdict, open_index
from storage.state import state_text

PRESENT, ABSENT, MISSING = "present", "absent", "missing"
PASS, UNCHECKED = "pass", "unchecked"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a title and what is known of it.

    `presence`: `present`, `absent` (title.toml names a file that is not there) or `missing` (it names none).
    `check`: `pass`, `fail` or `incomplete` as the last report says of these bytes; `outdated` (by another revision of
    the platform), `changed` (only other bytes were judged), `unknown` (nobody knows what bytes it has now),
    `unchecked`, or empty where there is no file. `by` is the platform and revision of that report.
    """

    slot: Slot
    presence: str
    check: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Superseded:
    """A file in a package that is not the newest revision of its role. Revisions as `asset@3`."""

    name: str
    sha256: str
    delivered: str
    newest: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A package in a store. `unknown` are its files whose newest revision nobody has written down."""

    delivery: Delivery
    superseded: tuple[Superseded, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """All that is known of a title. `metadata` names the texts that it lacks, by the language of a version."""

    outline: Outline
    places: tuple[Place, ...]
    metadata: Mapping[str, tuple[str, ...]]
    windows: tuple[WindowState, ...]
    rights: Rights
    sent: tuple[Sent, ...]
    fault: str = ""

    @property
    def missing(self) -> tuple[Place, ...]:
        """The places without a file."""
        return tuple(place for place in self.places if place.presence != PRESENT)

    @property
    def not_passed(self) -> tuple[Place, ...]:
        """The files that the platform's present revision has not passed."""
        return tuple(place for place in self.places if place.presence == PRESENT and place.check != PASS)

    @property
    def superseded(self) -> int:
        """How many packages hold something that is not the newest."""
        return sum(bool(item.superseded) for item in self.sent)

    @property
    def can_ship(self) -> str:
        """`yes`, `no` or `unknown`: whether rights are open and all files that are declared are there and passed."""
        gone = any(place.presence == ABSENT or place.slot.what == "master" for place in self.missing)
        if not self.rights.is_open or not self.outline.slots or gone or self._failed:
            return "no"
        return "yes" if not self.not_passed else "unknown"

    @property
    def _failed(self) -> bool:
        return any(place.check in {"fail", "incomplete"} for place in self.not_passed)

    @property
    def attention(self) -> tuple[int, ...]:
        """The greater, the sooner somebody has to look: superseded deliveries, closing windows, faults, what lacks."""
        closing = any(item.state == "closing" for item in self.windows)
        failed = sum(place.check in {"fail", "incomplete"} for place in self.places)
        open_now = int(self.rights.is_open and self.can_ship != "yes")
        return self.superseded, int(closing), failed, open_now, len(self.missing), len(self.not_passed)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: by which platform (None: by any), where (None: anywhere), as of when."""

    platform: Platform | None
    territories: frozenset[str] | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the state says of the titles asked for."""

    verdicts: Mapping[str, Sequence[Verdict]] = field(default_factory=dict)
    deliveries: Mapping[str, Sequence[Delivery]] = field(default_factory=dict)
    digests: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@collecting.paused()
def statuses(catalogue: Catalogue, titles: Sequence[str], asked: Asked) -> tuple[list[Status], list[InputError]]:
    """The titles by name, or all, and the faults of those that cannot be read. What needs attention comes first."""
    for title in titles:
        catalogue.require_title(title)
    with open_index(catalogue.root) as index:
        known = _known(index, titles)
    outliner, found, faults = Outliner(catalogue), list[Status](), list[InputError]()
    for title in titles or title_ids(catalogue):
        try:
            found.append(_status(catalogue, outliner.read(title), known, asked))
        except InputError as error:
            faults.append(error)
    if not titles:
        found.sort(key=lambda item: item.attention, reverse=True)
    return found, faults


def _known(index: Index, titles: Sequence[str]) -> Known:
    ids = [nfc(title) for title in titles]
    verdicts, deliveries = index.newest_verdicts(ids), index.deliveries(ids)
    return Known(verdicts, deliveries, index.file_digests() if verdicts or deliveries else {})


def _status(catalogue: Catalogue, outline: Outline, known: Known, asked: Asked) -> Status:
    verdicts, deliveries = known.verdicts.get(outline.id, ()), known.deliveries.get(outline.id, ())
    revisions, fault = _revisions(catalogue, outline.id) if verdicts or deliveries else ((), "")
    newest = {item.name: item for item in revisions}
    own = [item for item in verdicts if asked.platform is None or item.platform == asked.platform.id]
    by_name: dict[str, list[Verdict]] = {}
    for item in own:
        by_name.setdefault(nfc(item.name), []).append(item)
    digests = {name: _digest(outline, name, known, newest) for name in by_name}
    return Status(
        outline=outline,
        places=tuple(_place(slot, outline, by_name, digests, asked.platform) for slot in outline.slots),
        metadata=_metadata(outline),
        windows=window_states(outline.windows, asked.platform, asked.territories, asked.at),
        rights=rights_of(outline.windows, asked.platform, asked.territories, asked.at),
        sent=tuple(_sent(item, revisions) for item in deliveries if _is_asked(item, asked)),
        fault=fault,
    )


def _is_asked(item: Delivery, asked: Asked) -> bool:
    return asked.platform is None or item.platform == asked.platform.id


def _revisions(catalogue: Catalogue, title_id: str) -> tuple[tuple[Revision, ...], str]:
    """The revisions of a title, or why they cannot be read."""
    if not (catalogue.root / "titles" / title_id / FILE_NAME).exists():
        return (), ""
    path = catalogue.root / "titles" / title_id / manifest.FILE_NAME
    read = history.read_history(manifest.read_title(path, catalogue.root, catalogue.shown(path)))
    return read.revisions, read.fault


def _digest(outline: Outline, name: str, known: Known, newest: Mapping[str, Revision]) -> str:
    """The SHA-256 of a file as it lies there, as far as anybody knows; empty if nobody does."""
    files = {nfc(item): found for item, found in outline.files.items()}
    if name not in files:
        return ""
    place, found = files[name]
    state, sha256 = known.digests.get(place, ("", ""))
    if state == state_text(found):
        return sha256
    said = newest.get(name)
    return said.sha256 if said and said.size == found.st_size else ""


def _place(
    slot: Slot,
    outline: Outline,
    verdicts: Mapping[str, Sequence[Verdict]],
    digests: Mapping[str, str],
    platform: Platform | None,
) -> Place:
    if not slot.name:
        return Place(slot, MISSING)
    if slot.name not in outline.files:
        return Place(slot, ABSENT)
    name = nfc(slot.name)
    judged = verdicts.get(name, ())
    if not judged:
        return Place(slot, PRESENT, UNCHECKED)
    if not digests[name]:
        return Place(slot, PRESENT, "unknown")
    said = [item for item in judged if item.sha256 == digests[name]]
    if not said:
        return Place(slot, PRESENT, "changed")
    last = max(said, key=lambda item: (item.verdict != PASS, item.judged_at))  # of several platforms, one that objects
    is_old = platform is not None and last.platform_revision != platform.revision
    return Place(slot, PRESENT, "outdated" if is_old else last.verdict, f"{last.platform} {last.platform_revision}")


def _metadata(outline: Outline) -> dict[str, tuple[str, ...]]:
    """What texts the language of each version lacks, by language; nothing for one that has them all."""
    languages = dict.fromkeys(slot.language for slot in outline.slots if slot.what == "master")
    return {tag: tuple(key for key, has in outline.texts.items() if tag not in has) for tag in languages}


def _sent(item: Delivery, revisions: Iterable[Revision]) -> Sent:
    """A delivery against the revisions: by its bytes, or by its name, a file is known to be of a role."""
    known = list(revisions)
    newest = {revision.asset: revision for revision in known}
    superseded: list[Superseded] = []
    unknown: list[str] = []
    for name, sha256 in item.assets:
        same_name = [revision for revision in known if revision.name == nfc(name)]
        same_bytes = [revision for revision in known if revision.sha256 == sha256]
        of = next(iter([*reversed([one for one in same_bytes if one in same_name]), *same_name, *same_bytes]), None)
        if of is None:
            unknown.append(name)
            continue
        last = newest[of.asset]
        if last.sha256 != sha256:
            was = next((one.id for one in reversed(same_bytes) if one.asset == of.asset), "")
            superseded.append(Superseded(name, sha256, was, last.id))
    return Sent(item, tuple(superseded), tuple(unknown))

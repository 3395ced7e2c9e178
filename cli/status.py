"""What is known of titles without reading a media file: what is there, what was checked, what may leave, what left.

Digests come from the state and from history.jsonl. What neither of them knows is said to be unknown.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from assets import collecting, digest, manifest, waiver_records
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.history import Revision
from assets.history.ledger import nfc, revisions_in
from assets.outlining import Outline, Outliner, title_ids
from assets.platform import Platform
from cli.status_places import ABSENT, AWAY, HAD, NOT_ASKED, PASS, Place, is_unreadable, place_of
from cli.status_rights import Rights, Where, WindowState, standing_of
from cli.status_sent import Sent, sent_of
from cli.status_shipping import NO, UNKNOWN, Cleared, Judged, cleared
from storage.index import Delivery, Index, Verdict, open_index
from storage.state import state_text

_READ_BYTES = 4 << 20
"""A judged file of which the state knows nothing is read if it has no more bytes: text, most pictures."""
AT_ONCE = 250
"""So many titles are worked out together: what the state knows of them is in memory meanwhile."""


@dataclass(frozen=True, slots=True)
class Status:
    """All that is known of a title. `metadata` names the texts that it lacks, by the language of a version."""

    outline: Outline
    places: tuple[Place, ...]
    metadata: Mapping[str, tuple[str, ...]]
    windows: tuple[WindowState, ...]
    rights: Rights
    sent: tuple[Sent, ...]
    cleared: Cleared
    fault: str = ""

    @property
    def missing(self) -> tuple[Place, ...]:
        """The places without a file."""
        return tuple(place for place in self.places if place.presence not in HAD)

    @property
    def not_passed(self) -> tuple[Place, ...]:
        """The files that the platform's present revision has not passed."""
        done = {PASS, NOT_ASKED}
        return tuple(place for place in self.places if place.presence in HAD and place.check not in done)

    @property
    def superseded(self) -> int:
        """How many packages hold something that is not the newest."""
        return sum(bool(item.superseded) for item in self.sent)

    @property
    def can_ship(self) -> str:
        """`yes`, `no` or `unknown`: whether a delivery would be let through, never more than the reports tell."""
        if not self.rights.is_open or any(is_unreadable(place.slot, place.presence) for place in self.places):
            return NO
        if self.cleared.answer != UNKNOWN:
            return self.cleared.answer
        gone = any(place.presence == ABSENT or place.slot.what == "master" for place in self.missing)
        return NO if gone or not self.outline.slots or self._failed else UNKNOWN

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
    outliner, found, faults = Outliner(catalogue), list[Status](), list[InputError]()
    ids = titles or title_ids(catalogue)
    with open_index(catalogue.root) as index:
        for first in range(0, len(ids), AT_ONCE):
            some = ids[first : first + AT_ONCE]
            known = known_of(index, some)
            for title in some:
                try:
                    found.append(status_of(catalogue, outliner.read(title), known, asked))
                except InputError as error:
                    faults.append(error)
    if not titles:
        found.sort(key=lambda item: item.attention, reverse=True)
    return found, faults


def known_of(index: Index, titles: Sequence[str]) -> Known:
    """What the state says of some titles."""
    ids = [nfc(title) for title in titles]
    verdicts, deliveries = index.newest_verdicts(ids), index.deliveries(ids)
    return Known(verdicts, deliveries, index.file_digests(titles) if verdicts or deliveries else {})


def status_of(catalogue: Catalogue, outline: Outline, known: Known, asked: Asked) -> Status:
    """All that is known of one title."""
    verdicts, deliveries = known.verdicts.get(outline.id, ()), known.deliveries.get(outline.id, ())
    revisions, fault = _revisions(catalogue, outline.id) if verdicts or deliveries else ((), "")
    own = [
        _of_today(item, outline) for item in verdicts if asked.platform is None or item.platform == asked.platform.id
    ]
    by_name: dict[str, list[Verdict]] = {}
    for item in own:
        by_name.setdefault(nfc(item.name), []).append(item)
    files = {nfc(name): file for name, file in outline.files.items()}
    away = {nfc(name): sha256 for name, sha256 in outline.away.items()}
    digests = {name: away.get(name) or _digest(catalogue.root, files.get(name), known) for name in by_name}
    digests |= {nfc(slot.name): "" for slot in outline.slots if slot.name in away and is_unreadable(slot, AWAY)}
    windows, rights = standing_of(outline, Where(asked.platform, asked.territories, asked.at))
    live = [item.window for item in windows if item.is_live]
    folder = catalogue.root / "titles" / outline.id
    judged = Judged(
        title=outline.id,
        verdicts=own,
        title_digest=lambda: manifest.declared_digest(folder),
        digest_of=lambda name: digests.get(nfc(name), ""),
        at=asked.at,
        waivers_end=lambda: waiver_records.ends_in(folder, catalogue.root, outline.id),
    )
    return Status(
        outline=outline,
        places=tuple(place_of(slot, outline, by_name, digests, asked.platform) for slot in outline.slots),
        metadata=_metadata(outline),
        windows=windows,
        rights=rights,
        sent=tuple(sent_of(item, revisions) for item in deliveries if _is_asked(item, asked)),
        cleared=cleared(judged, live, asked.platform),
        fault=fault,
    )


def _is_asked(item: Delivery, asked: Asked) -> bool:
    return asked.platform is None or item.platform == asked.platform.id


def _revisions(catalogue: Catalogue, title_id: str) -> tuple[tuple[Revision, ...], str]:
    """The revisions of a title, or why they cannot be read."""
    folder = catalogue.root / "titles" / title_id
    try:
        return revisions_in(folder), ""
    except InputError as error:
        return (), str(error)


def _digest(root: Path, file: tuple[str, os.stat_result] | None, known: Known) -> str:
    """The SHA-256 of a file as it lies there; empty if the state does not know it and it takes long to read."""
    if file is None:
        return ""
    place, found = file
    state, sha256 = known.digests.get(place, ("", ""))
    if state == state_text(found):
        return sha256
    if found.st_size > _READ_BYTES:
        return ""
    try:
        with open(f"{root}/{place}", "rb") as opened:  # noqa: PTH123 -- a hundred thousand Path objects take seconds
            data = opened.read(found.st_size + 1)
    except OSError:
        return ""
    return digest.sha256_bytes(data) if len(data) == found.st_size else ""  # else it changes just now


def _of_today(item: Verdict, outline: Outline) -> Verdict:
    """A verdict for a window that the title has no more is one for no window in particular."""
    return item if any(item.window == window.id for window in outline.windows) else replace(item, window="")


def _metadata(outline: Outline) -> dict[str, tuple[str, ...]]:
    """What texts the language of each version lacks, by language; nothing for one that has them all."""
    languages = dict.fromkeys(slot.language for slot in outline.slots if slot.what == "master")
    return {tag: tuple(key for key, has in outline.texts.items() if tag not in has) for tag in languages}

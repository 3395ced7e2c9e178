"""What `screener revoke` does, and what `screener list` finds: who has what, and what must be taken back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from assets.catalogue import Catalogue
from assets.errors import InputError, ReleaseprintError, StoreError, UsageError
from assets.screeners import ledger
from assets.screeners.model import Change, Grant, Request, Stands, What, folder_of
from assets.title import Title
from cli import judgement, screening_rights
from cli.render.words import visible_lines
from cli.screening import granted
from cli.who import who as named
from storage import screeners as lending
from storage.screeners import Place
from storage.stores.objects import object_url, open_object

OVERDUE = frozenset({Stands.EXPIRED, Stands.REVOKED})
"""How a grant stands whose copy should not be in the store any more."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A grant of a title as it stands now; `refusals` are why rights no longer allow one that is given."""

    title: str
    grant: Grant
    stands: Stands
    refusals: tuple[str, ...] = ()

    @property
    def must_go(self) -> bool:
        """Whether somebody has to take it back."""
        return self.stands in OVERDUE or bool(self.refusals)


@dataclass(frozen=True, slots=True)
class Listing:
    """The grants and the open requests of titles, and the copies in the stores that no record knows.

    `faults` are of titles that cannot be read: their grants are listed where only the title.toml is broken.
    """

    at: datetime
    grants: tuple[Listed, ...]
    requests: tuple[tuple[str, Request], ...]
    unrecorded: tuple[str, ...] = ()
    faults: tuple[InputError, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing has to be taken back."""
        return not self.unrecorded and not any(item.must_go for item in self.grants)


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out of a store; `note` is what the store says of it."""

    title: str
    grant: str
    note: str


def listing(catalogue: Catalogue, titles: Sequence[str], *, look: bool) -> Listing:
    """Who has what; with `look` the stores are asked for copies that no record knows."""
    at = judgement.now()
    grants: list[Listed] = []
    requests: list[tuple[str, Request]] = []
    unrecorded: list[str] = []
    faults: list[InputError] = []
    for title_id in titles or catalogue.title_ids():
        folder = _folder(catalogue, title_id)
        if not titles and not look and not (folder / ledger.FILE_NAME).exists():
            continue
        try:
            known = ledger.read(folder, catalogue.root)
        except InputError as error:
            faults.append(error)
            continue
        is_given = any(item.stands(at) is Stands.GIVEN for item in known.grants)
        title = _title(catalogue, title_id, faults) if is_given else None
        grants += [_listed(title_id, title, item, at) for item in known.grants]
        requests += [(title_id, item) for item in known.open_requests]
        if look:
            unrecorded += [f"{place.store.url}/{place.key}/{name}" for place, name in _strays(catalogue, title_id)]
    return Listing(at, tuple(grants), tuple(requests), tuple(unrecorded), tuple(faults))


def _title(catalogue: Catalogue, title_id: str, faults: list[InputError]) -> Title | None:
    """A title; None if it cannot be read, which is then among the faults."""
    try:
        return catalogue.title(title_id)
    except InputError as error:
        faults.append(error)
        return None


def _listed(title_id: str, title: Title | None, grant: Grant, at: datetime) -> Listed:
    stands = grant.stands(at)
    if title is None or stands is not Stands.GIVEN:
        return Listed(title_id, grant, stands)
    found = screening_rights.asked(title, grant.asked, grant.copy, at)
    return Listed(title_id, grant, stands, screening_rights.refusals(found))


def back(
    catalogue: Catalogue,
    title: str | None,
    ids: Sequence[str],
    *,
    why: str,
    expired: bool,
    unrecorded: bool,
    who: str | None,
) -> Iterator[Removed]:
    """What `revoke` takes back. Raises UsageError for options that do not go together."""
    _require_one_way(title, ids, why, expired=expired, unrecorded=unrecorded)
    if title is None or expired:
        return remove_expired(catalogue, [title] if title else [], who)
    if unrecorded:
        return remove_unrecorded(catalogue, title)
    return revoke(catalogue, title, ids, why, who)


def revoke(catalogue: Catalogue, title_id: str, names: Iterable[str], why: str, said: str | None) -> Iterator[Removed]:
    """Revoke grants of a title and remove their copies. Raises UsageError before the first if one is not there."""
    folder, by = _folder(catalogue, title_id), named(catalogue.root, said)
    known = ledger.read(folder, catalogue.root)
    for grant in [granted(known, name) for name in dict.fromkeys(names)]:
        with ledger.opened(folder, catalogue.root) as book:
            if granted(book.screeners, grant.id).revoked_at is None:
                book.append(Change(What.REVOKED, grant.id, judgement.now(), by, text=why))
        yield _remove(catalogue, title_id, grant, by)


def remove_expired(catalogue: Catalogue, titles: Sequence[str], said: str | None) -> Iterator[Removed]:
    """Remove the copies of all grants that are over, and what an interrupted revocation has left.

    What fails for one does not keep the others open: the last error is raised at the end, those before it are told.
    """
    at, by = judgement.now(), named(catalogue.root, said)
    failed: list[ReleaseprintError] = []
    for title_id in titles or catalogue.title_ids():
        try:
            known = ledger.read(_folder(catalogue, title_id), catalogue.root).grants
        except InputError as error:
            failed.append(error)
            continue
        for grant in known:
            if grant.stands(at) in OVERDUE:
                try:
                    yield _remove(catalogue, title_id, grant, by)
                except (StoreError, UsageError, InputError) as error:
                    failed.append(error)
    for trouble in failed[:-1]:
        click.echo(visible_lines(str(trouble)), err=True)
    if failed:
        raise failed[-1]


def remove_unrecorded(catalogue: Catalogue, title_id: str) -> Iterator[Removed]:
    """Remove the copies of a title that no record knows."""
    for place, name in list(_strays(catalogue, title_id)):
        yield Removed(title_id, name, lending.remove(Place(place.store, f"{place.key}/{name}")))


def _remove(catalogue: Catalogue, title_id: str, grant: Grant, by: str) -> Removed:
    note = lending.remove(Place(*open_object(grant.copy.url, catalogue)))
    with ledger.opened(_folder(catalogue, title_id), catalogue.root) as book:
        if granted(book.screeners, grant.id).removed_at is None:
            book.append(Change(What.REMOVED, grant.id, judgement.now(), by, text=note))
    return Removed(title_id, grant.id, note)


def _strays(catalogue: Catalogue, title_id: str) -> Iterator[tuple[Place, str]]:
    """The folders of grants that no record knows, in the catalogue's store and in those that grants lie in."""
    known = ledger.read(_folder(catalogue, title_id), catalogue.root)
    folder = folder_of(title_id)
    own = object_url(catalogue.config.store, folder, catalogue)
    lent = (item.copy.url.rpartition("/")[0] for item in known.grants)
    urls = [own, *(url for url in lent if url.endswith(f"/{folder}"))]  # no record leads to the copies of another title
    for url in dict.fromkeys(urls):
        place = Place(*open_object(url, catalogue))
        yield from ((place, name) for name in lending.unrecorded(place, known.ids))


def _require_one_way(title: str | None, ids: Sequence[str], why: str, *, expired: bool, unrecorded: bool) -> None:
    if expired or unrecorded:
        if ids or why or (expired and unrecorded):
            raise UsageError("--expired and --unrecorded take what they find; leave ids, --why and the other one out")
        if unrecorded and title is None:
            raise UsageError("--unrecorded needs a TITLE: what is not recorded here may be somebody else's")
    elif title is None or not ids or not why.strip():
        raise UsageError("name a TITLE, the ids of its grants and --why; or use --expired")


def _folder(catalogue: Catalogue, title_id: str) -> Path:
    catalogue.require_title(title_id)
    return catalogue.root / "titles" / title_id

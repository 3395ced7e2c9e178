"""What `release` does: packages that were held back stand, if rights still let them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from assets.catalogue import Catalogue
from assets.errors import InputError, StoreError, UsageError
from assets.rights import utc
from cli import judgement, life, still_allowed
from cli.main import CLEAN, FINDINGS, STORE_FAILED
from cli.render import after
from cli.withdrawing import Asked
from storage import embargo, receipts
from storage.audit import Done
from storage.embargo import Held, Released
from storage.index import open_index
from storage.manifests import own
from storage.manifests.own import Manifest, NotAManifestError
from storage.rebuilding import delivery
from storage.records import What
from storage.stores import Store, small
from storage.stores.small import TooLargeError
from storage.verify import find


def release(asked: Asked, who: str | None, *, dry_run: bool, as_json: bool) -> int:
    """Release what is due, and say what became of everything that is held back; the exit code."""
    done: list[Released] = []
    try:
        for item in releases(asked, who, dry_run=dry_run):
            done.append(item)
            if not as_json:
                after.show_released(item)
    finally:  # what was released before a store failed is told all the same
        if as_json:
            after.show_json([after.released_data(item) for item in done])
    if any(item.state == "failed" for item in done):
        return STORE_FAILED
    return FINDINGS if any(item.state == "refused" for item in done) else CLEAN


def releases(asked: Asked, who: str | None, *, dry_run: bool) -> Iterator[Released]:
    """What becomes of each package that is held back; a dry run says `waiting` or `due`. Raises StoreError."""
    at = judgement.now()
    for below in [f"{title}/" for title in asked.wanted.titles] or [""]:
        for item in sorted(embargo.held(asked.store, below), key=lambda item: _judged(asked.store, item)):
            if dry_run:
                yield Released(item, "waiting" if item.until is None or item.until > at else "due")
            else:
                yield _one(asked, item, at, life.by_whom(asked.catalogue.root, who))


def _judged(store: Store, item: Held) -> str:
    """When a package was judged: of two that are held back for a window the later takes the place of the earlier."""
    try:
        return own.read(small.read(store, item.manifest_key), item.manifest_key).judged_at
    except (NotAManifestError, TooLargeError):  # its release says what is wrong with it
        return ""


def _one(asked: Asked, item: Held, at: datetime, who: str) -> Released:
    catalogue, store = asked.catalogue, asked.store
    try:
        released = embargo.release(store, item, at, who, partial(_refusals_now, catalogue))
    except StoreError as error:  # the others are released all the same
        return Released(item, "failed", (str(error),))
    if released.record is None:
        return released
    added = receipts.supersede(store, released.record.subject, at, who)
    account = receipts.accounts(store, item.prefix)[0]
    given = [event for one in account for event in one.events if event.what is What.DELIVERED]
    done = [Done(event.what, event.key, event.at, who) for event in given]
    life.log(catalogue.root, store, [*done, *life.done_of([released.record, *added])])
    _keep(catalogue, store, item.prefix)
    return released


def _refusals_now(catalogue: Catalogue, manifest: Manifest) -> Sequence[str]:
    return refusals(catalogue, manifest, judgement.now())


def refusals(catalogue: Catalogue, manifest: Manifest, at: datetime) -> Sequence[str]:
    """Why rights do not let a package stand at an instant, by the title as it is now."""
    try:
        title = catalogue.title(manifest.title)
        platform = judgement.platform_of(catalogue, manifest.platform)
    except (UsageError, InputError) as error:
        return (str(error),)
    windows = [item for item in title.windows if item.id == manifest.window and item.grants(platform.right)]
    if not windows:
        return (f"{title.id} has no window {manifest.window} for {platform.right} any more",)
    (window, *_) = windows
    said = (manifest.not_before, manifest.not_after)
    if said != (utc(window.start), utc(window.end) if window.end else None):
        return (f"the dates of window {window.id} are others than those of the package; deliver again",)
    return (*still_allowed.languages_lost(title, manifest), *still_allowed.forbidden_since(title, manifest, at))


def _keep(catalogue: Catalogue, store: Store, prefix: str) -> None:
    """Keep in the catalogue's state that a package stands."""
    wrong: list[str] = []
    _, delivered = delivery(store, find(store, prefix), wrong)
    with open_index(catalogue.root) as index:
        index.add_delivery(delivered)

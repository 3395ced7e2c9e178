"""What `withdraw` and `expire` do: find the packages that come down, and take them down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assets.catalogue import Catalogue
from assets.errors import InputError, StoreError, UsageError
from assets.title import Title
from cli import life, still_allowed
from storage import forgetting, receipts, withdraw
from storage.manifests.own import NotAManifestError
from storage.receipts import Account, State
from storage.records import Record
from storage.stores import Store
from storage.withdraw import Doomed, Said


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which packages are meant; None and empty mean any. `package` is the beginning of an id."""

    titles: tuple[str, ...] = ()
    platform: str | None = None
    window: str | None = None
    package: str | None = None
    superseded: bool = False

    def means(self, doomed: Doomed) -> bool:
        """Whether a package is one of them."""
        manifest = doomed.manifest
        return (
            (not self.titles or manifest.title in self.titles)
            and self.platform in {None, manifest.platform}
            and self.window in {None, manifest.window}
            and manifest.package.startswith(self.package or "")
            and (not self.superseded or doomed.state in {State.SUPERSEDED, State.WITHDRAWING})
        )


@dataclass(frozen=True, slots=True)
class Down:
    """A package that comes down, with the reasons; `record` is None while it is only told, or if it `failed`."""

    doomed: Doomed
    reasons: tuple[str, ...]
    record: Record | None = None
    failed: str = ""


def found(store: Store, wanted: Wanted, wrong: list[str]) -> Iterator[Doomed]:
    """The packages that are meant: those that stand, are held back, or whose withdrawal has begun.

    A manifest that is none is added to `wrong`, and the others are found all the same. Raises StoreError.
    """
    for below in [f"{title}/" for title in wanted.titles] or [""]:
        accounts, _ = receipts.accounts(store, below)
        known = [doomed for item in accounts if (doomed := _doomed(store, item, wrong))]
        begun = {doomed.subject.prefix for doomed in known}
        held = [doomed for doomed in withdraw.held(store, below) if doomed.subject.prefix not in begun]
        yield from (doomed for doomed in (*known, *held) if wanted.means(doomed))


def _doomed(store: Store, account: Account, wrong: list[str]) -> Doomed | None:
    try:
        return withdraw.of_account(store, account)
    except NotAManifestError as error:
        wrong.append(str(error))
        return None


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read, a line each: manifests in the store, and titles of the catalogue."""

    manifests: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


def over(catalogue: Catalogue, store: Store, wanted: Wanted, at: datetime, unread: Unread) -> list[Down]:
    """The packages that must come down at an instant, and why: by their manifests, or by the rights of now.

    What cannot be read is added to `unread`: of a title that cannot be, its manifests alone are asked.
    """
    titles: dict[str, Title | None] = {}
    told: list[Down] = []
    for doomed in found(store, wanted, unread.manifests):
        name = doomed.manifest.title
        if name not in titles:
            titles[name] = title_of(catalogue, name, unread)
        if reasons := tuple(_reasons(doomed, titles[name], at)):
            told.append(Down(doomed, reasons))
    return told


def title_of(catalogue: Catalogue, name: str, unread: Unread) -> Title | None:
    """The title, or None if the catalogue has none of that name or cannot read it."""
    try:
        return catalogue.title(name)
    except UsageError:
        return None
    except InputError as error:
        unread.titles.append(str(error))
        return None


def _reasons(doomed: Doomed, title: Title | None, at: datetime) -> Iterator[str]:
    if doomed.state == State.WITHDRAWING:
        yield "its withdrawal was begun and not finished"
    end = doomed.manifest.not_after
    if end is not None and datetime.fromisoformat(end) <= at:
        yield f"its window ended {end}"
        return
    if title is None:  # its manifest alone can be asked, and says that it may stay
        return
    yield from still_allowed.forbidden_since(title, doomed.manifest, at)


def take_down(catalogue: Catalogue, store: Store, coming: Sequence[Down], said: Said) -> Iterator[Down]:
    """Take packages down, one after the other; each is told as soon as it is down, or why it could not be.

    What cannot be taken down must not keep the others up. A window is closed by it only if it was the present package
    that was taken down, and not one that was superseded. Raises StoreError for a store that does not answer any more.
    """
    for item in coming:
        closes = said.closes and item.doomed.state != State.SUPERSEDED
        why = said.why or "; ".join(item.reasons)
        try:
            record = withdraw.withdraw(store, item.doomed, Said(said.who, said.at, why, closes))
        except StoreError as error:
            next(iter(store.list(item.doomed.subject.prefix)), None)
            yield Down(item.doomed, item.reasons, failed=str(error))
            continue
        forgetting.forget(catalogue.root, store.url, item.doomed.subject.prefix)
        life.log(catalogue.root, store, life.done_of([record]))
        yield Down(item.doomed, item.reasons, record)

"""What `redeliver` does: for each window that was delivered to, what has changed since is told and sent."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from assets.catalogue import Catalogue
from assets.errors import UsageError
from assets.leaving import agreed_of
from assets.platform import Platform
from assets.rights import RightsWindow
from assets.title import Title
from cli import delivery, delivery_text, judgement, life
from cli.ahead import taken_over
from cli.delivery import Order, Outcome
from cli.render import after
from cli.running.asking import HERE, Workers
from cli.running.tasks import Done
from cli.running.workers import Ready, measured_ahead
from cli.terminal import console
from storage import receipts, verify
from storage.manifests import own
from storage.plan import Plan
from storage.receipts import Account, State
from storage.stores import Store, open_store


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    title: str
    platform: str | None
    window: str | None
    not_before: datetime | str | None
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Again:
    """What is delivered again, from where to where: every title's packages, or those for one `window`."""

    catalogue: Catalogue
    platform: Platform
    store: Store
    window: str | None
    not_before: datetime | str | None
    dry_run: bool

    def accounts(self, title_id: str) -> dict[str, list[Account]]:
        """What the store has had of a title, by the windows that are asked for. Raises StoreError."""
        known, _ = receipts.accounts(self.store, f"{title_id}/{self.platform.id}/")
        found: dict[str, list[Account]] = {}
        for item in known:
            if self.window in {None, item.parts[2]}:
                found.setdefault(item.parts[2], []).append(item)
        return found

    def granted(self, title: Title) -> dict[str, RightsWindow]:
        """The windows that the title has by now."""
        windows = agreed_of(title, self.platform).windows
        return {window.id: window for window in windows if window.grants(self.platform.right)}

    def order(self, title: Title, window: RightsWindow) -> Order:
        """What is ordered for one of them."""
        where, titles = window.territories, (title.id,)
        return Order(self.platform, where, None, titles, window.id, self.dry_run, self.not_before, again=True)

    def leaving_now(self, title: Title, names: Iterable[str]) -> list[RightsWindow]:
        """Those of the windows of these names that are delivered to as of now."""
        granted = self.granted(title)
        orders = [self.order(title, granted[name]) for name in names if name in granted]
        return [window for order in orders for window in delivery.leaving_now(title, order)]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not as it was in the package before, by key. Reports and seals, which every package has, do not count."""

    before: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def data(self) -> dict[str, Any]:
        """The same for a machine."""
        return {"before": self.before, **{key: list(getattr(self, key)) for key in ("added", "changed", "removed")}}


def redeliver(
    asked: Asked, store_name: str | None, folder: Path | None, workers: Workers = HERE, *, as_json: bool
) -> int:
    """Deliver again what is asked for, and say it; the exit code. Raises UsageError if there is nothing of it."""
    catalogue = judgement.require(folder)
    platform = judgement.platform_of(catalogue, asked.platform)
    store = open_store(store_name or catalogue.config.store, catalogue, tell=life.say)
    again = Again(catalogue, platform, store, asked.window, asked.not_before, asked.dry_run)
    screen, done = console(), []
    try:
        with measured(again, [asked.title], workers) as ready:
            for outcome, changes in (found for title in ready for found in outcomes(again, title, ready)):
                done.append((outcome, changes))
                if not as_json:
                    delivery_text.show(outcome, screen)
                    _show(changes)
    finally:
        if as_json:
            told = [delivery_text.data(item) | {"changes": changes.data if changes else None} for item, changes in done]
            after.show_json(told)
    return delivery.exit_code([outcome for outcome, _ in done])


@contextmanager
def measured(
    again: Again, ids: Sequence[str], workers: Workers, told: Callable[[Done], None] = lambda _done: None
) -> Iterator[Ready]:
    """The titles, as soon as workers have measured what is delivered again of them, and sent its large files.

    `told` hears of each task. Raises StoreError, UsageError, ClusterError.
    """
    from cli.running.measuring import Ahead
    from cli.running.uploading import Same, uploads

    accounts = lru_cache(maxsize=1)(again.accounts)  # of a title first its media are asked for, and then its uploads
    sent = uploads(
        again.store,
        lambda place: Same(again.catalogue, again.platform, again.not_before, again=True, place=place),
        lambda title: again.leaving_now(title, accounts(title.id)),
    )
    if sent is not None and not again.dry_run:
        life.require_private(again.store)
    ahead = Ahead(lambda title: bool(accounts(title.id)), told, sent)
    with measured_ahead(again.catalogue, workers, ids, ahead) as ready:
        yield ready


def outcomes(again: Again, title_id: str, ready: Ready) -> Iterator[tuple[Outcome, Changes | None]]:
    """What becomes of each window that was delivered to, and what has changed in it; the title is the next `ready`.

    Raises UsageError if nothing was, InputError, StoreError.
    """
    title = again.catalogue.title(title_id)
    accounts = again.accounts(title.id)
    if not accounts:
        of = f" for window {again.window}" if again.window else ""
        raise UsageError(
            f"{again.store.url}: nothing of {title.id} was delivered to {again.platform.id}{of}; `deliver` sends it"
        )
    granted = again.granted(title)
    with taken_over(title.id, again.store, ready):
        for name, known in accounts.items():
            if name not in granted:
                reason = f"the title has no window {name} any more; `releaseprint expire` says what must come down"
                yield Outcome(title.id, "refused", reasons=(reason,)), None
                continue
            before = _newest(again.store, known)
            for outcome in delivery.run(again.catalogue, again.order(title, granted[name]), again.store):
                yield outcome, _changes(before, outcome.plan) if before and outcome.plan else None


def _newest(store: Store, accounts: list[Account]) -> verify.Standing | None:
    """The package of a window that stands and was not superseded; of several, the one that was judged last."""
    standing = [verify.find(store, item.prefix) for item in accounts if item.stands and item.state is State.STANDING]
    return max(standing, key=lambda item: item.manifest.judged_at, default=None)


def _changes(before: verify.Standing, plan: Plan) -> Changes:
    """A plan against the package before."""
    was = {entry.key: entry.sha256 for entry in before.manifest.entries if entry.kind not in {"report", own.SEAL}}
    now: Mapping[str, str] = {file.key: file.sha256 for file in plan.files}
    return Changes(
        before.prefix,
        added=tuple(sorted(now.keys() - was)),
        changed=tuple(sorted(key for key in now.keys() & was if now[key] != was[key])),
        removed=tuple(sorted(was.keys() - now)),
    )


def _show(changes: Changes | None) -> None:
    if changes is None:
        return
    for what, keys in (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed)):
        for key in keys:
            after.tell(f"  {what}  {key}")
    if not (changes.added or changes.changed or changes.removed):
        after.tell(f"  as it was in {changes.before}")

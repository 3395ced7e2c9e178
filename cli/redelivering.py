"""What `redeliver` does: for each window that was delivered to, what has changed since is told and sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assets.catalogue import Catalogue
from assets.errors import UsageError
from assets.leaving import agreed_of
from assets.platform import Platform
from assets.title import Title
from cli import delivery, delivery_text, judgement, life
from cli.delivery import Order, Outcome
from cli.render import after
from cli.running.asking import HERE, Workers
from cli.running.workers import measured_ahead
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
    screen, done = console(), []
    try:
        for outcome, changes in _measured(catalogue, platform, store, asked, workers):
            done.append((outcome, changes))
            if not as_json:
                delivery_text.show(outcome, screen)
                _show(changes)
    finally:
        if as_json:
            told = [delivery_text.data(item) | {"changes": changes.data if changes else None} for item, changes in done]
            after.show_json(told)
    return delivery.exit_code([outcome for outcome, _ in done])


def _measured(
    catalogue: Catalogue, platform: Platform, store: Store, asked: Asked, workers: Workers
) -> Iterator[tuple[Outcome, Changes | None]]:
    """As `outcomes`; what is sent again is measured by workers."""
    from cli.running.measuring import Ahead

    ahead = Ahead(lambda title: was_delivered(store, title, platform))
    with measured_ahead(catalogue, workers, [asked.title], ahead) as ready:
        for _ in ready:
            yield from outcomes(catalogue, platform, store, asked)


def was_delivered(store: Store, title: Title, platform: Platform) -> bool:
    """Whether a store has had a package of a title for a platform. Raises StoreError."""
    return bool(_known(store, title.id, platform))


def _known(store: Store, title_id: str, platform: Platform) -> Sequence[Account]:
    known, _ = receipts.accounts(store, f"{title_id}/{platform.id}/")
    return known


def outcomes(
    catalogue: Catalogue, platform: Platform, store: Store, asked: Asked
) -> Iterator[tuple[Outcome, Changes | None]]:
    """What becomes of each window that was delivered to, and what has changed in it.

    Raises UsageError if nothing was, InputError, StoreError.
    """
    title = catalogue.title(asked.title)
    of_window: dict[str, list[Account]] = {}
    for item in _known(store, title.id, platform):
        of_window.setdefault(item.parts[2], []).append(item)
    names = [name for name in of_window if asked.window in {None, name}]
    if not names:
        of = f" for window {asked.window}" if asked.window else ""
        raise UsageError(f"{store.url}: nothing of {title.id} was delivered to {platform.id}{of}; `deliver` sends it")
    granted = {window.id: window for window in agreed_of(title, platform).windows if window.grants(platform.right)}
    for name in names:
        if name not in granted:
            reason = f"the title has no window {name} any more; `releaseprint expire` says what must come down"
            yield Outcome(title.id, "refused", reasons=(reason,)), None
            continue
        before = _newest(store, of_window[name])
        territories = granted[name].territories
        titles = (title.id,)
        order = Order(platform, territories, None, titles, name, asked.dry_run, asked.not_before, again=True)
        for outcome in delivery.run(catalogue, order, store):
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

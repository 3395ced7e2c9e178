"""From the options of `withdraw` and `expire` to what they say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from assets.catalogue import Catalogue
from assets.errors import UsageError
from assets.ids import is_id
from cli import judgement, life, taking_down
from cli.main import CLEAN, FINDINGS, STORE_FAILED, UNREADABLE
from cli.render import after
from cli.render.words import visible
from cli.taking_down import Down, Wanted
from storage import audit
from storage.stores import Store, open_store
from storage.stores.store import KEEPS
from storage.withdraw import Said


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which store, and which of its packages."""

    catalogue: Catalogue
    store: Store
    wanted: Wanted


def asking(title: str | None, options: Mapping[str, Any], store_name: str | None, folder: Path | None) -> Asked:
    """What the command line asks for. A title need not be in the catalogue any more. Raises UsageError."""
    if title is not None and not is_id(title):
        raise UsageError(f"{title!r} is no id of a title; `releaseprint packages` lists them")
    catalogue = judgement.require(folder)
    store = open_store(store_name or catalogue.config.store, catalogue, tell=life.say)
    return Asked(catalogue, store, Wanted(titles=(title,) if title else (), **options))


def withdraw(asked: Asked, why: str, who: str | None, *, dry_run: bool, as_json: bool) -> int:
    """Take down what is asked for, and say it; the exit code."""
    if not why.strip():
        raise UsageError("--why: is empty; say why, for whoever reads the record in years")
    wrong: list[str] = []
    coming = [Down(doomed, (why,)) for doomed in taking_down.found(asked.store, asked.wanted, wrong)]
    said = Said(life.by_whom(asked.catalogue.root, who), judgement.now(), why, closes=True)
    items = coming if dry_run else taking_down.take_down(asked.catalogue, asked.store, coming, said)
    shown = _show(items, as_json=as_json)
    if not shown and not wrong:
        if not dry_run:
            audit.finish(asked.catalogue.root, asked.store)  # killed after the record, before its line was stored
        known = ", ".join(asked.wanted.titles)
        raise UsageError(f"{asked.store.url}: has no such package of {known}; see `releaseprint receipts {known}`")
    return max(_exit_code(wrong), _exit_code_of_all(shown))


def expire(asked: Asked, at: datetime | None, who: str | None, *, write: bool, as_json: bool) -> int:
    """Say what must come down, and take it down with `write`; the exit code. Raises UsageError."""
    now = judgement.now()
    if write and at is not None and at > now:
        raise UsageError(f"--at {at.isoformat()} is yet to come; --write takes down what must come down by now")
    unread = taking_down.Unread()
    coming = taking_down.over(asked.catalogue, asked.store, asked.wanted, at or now, unread)
    if not write:
        told = _show(coming, as_json=as_json)
        return _exit_code_of(unread) or (FINDINGS if told else CLEAN)
    said = Said(life.by_whom(asked.catalogue.root, who), now, "")
    shown = _show(taking_down.take_down(asked.catalogue, asked.store, coming, said), as_json=as_json)
    return max(_exit_code_of(unread), _exit_code_of_all(shown))


def _exit_code_of_all(shown: Sequence[Down]) -> int:
    """4 if a package could not be taken down, 1 if a lock keeps bytes of one, so that somebody has to see to them."""
    if any(item.failed for item in shown):
        return STORE_FAILED
    return FINDINGS if any(kept_by_locks(item) for item in shown) else CLEAN


def kept_by_locks(item: Down) -> tuple[str, ...]:
    """What locks of the store keep of a package that was taken down."""
    return tuple(note for note in item.record.kept if note.startswith(KEEPS)) if item.record else ()


def _exit_code_of(unread: taking_down.Unread) -> int:
    return max(_exit_code(unread.titles, UNREADABLE), _exit_code(unread.manifests))


def _exit_code(wrong: Iterable[str], code: int = STORE_FAILED) -> int:
    """Say what could not be read: somebody has to look whether it must come down."""
    lines = list(wrong)
    for line in lines:
        click.echo(visible(line), err=True)
    return code if lines else CLEAN


def _show(items: Iterable[Down], *, as_json: bool) -> list[Down]:
    """Say each as it comes; all of them. What was done before a store failed is told all the same."""
    done: list[Down] = []
    try:
        for item in items:
            done.append(item)
            if not as_json:
                after.show_down(item)
    finally:
        if as_json:
            after.show_json([after.down_data(item) for item in done])
    return done

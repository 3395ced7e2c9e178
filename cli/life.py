"""What a delivery has to do with the packages that came before it, with embargoes, and with the audit log."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assets.catalogue import Catalogue
from assets.errors import InputError, PackageError, StoreError, UsageError
from assets.rights import embargoes, utc
from cli import troubles
from cli.after_options import RIGHTS
from cli.render.words import visible_lines
from cli.who import who
from storage import audit, embargo, exposure, hooks, receipts
from storage import package as packaging
from storage.audit import Done
from storage.embargo import HeldBack
from storage.manifests import own
from storage.records import Record, Subject, What
from storage.stores import Store, small

if TYPE_CHECKING:
    from storage.deliver import Receipt
    from storage.plan import Draft, Plan

by_whom = cache(who)
"""As `who`, which asks git, and for each of many packages the same."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a package goes to a store: not at all, for `reasons`; held back `until` an instant; or at once."""

    store: Store
    until: datetime | None = None
    reasons: tuple[str, ...] = ()


def course(plan: "Draft", store: Store, not_before: datetime | str | None, at: datetime, *, again: bool) -> Course:
    """How a package goes to a store at an instant. `again` says that somebody wants it though it was withdrawn.

    What stands already cannot be held back any more. Raises StoreError.
    """
    prefix = packaging.prefix_of(plan)
    if not again and (event := receipts.closed(receipts.accounts(store, _window(prefix))[0])):
        because = f"withdrawn {utc(event.at)} by {event.who}: {event.text}; `releaseprint redeliver` sends it again"
        return Course(store, reasons=(f"window {plan.window.id} was {because}",))
    if store.head(prefix + own.NAME) is not None:
        return Course(store)
    until = not_before if isinstance(not_before, datetime) else embargo.until(store, prefix)
    if not_before == RIGHTS:
        until = embargoes.lifts(plan.title.rights, plan.window.id)
    if until is None or until <= at:
        return Course(store)
    return Course(HeldBack(store, prefix), until)


def hold(plan: "Plan", store: Store, until: datetime) -> None:
    """Write until when a package is held back, unless the store says so already. Raises StoreError."""
    prefix = packaging.prefix_of(plan)
    with suppress(PackageError):  # a notice that is none is replaced
        if embargo.until(store, prefix) == until:
            return
    embargo.hold(store, prefix, until)


def _window(prefix: str) -> str:
    return prefix.rsplit("/", 2)[0] + "/"


def delivered(catalogue: Catalogue, store: Store, receipt: "Receipt", at: datetime) -> Sequence[Record]:
    """Say of the other packages of the window that they are superseded, and log what was done; what was added."""
    subject = Subject(receipt.package, receipt.prefix, receipt.manifest_sha256)
    name = by_whom(catalogue.root, None)
    added = receipts.supersede(store, subject, at, name)
    done = [Done(What.DELIVERED, receipt.key, datetime.fromisoformat(receipt.run_at), name)] if receipt.key else []
    log(catalogue.root, store, [*done, *done_of(added)])
    return added


def done_of(added: Iterable[Record]) -> list[Done]:
    """Records as the audit log has them."""
    return [Done(record.what, record.key, record.at, record.who) for record in added]


def require_private(store: Store) -> None:
    """Raises StoreError if anybody can read what is stored in a store."""
    if not exposure.require_private(store):
        say(f"{store.url}: whether anybody can read it could not be asked")


def log(root: Path, store: Store, done: Sequence[Done]) -> None:
    """Add to the audit log, and tell whom the environment names. What was done stays done if that fails; it is said."""
    try:
        new = audit.append(root, store, done)
    except (InputError, UsageError, StoreError) as error:
        new = list(done)
        troubles.say(f"{error}\nWhat was done is not in the audit log.")
    for item in new:
        try:
            hooks.notify(item.what, small.read(store, item.key), os.environ)
        except (UsageError, StoreError) as error:
            say(str(error))


def say(text: str) -> None:
    """Say something to the person, beside what the command answers."""
    click.echo(visible_lines(text), err=True)

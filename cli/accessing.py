"""What the `access` commands do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from assets.catalogue import Catalogue
from assets.errors import Refused, StoreError, UsageError
from assets.leaving import agreed_of
from assets.rights import RightsWindow, permission, utc
from assets.title import Title
from cli import judgement, still_allowed
from cli.main import CLEAN, FINDINGS, UNREADABLE
from cli.render import after
from cli.render.words import visible
from storage import access, embargo, exposure, verify
from storage.access import Permission
from storage.manifests import own
from storage.stores import Store, open_store
from storage.verify import Standing


@dataclass(frozen=True, slots=True)
class Asked:
    """What `access policy` is asked for."""

    title: str
    platform_name: str | None
    window: str
    receiver: str | None
    start: datetime | None
    end: datetime | None


def _opened(store_name: str | None, folder: Path | None) -> tuple[Catalogue, Store]:
    catalogue = judgement.require(folder)
    return catalogue, open_store(store_name or catalogue.config.store, catalogue)


def policy(asked: Asked, store_name: str | None, folder: Path | None) -> dict[str, Any]:
    """The policy document of a window. Raises Refused where rights do not open it, UsageError."""
    catalogue, store = _opened(store_name, folder)
    title = catalogue.title(asked.title)
    receiver = access.a_receiver(asked.receiver) if asked.receiver else ""
    now = judgement.now()
    platform = judgement.platform_of(catalogue, asked.platform_name)
    window = _window(title, platform.id, asked.window)
    found = permission.select(agreed_of(title, platform), platform.right, window.territories, now, window.id)
    if reasons := (*found.refusals, *(reason for _, items in found.withheld for reason in items)):
        raise Refused(f"{title.id}: nobody is given window {window.id}", reasons)
    prefix = f"{title.id}/{platform.id}/{window.id}/"
    start = asked.start or max(now, embargo.until(store, f"{prefix}any/") or now)
    end = min((item for item in (asked.end, window.end) if item is not None), default=None)
    if end is None:
        raise UsageError(f"--until is needed: window {window.id} has no end, and no access is given for ever")
    if end <= start:
        raise UsageError(f"nothing is given: it would begin {utc(start)} and end {utc(end)}")
    return access.policy(Permission(store.url, prefix, start, end, receiver))


def _window(title: Title, platform: str, name: str) -> RightsWindow:
    found = next((window for window in title.windows if window.id == name), None)
    if found is None:
        known = ", ".join(window.id for window in title.windows) or "none"
        raise UsageError(f"{title.id} has no window {name!r} for {platform}; windows: {known}")
    return found


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a package, by key, and when they end."""

    prefix: str
    ends: datetime
    addresses: tuple[tuple[str, str], ...]


def links(package: str, days: int, store_name: str | None, folder: Path | None) -> Links:
    """Links to the files of a package that stands, the manifest's last.

    Raises Refused when its window is over, or when the rights of now forbid what it carries.
    """
    catalogue, store = _opened(store_name, folder)
    standing = verify.find(store, package)
    now = judgement.now()
    end = _end_of_window(catalogue, standing, now)
    ends = min(filter(None, [now + timedelta(days=days), end]))
    names = [*(entry.key for entry in standing.manifest.entries), own.SUMS_NAME, own.NAME]
    return Links(standing.prefix, ends, tuple(_addresses(store, standing.prefix, names, ends)))


def _end_of_window(catalogue: Catalogue, standing: Standing, at: datetime) -> datetime | None:
    """When the window of a package ends, None for never. Raises Refused when that is past, or rights forbid it."""
    manifest = standing.manifest
    title = catalogue.title(manifest.title) if manifest.title in catalogue.title_ids() else None
    end = still_allowed.earliest_end(title, manifest)
    reasons = [*still_allowed.forbidden_since(title, manifest, at)] if title else []
    if not reasons and end is not None and end <= at:
        reasons = [f"its window ended {utc(end)}"]
    if reasons:
        raise Refused(f"{standing.prefix}: no link is made", reasons)
    return end


def _addresses(store: Store, prefix: str, names: list[str], ends: datetime) -> Iterator[tuple[str, str]]:
    """A link to each file. A link holds from when it is signed: the last of many must not outlast the first."""
    for name in names:
        seconds = int((ends - judgement.now()).total_seconds())
        if seconds < 1:
            raise Refused(f"{prefix}: no link is made", [f"its window ended {utc(ends)}"])
        address = store.link(prefix + name, seconds)
        if address is None:
            raise StoreError(f"{store.url}: has no links; hand the folder over")
        yield name, address


def show_links(found: Links, *, as_json: bool) -> None:
    """Key and link, a line each with a tab between; when they end goes first."""
    if as_json:
        after.show_json({"prefix": found.prefix, "ends": utc(found.ends), "links": dict(found.addresses)})
        return
    after.tell(f"# {found.prefix} until {utc(found.ends)}; each link is a secret")
    for name, address in found.addresses:
        click.echo(f"{visible(name)}\t{address}")


def check(store_name: str | None, folder: Path | None) -> int:
    """Ask for the manifest and the largest file of every package as anybody would; the exit code."""
    _, store = _opened(store_name, folder)
    known, _ = verify.packages(store)
    answers: list[bool | None] = []
    for package in known:
        largest = max(package.manifest.entries, key=lambda entry: entry.size, default=None)
        for name in filter(None, (own.NAME, largest.key if largest else "")):
            answers.append(exposure.is_open(store, package.prefix + name))
            if answers[-1]:
                after.tell(f"anybody can read  {package.prefix}{name}")
    unknown = answers.count(None)
    after.tell(f"{len(answers)} files asked for without credentials: {answers.count(True)} open, {unknown} not known")
    if True in answers:
        return FINDINGS
    return UNREADABLE if unknown else CLEAN

"""What `verify` and `received` read, and what they show of it."""

from dataclasses import asdict
from pathlib import Path
from random import SystemRandom
from typing import Any

from rich.text import Text

from cli.listings import package_data
from cli.render.words import size_text, visible
from cli.terminal import bytes_progress, console
from storage import received, verify
from storage.manifests.own import Manifest
from storage.received import Received
from storage.stores.store import Store
from storage.verify import Standing, Verification


def read_package(store: Store, standing: Standing, percent: int | None) -> Verification:
    """Read a package again, all of it or so many of a hundred files."""
    entries = standing.manifest.entries
    only = None if percent is None else verify.sample(entries, percent, SystemRandom())
    size = sum(entry.size for entry in entries if only is None or entry.key in only)
    with bytes_progress(f"verifying {standing.manifest.package[:16]}", size) as progress:
        return verify.verify(store, standing, progress, only)


def read_folder(folder: Path) -> Received:
    """Read a folder that came by any way."""
    with bytes_progress(f"reading {folder.name}", received.size_of(folder)) as progress:
        return received.check(folder, progress)


def show_verification(result: Verification, url: str) -> None:
    """What was read again, and what is not as it was delivered."""
    screen = console()
    for line in result.wrong:
        screen.print(Text(visible(f"wrong  {line}"), style="bold red"), soft_wrap=True)
    for key in result.extra:
        screen.print(Text(visible(f"beside the package, not named in its manifest: {key}")), soft_wrap=True)
    words = f"{len(result.wrong)} wrong" if result.wrong else "all as delivered"
    known = len(result.package.manifest.entries)
    count = f"{result.files}" if result.files == known else f"{result.files} of {known}"
    read = f"{count} files, {size_text(result.size)}: {words}"
    screen.print(Text(visible(f"{url.rstrip('/')}/{result.package.prefix}: {read}")), soft_wrap=True)
    if result.wrong:
        screen.print(Text(_mending(result.package.manifest)), soft_wrap=True)


def _mending(manifest: Manifest) -> str:
    """What mends a package: a redelivery looks at sizes alone, for who delivers every night does not read it all."""
    redelivery = f"`releaseprint redeliver {manifest.title} --platform {manifest.platform}`"
    withdrawal = f"`releaseprint withdraw {manifest.title} --package {manifest.package[:16]} --why …`"
    return f"{redelivery} sends what is missing or cut; where bytes are others, {withdrawal} goes before it"


def verification_data(result: Verification) -> dict[str, Any]:
    """The outcome of a verification as data for a machine."""
    read = {"files": result.files, "bytes": result.size}
    found = {"wrong": list(result.wrong), "extra": list(result.extra), "read": read}
    return package_data(result.package) | found


def show_received(result: Received, folder: Path) -> None:
    """What each manifest of a folder says of it, line by line where it is wrong."""
    screen = console()
    for outcome in result.outcomes:
        for line in outcome.wrong:
            screen.print(Text(visible(f"wrong  {outcome.standard}: {line}"), style="bold red"), soft_wrap=True)
        for line in outcome.not_checked:
            screen.print(Text(visible(f"not checked  {outcome.standard}: {line}")), soft_wrap=True)
        words = f"{len(outcome.wrong)} wrong" if outcome.wrong else "as promised"
        left = f", {len(outcome.not_checked)} not checked" if outcome.not_checked else ""
        summary = f"{folder}: {outcome.standard}: {outcome.files} files: {words}{left}"
        screen.print(Text(visible(summary)), soft_wrap=True)
    for note in result.notes:
        screen.print(Text(visible(note)), soft_wrap=True)


def received_data(result: Received) -> dict[str, Any]:
    """What was found of a folder, as data for a machine."""
    return {"as_promised": result.is_as_promised, "manifests": [asdict(item) for item in result.outcomes]} | {
        "notes": list(result.notes)
    }

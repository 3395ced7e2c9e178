"""From a catalogue and its stores to its state."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import click

from assets.catalogue import Catalogue
from assets.errors import InputError, StoreError, UsageError
from assets.title import Title
from cli.main import CLEAN, STORE_FAILED, UNREADABLE
from cli.render.words import count_text, visible_lines
from cli.standing import hashing
from cli.terminal import steps_progress
from storage.index import Delivery, Entry, Index, Verdict, open_index
from storage.rebuilding import deliveries, entries
from storage.stores import open_store


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was found, and what could not be read of the catalogue (`wrong`) and of its stores (`failed`)."""

    titles: int
    files: int
    revisions: int
    packages: int
    wrong: tuple[str, ...]
    failed: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """4 if a store failed, 3 if something could not be read."""
        if self.failed:
            return STORE_FAILED
        return UNREADABLE if self.wrong else CLEAN


def rebuild(catalogue: Catalogue) -> Rebuilt:
    """Make the state anew. Nothing of it changes before all of the catalogue was read."""
    found, wrong = read(catalogue)
    failed: list[str] = []
    with open_index(catalogue.root) as index:
        index.put_titles(found)
        packages = _packages(index, catalogue, wrong, failed)
    files, revisions = sum(len(item.files) for item in found), sum(len(item.revisions) for item in found)
    return Rebuilt(len(found), files, revisions, packages, tuple(wrong), tuple(failed))


def read(catalogue: Catalogue) -> tuple[list[Entry], list[str]]:
    """Every title as it is now, and what could not be read; bytes that the state knows are not read again."""
    errors: list[InputError] = []
    with hashing(catalogue.root) as bytes_now:
        found = list(entries(_titles(catalogue, errors), bytes_now, errors))
    return found, [str(error) for error in errors]


def _titles(catalogue: Catalogue, errors: list[InputError]) -> Iterator[Title]:
    ids = catalogue.title_ids()
    with steps_progress("rebuilding") as told:
        for number, title_id in enumerate(ids, 1):
            try:
                yield catalogue.title(title_id)
            except InputError as error:
                errors.append(error)
            told("titles", number / len(ids))


def _stores(catalogue: Catalogue) -> list[str]:
    """The store that packages go to, and every other one that the catalogue knows."""
    return list(dict.fromkeys([catalogue.config.store, *catalogue.config.stores]))


def _packages(index: Index, catalogue: Catalogue, wrong: list[str], failed: list[str]) -> int:
    """How many packages of all stores are known now."""
    stores, count = _stores(catalogue), 0
    with steps_progress("rebuilding") as told:
        for number, name in enumerate(stores):
            told("stores", number / len(stores))
            count += _store(index, catalogue, name, wrong, failed)
        told("stores", 1.0)
    return count


def _store(index: Index, catalogue: Catalogue, name: str, wrong: list[str], failed: list[str]) -> int:
    """How many packages of a store are known now."""
    try:
        store = open_store(name, catalogue)
        found, verdicts, faults = deliveries(store)
    except (StoreError, UsageError) as error:
        failed.append(str(error))
        return 0
    wrong += faults
    _put(index, store.url, found, verdicts)
    return len(found)


def _put(index: Index, url: str, found: list[Delivery], verdicts: list[Verdict]) -> None:
    index.put_store(url, found)
    index.keep_verdicts(verdicts)


def show(done: Rebuilt, *, as_json: bool) -> None:
    """What was found; what could not be read goes to standard error."""
    for line in (*done.wrong, *done.failed):
        click.echo(visible_lines(line), err=True)
    if as_json:
        counts = {"titles": done.titles, "files": done.files, "revisions": done.revisions, "packages": done.packages}
        click.echo(json.dumps({**counts, "wrong": done.wrong, "failed": done.failed}, ensure_ascii=False, indent=2))
        return
    counted = ((done.titles, "title"), (done.files, "file"), (done.revisions, "revision"), (done.packages, "package"))
    click.echo(", ".join(count_text(number, word) for number, word in counted))

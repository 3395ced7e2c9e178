"""From a catalogue and its stores to its state."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import click

from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.title import Title
from cli import rebuilding_stores
from cli.main import CLEAN, STORE_FAILED, UNREADABLE
from cli.render.words import count_text, visible_lines
from cli.standing import hashing
from cli.terminal import steps_progress
from storage.index import Entry, open_index
from storage.rebuilding import entries


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was found, and what could not be read of the catalogue (`wrong`) and of its stores (`failed`).

    `notes` are stores of the audit log alone that cannot be read: what was known of them stays, and is no failure.
    """

    titles: int
    files: int
    revisions: int
    packages: int
    wrong: tuple[str, ...]
    failed: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """4 if a store failed, 3 if something could not be read."""
        if self.failed:
            return STORE_FAILED
        return UNREADABLE if self.wrong else CLEAN


def rebuild(catalogue: Catalogue) -> Rebuilt:
    """Make the state anew. Nothing of it changes before all of the catalogue was read."""
    found, wrong = read(catalogue)
    with open_index(catalogue.root) as index:
        index.put_titles(found)
        stores = rebuilding_stores.read(index, catalogue)
    files, revisions = sum(len(item.files) for item in found), sum(len(item.revisions) for item in found)
    return Rebuilt(
        titles=len(found),
        files=files,
        revisions=revisions,
        packages=stores.packages,
        wrong=(*wrong, *stores.wrong),
        failed=tuple(stores.failed),
        notes=tuple(stores.notes),
    )


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


def show(done: Rebuilt, *, as_json: bool) -> None:
    """What was found; what could not be read goes to standard error."""
    for line in (*done.wrong, *done.failed, *(f"note {note}" for note in done.notes)):
        click.echo(visible_lines(line), err=True)
    if as_json:
        counts = {"titles": done.titles, "files": done.files, "revisions": done.revisions, "packages": done.packages}
        told = {"wrong": done.wrong, "failed": done.failed, "notes": done.notes}
        click.echo(json.dumps({**counts, **told}, ensure_ascii=False, indent=2))
        return
    counted = ((done.titles, "title"), (done.files, "file"), (done.revisions, "revision"), (done.packages, "package"))
    click.echo(", ".join(count_text(number, word) for number, word in counted))

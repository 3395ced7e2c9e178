"""`import`: what a list of titles would change, shown value by value, and written when it is accepted."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from assets.catalogue import open_catalogue
from assets.errors import UsageError
from assets.importing import planning, values, writing
from assets.importing.changes import Change
from assets.importing.planning import Plan, Planned, Status
from cli.main import CLEAN, FINDINGS
from cli.render.words import count_text, visible
from cli.terminal import steps_progress

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `import`."""

    maps: tuple[str, ...]
    sheet: str | None
    original_language: str | None
    is_accepted: bool
    is_partial: bool
    as_json: bool
    catalogue_dir: Path | None


def run(file: Path, options: Options) -> int:
    """Show what a list would change, and write it if it is accepted; the exit code.

    Raises InputError, UsageError, Refused; nothing is changed then.
    """
    said = dict(_pair(text) for text in options.maps)
    catalogue = open_catalogue(options.catalogue_dir)
    sheet, original = planning.read_list(file, options.sheet), _tag(options.original_language)
    if not options.is_accepted:
        return _show(planning.plan(catalogue, sheet, said, original), options, is_done=False)
    with writing.alone(catalogue):
        made, ready = writing.made_ready(catalogue, planning.plan(catalogue, sheet, said, original))
        is_done = options.is_partial or not made.faults
        if is_done:
            with steps_progress("importing") as told:
                writing.write(ready, told)
    return _show(made, options, is_done=is_done)


def _tag(text: str | None) -> str:
    """The tag of a language that is named, or nothing. Raises UsageError."""
    try:
        return values.tag(text) if text is not None else ""
    except ValueError as error:
        raise UsageError(f"--original-language: {error}") from error


def _pair(text: str) -> tuple[str, str]:
    column, is_there, key = text.rpartition("=")
    if not (is_there and column.strip() and key.strip()):
        raise UsageError(f"--map {text!r}: is no pair; COLUMN=KEY, such as 'Titre=names.fr'")
    return column.strip(), key.strip()


def _show(made: Plan, options: Options, *, is_done: bool) -> int:
    if options.as_json:
        click.echo(json.dumps(_data(made, is_done=is_done), ensure_ascii=False, indent=2))
    else:
        for line in _text(made, options, is_done=is_done):
            click.echo(line)
    return FINDINGS if made.faults else CLEAN


def _text(made: Plan, options: Options, *, is_done: bool) -> Iterator[str]:
    for row in made.rows:
        if row.status in {Status.NEW, Status.CHANGED}:
            yield f"{row.status} {visible(row.title)} ({visible(row.place)}): {visible(row.name)}"
            yield from (f"    {_change(change)}" for change in row.changes)
    yield from (f"error {visible(str(fault))}" for fault in made.faults)
    yield from (f"note {visible(f'{made.shown}: {note}')}" for note in made.notes)
    for name in made.unknown:
        yield f"note {visible(f'{made.shown}: the column {name!r} is not read; --map {name!r}=KEY says what it means')}"
    counts = Counter(row.status for row in made.rows)
    words = ", ".join(f"{counts[status]} {status}" for status in Status if counts[status]) or "no rows"
    yield f"{count_text(len(made.rows), 'row')}: {words}; {_outcome(made, options, is_done=is_done)}"


def _outcome(made: Plan, options: Options, *, is_done: bool) -> str:
    if is_done and not any(row.status in {Status.NEW, Status.CHANGED} for row in made.rows):
        return "nothing to write"
    if is_done:
        return "written, the wrong ones left out" if made.faults else "written"
    if made.faults and not options.is_partial:
        return "nothing is written while rows are wrong; --partial leaves them out"
    return "nothing is changed until --accept"


def _change(change: Change) -> str:
    after = _shown(change.after)
    return (
        f"{visible(change.key)} = {after}"
        if change.before is None
        else (f"{visible(change.key)}: {_shown(change.before)} -> {after}")
    )


def _shown(value: object) -> str:
    text = visible("; ".join(map(str, value)) if isinstance(value, list) else str(value))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _data(made: Plan, *, is_done: bool) -> dict[str, Any]:
    return {
        "list": made.shown,
        "written": is_done,
        "rows": [_row(row) for row in made.rows],
        "unknown_columns": list(made.unknown),
        "notes": list(made.notes),
    }


def _row(row: Planned) -> dict[str, Any]:
    return {
        "place": row.place,
        "status": row.status,
        "title": row.title or None,
        "changes": [
            {"key": item.key, "before": _plain(item.before), "after": _plain(item.after), "place": item.place}
            for item in row.changes
        ],
        "errors": [str(fault) for fault in row.faults],
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value

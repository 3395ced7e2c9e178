"""From the command line of `conflicts` to its report."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

import click

from assets import collecting
from assets.catalogue import open_catalogue
from assets.rights.conflict_report import all_conflicts
from assets.rights.contradictions import Conflict
from assets.rights.spans import seconds
from assets.rights.windows import utc
from assets.rights.wording import conflict_text
from cli.held_titles import HeldTitle, held_titles
from cli.judgement import now
from cli.main import CLEAN, FINDINGS, UNREADABLE
from cli.render.rights_data import conflict_data, doubt_data, doubt_text
from cli.render.words import count_text, visible, visible_lines

SCHEMA = "releaseprint/conflicts/1"
_STYLES = {"error": "red", "warning": "yellow", "note": "dim"}


@collecting.paused()
def run(folder: Path | None, titles: tuple[str, ...], at: datetime | None, *, as_json: bool) -> int:
    """Print the report. Raises UsageError, InputError."""
    instant = at or now()
    held, faults = held_titles(open_catalogue(folder), titles)
    for fault in faults:
        click.echo(visible_lines(str(fault)), err=True)
    found = list(all_conflicts((item.deals for item in held), seconds(instant)))
    if as_json:
        click.echo(_dumps(found, held, instant))
    else:
        _show(found, held)
    if faults:
        return UNREADABLE
    return FINDINGS if any(item.is_error for item in found) else CLEAN


def _dumps(found: Iterable[Conflict], held: Sequence[HeldTitle], at: datetime) -> str:
    whole = {
        "schema": SCHEMA,
        "as_of": utc(at),
        "titles": len(held),
        "conflicts": [conflict_data(item) for item in found],
        "doubts": [
            {"title": item.outline.id, **doubt_data(doubt)} for item in held for doubt in item.deals.rights.doubts
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _show(found: Sequence[Conflict], held: Sequence[HeldTitle]) -> None:
    """A few lines for each title that has any, what could be read in two ways after them, and how many there are."""
    from cli.terminal import console, print_indented

    screen = console()
    own = {title: list(items) for title, items in groupby(found, key=lambda item: item.title)}
    doubts = 0
    for title in held:
        conflicts, doubtful = own.get(title.outline.id, ()), title.deals.rights.doubts
        doubts += len(doubtful)
        if conflicts or doubtful:
            print_indented(screen, f"{visible(title.outline.id)}  {visible(title.outline.name)}", "bold")
        for item in conflicts:
            first = (item.severity, _STYLES[item.severity])
            print_indented(screen, visible(f"{item.kind}: {conflict_text(item)}"), first=first)
        for doubt in doubtful:
            print_indented(screen, visible(doubt_text(doubt)), first=("doubt", "yellow"))
    told = f", {count_text(doubts, 'doubt')}" if doubts else ""
    screen.print(f"{count_text(len(held), 'title')}: {summary(found)}{told}", soft_wrap=True)


def summary(found: Iterable[Conflict]) -> str:
    """How many there are: `2 errors, 1 warning`, and notes if there are any."""
    count = Counter(item.severity for item in found)
    notes = f", {count_text(count['note'], 'note')}" if count["note"] else ""
    return f"{count_text(count['error'], 'error')}, {count_text(count['warning'], 'warning')}{notes}"

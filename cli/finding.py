"""What `find` shows: titles by the spelling they were found by."""

import json
from collections.abc import Sequence
from typing import Any

import click

from assets.errors import InputError
from assets.searching import Hit
from cli.render.words import visible, visible_lines


def show(hits: Sequence[Hit], limit: int, faults: Sequence[InputError], *, as_json: bool) -> None:
    """Print the first hits; title files that could not be read go to standard error."""
    for fault in faults:
        click.echo(visible_lines(str(fault)), err=True)
    if as_json:
        click.echo(json.dumps([_data(hit) for hit in hits[:limit]], ensure_ascii=False, indent=2))
        return
    _show_table(hits[:limit])
    if not hits:
        click.echo("nothing found", err=True)
    elif len(hits) > limit:
        click.echo(f"and {len(hits) - limit} more; --limit shows them", err=True)


def _show_table(hits: Sequence[Hit]) -> None:
    from rich.text import Text

    from cli.terminal import console, table_of

    table = table_of(("title", "name", "year", "found by", "as"))
    for hit in hits:
        year = str(hit.entry.year or "")
        cells = (hit.entry.id, hit.entry.name, year, hit.spelling.text, _as(hit))
        table.add_row(*(Text(visible(cell)) for cell in cells))
    if hits:
        console().print(table)


def _as(hit: Hit) -> str:
    """`romanisation, ja-Latn`: what kind of spelling it is, and how well it agrees if not by its letters."""
    words = [hit.spelling.kind, hit.spelling.language, f"{hit.errors} off" if hit.errors else ""]
    return ", ".join(word for word in words if word)


def _data(hit: Hit) -> dict[str, Any]:
    return {
        "title": hit.entry.id,
        "name": hit.entry.name,
        "production_year": hit.entry.year or None,
        "found_by": {"text": hit.spelling.text, "language": hit.spelling.language, "kind": hit.spelling.kind},
        "likeness": str(hit.likeness),
        "errors": hit.errors,
    }

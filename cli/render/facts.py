"""The facts of two revisions side by side: for a person as a table, for a machine as JSON."""

import json
from collections.abc import Sequence

import click
from rich.table import Table
from rich.text import Text

from cli.render.words import visible
from cli.revision_facts import Row, summary
from cli.terminal import console


def show(rows: Sequence[Row], old: str, new: str, *, as_json: bool, everything: bool) -> None:
    """The facts that differ, or all of them."""
    if as_json:
        facts = [{"fact": row.name, "old": row.old, "new": row.new, "differs": row.differs} for row in rows]
        click.echo(json.dumps({"old": old, "new": new, "facts": facts}, ensure_ascii=False, indent=2))
        return
    table = Table(box=None, pad_edge=False)
    for head in ("", "Fact", old, new):
        table.add_column(Text(visible(head)), overflow="fold")
    for row in rows:
        if row.differs or everything:
            table.add_row("*" if row.differs else "", *(Text(visible(cell)) for cell in (row.name, row.old, row.new)))
    screen = console()
    screen.print(table)
    screen.print(summary(rows))

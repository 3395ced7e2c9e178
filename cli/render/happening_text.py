"""What happens to rights as a table of text."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from cli.narrow_table import NarrowTable
from cli.render.happening_words import Line, by_day, phrase, rights_text, terms, when
from cli.render.words import visible

if TYPE_CHECKING:
    from rich.console import Console

_FILE_WIDTH = 120


def show(lines: Sequence[Line], screen: "Console", *, internal: bool) -> None:
    """Print a line for each, in the order of the days that are shown."""
    if not lines:
        screen.print("nothing happens in this time")
        return
    is_narrow = screen.width < _FILE_WIDTH
    heads = ("when", *(() if is_narrow else ("zone",)), "title", "what", "rights", "where")
    table = NarrowTable()
    for head in (*heads, *(("terms",) if internal else ())):
        table.add_column(head, overflow="fold", no_wrap=head in {"when", "zone"})
    for line in by_day(lines):
        dates, cells = _dates(line), _cells(line, internal=internal)
        shown = ("\n".join(dates), *cells) if is_narrow else (*dates, *cells)
        table.add_row(*map(Text, shown))
    screen.print(table)


def text(lines: Sequence[Line], *, internal: bool) -> str:
    """The same for a file."""
    from rich.console import Console

    out = io.StringIO()
    show(lines, Console(file=out, highlight=False, width=_FILE_WIDTH), internal=internal)
    return "\n".join(row.rstrip() for row in out.getvalue().splitlines()) + "\n"


def _dates(line: Line) -> tuple[str, str]:
    """The date and its zone, one below the other where there is little room."""
    return visible(when(line.happening)), visible(line.happening.zone)


def _cells(line: Line, *, internal: bool) -> tuple[str, ...]:
    item = line.happening
    what = phrase(item) + (f" ({', '.join(item.platforms)})" if item.platforms else "")
    cells = [line.name, what, rights_text(item.rights), item.where]
    cells += ["; ".join(f"{key}: {value}" for key, value in terms(item.claim, item.as_of))] if internal else []
    return tuple(map(visible, cells))

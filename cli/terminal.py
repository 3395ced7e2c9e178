"""The terminal: consoles, tables, links and progress. Progress goes to standard error, and only where a person watches.

Colour is left out with --no-color or NO_COLOR, on a terminal that is dumb, and in a pipe unless CLICOLOR_FORCE is set.
What a log is asked for instead of bars is told by `cli.progress`.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cli.global_options import journal, settings
from cli.progress import Telling

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, ProgressColumn, TaskID
    from rich.table import Table
    from rich.text import Text

    from storage.stores.store import Progress as BytesTold

_PIPED_WIDTH = 120
_LINKLESS = frozenset({"", "dumb", "linux"})
"""Terminals (TERM) that would show a link's address as rubbish, or have nothing to open it with."""

_ADDRESS = re.compile(r"https?://[^\s<>\"')\]}]*[^\s<>\"')\]}.,;:]")


def console() -> "Console":
    """The console for results: colour on a terminal only; piped text is not wrapped at a terminal's width."""
    from rich.console import Console

    plain = True if settings().no_color else None
    found = Console(highlight=False, no_color=plain)
    if found.is_terminal:
        return found
    width = max(found.width, _PIPED_WIDTH)
    forced = os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"} and not found.no_color
    return Console(highlight=False, width=width, color_system="standard" if forced else None)


def has_links(screen: "Console") -> bool:
    """Whether a link (OSC 8) may be written: never in a pipe, nor to a terminal that cannot have any."""
    return screen.is_terminal and os.environ.get("TERM", "") not in _LINKLESS


def linked(text: "Text", screen: "Console") -> "Text":
    """The text, whose addresses can be opened with a click where the terminal can; no letter of it changes."""
    if has_links(screen):
        for found in _ADDRESS.finditer(text.plain):
            text.stylize(f"link {found[0]}", *found.span())
    return text


def say_path(what: str, path: Path) -> None:
    """`what: path` on standard output; the path opens with a click where the terminal has links."""
    from rich.text import Text

    from cli.render.words import visible

    screen = console()
    place = Text(visible(str(path)), f"link {path.absolute().as_uri()}" if has_links(screen) else "")
    screen.print(Text(f"{what}: ") + place, soft_wrap=True)


def print_indented(
    screen: "Console", text: str, style: str = "", *, first: tuple[str, str] | None = None, indent: int | None = None
) -> None:
    """A line, broken between words under itself on a terminal; what is piped stays one line.

    `first` is a word and its style that stand before the text, beside all of its lines; it is indented by two.
    """
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    left = indent if indent is not None else 0 if first is None else 2
    line = Text(text, style)
    if not screen.is_terminal:
        before = "" if first is None else f"{first[0]}  "
        screen.print(Text(" " * left + before) + line, soft_wrap=True)
    elif first is None:
        screen.print(Padding(line, (0, 0, 0, left)))
    else:
        beside = Table.grid(padding=(0, 2, 0, 0))
        beside.add_column(no_wrap=True)
        beside.add_column(overflow="fold")  # a long name is broken, not cut off
        beside.add_row(Text(*first), line)
        screen.print(Padding(beside, (0, 0, 0, left), expand=False))


def table_of(heads: Iterable[str]) -> "Table":
    """A table without lines and rows; what is long is folded, but no word of a head is.

    On a terminal that is too narrow for the words its rows are shown field by field.
    """
    from rich.cells import cell_len

    from cli.narrow_table import NarrowTable

    table = NarrowTable()
    for head in heads:
        table.add_column(head, overflow="fold", min_width=max(map(cell_len, head.split()), default=None))
    return table


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str | tuple[str, str]]]) -> None:
    """A table without lines, if it has a row; a cell is a text, or a text and its style. Long ones are folded."""
    from rich.text import Text

    from cli.render.words import visible

    screen = console()
    table = table_of(heads)
    for row in rows:
        cells = ((cell, "") if isinstance(cell, str) else cell for cell in row)
        table.add_row(*(linked(Text(visible(text), style), screen) for text, style in cells))
    if table.row_count:
        screen.print(table)


@contextmanager
def bytes_progress(what: str, total: int, title: str | None = None) -> Iterator["BytesTold"]:
    """A bar with bytes, rate and remaining time; yields the function that is told of bytes."""
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    telling = Telling(journal(), what, title)
    if not settings().has_bars:
        yield telling.counter(total)
        telling.ended(total)
        return
    rate = (DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with _bars(TextColumn("{task.description}"), BarColumn(), *rate) as bar:
        task = bar.add_task(_shown(what), total=total)
        yield lambda count: bar.advance(task, count)


class Reading(NamedTuple):
    """Who is told of the reading of a title.

    `read` hears the name of each asset that was read; `decoded` how much of a master is decoded, from 0 to 1, and
    `sent` how much of a file is sent ahead meanwhile.
    """

    read: Callable[[str], None]
    decoded: Callable[[str, float], None]
    sent: Callable[[str, float], None]


@contextmanager
def reading_progress(what: str, total: int, title: str | None = None) -> Iterator[Reading]:
    """A bar that counts assets, and one below it for each that takes long, with the time that it still takes."""
    telling = Telling(journal(), what, title)
    if not settings().has_bars:
        yield Reading(telling.file, telling.decoding, telling.sending)
        return
    with _shares() as bar:
        everything = bar.add_task(_shown(what), total=total)
        going: dict[str, TaskID] = {}

        def share_of(task: str, share: float) -> None:
            if task not in going:
                going[task] = bar.add_task(_shown(task), total=1.0)
            bar.update(going[task], completed=share)

        def read(name: str) -> None:
            if (task := f"decoding {name}") in going:
                bar.remove_task(going.pop(task))
            bar.advance(everything)

        def decoded(name: str, share: float) -> None:
            share_of(f"decoding {name}", share)

        def sent(name: str, share: float) -> None:
            share_of(f"sending ahead {name}", share)

        yield Reading(read, decoded, sent)


@contextmanager
def steps_progress(what: str, title: str | None = None) -> Iterator[Callable[[str, float], None]]:
    """A bar for each step of something that is made, with the time that it still takes.

    Yields the function that is told the name of a step, and how much of it is done, from 0 to 1.
    """
    if not settings().has_bars:
        yield Telling(journal(), what, title).step
        return
    with _shares() as bar:
        steps: dict[str, TaskID] = {}

        def told(step: str, share: float) -> None:
            if step not in steps:
                steps[step] = bar.add_task(_shown(f"{what}: {step}"), total=1.0)
            bar.update(steps[step], completed=share)

        yield told


def _shares() -> "Progress":
    """Bars that show a share, the time that it took and the time that it still takes."""
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    times = (TaskProgressColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return _bars(TextColumn("{task.description}"), BarColumn(), *times)


def _bars(*columns: "ProgressColumn") -> "Progress":
    """Bars on standard error, where it is a terminal that can take them back."""
    from rich.console import Console
    from rich.progress import Progress

    screen = Console(stderr=True, no_color=True if settings().no_color else None)
    watched = screen.is_terminal and not screen.is_dumb_terminal
    return Progress(*columns, console=screen, transient=True, disable=not watched)


def _shown(what: str) -> str:
    """What a bar is called: names in it are not taken for markup, and composed, so that columns agree."""
    from rich.markup import escape

    from cli.render.words import visible

    return escape(visible(what))

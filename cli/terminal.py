"""The terminal: consoles and progress bars. Progress goes to standard error, and only where a person watches it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from storage.stores.store import Progress as BytesTold


def console() -> "Console":
    """The console for results: colour on a terminal only; piped text is not wrapped at a terminal's width."""
    from rich.console import Console

    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=max(found.width, 120))


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
        beside.add_row(Text(*first), line)
        screen.print(Padding(beside, (0, 0, 0, left), expand=False))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str | tuple[str, str]]]) -> None:
    """A table without lines, if it has a row; a cell is a text, or a text and its style. Long ones are folded."""
    from rich.table import Table
    from rich.text import Text

    from cli.render.words import visible

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        cells = ((cell, "") if isinstance(cell, str) else cell for cell in row)
        table.add_row(*(Text(visible(text), style) for text, style in cells))
    if table.row_count:
        console().print(table)


@contextmanager
def bytes_progress(what: str, total: int) -> Iterator["BytesTold"]:
    """A bar with bytes, rate and remaining time; yields the function that is told of bytes."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    screen = Console(stderr=True)
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda count: bar.advance(task, count)


@contextmanager
def reading_progress(what: str, total: int) -> Iterator[tuple[Callable[[str], None], Callable[[str, float], None]]]:
    """A bar that counts assets, and one below it while a master is decoded, with the time that it still takes.

    Yields the function that is told the name of each asset that was read, and the one that is told how much of a
    master is decoded, from 0 to 1.
    """
    with _shares() as bar:
        everything = bar.add_task(what, total=total)
        decoding: dict[str, TaskID] = {}

        def read(name: str) -> None:
            if name in decoding:
                bar.remove_task(decoding.pop(name))
            bar.advance(everything)

        def measured(name: str, share: float) -> None:
            if name not in decoding:
                decoding[name] = bar.add_task(f"decoding {name}", total=1.0)
            bar.update(decoding[name], completed=share)

        yield read, measured


@contextmanager
def steps_progress(what: str) -> Iterator[Callable[[str, float], None]]:
    """A bar for each step of something that is made, with the time that it still takes.

    Yields the function that is told the name of a step, and how much of it is done, from 0 to 1.
    """
    with _shares() as bar:
        steps: dict[str, TaskID] = {}

        def told(step: str, share: float) -> None:
            if step not in steps:
                steps[step] = bar.add_task(f"{what}: {step}", total=1.0)
            bar.update(steps[step], completed=share)

        yield told


def _shares() -> "Progress":
    """Bars on standard error that show a share, the time that it took and the time that it still takes."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    screen = Console(stderr=True)
    return Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal)

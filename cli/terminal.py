"""The terminal: consoles and progress bars. Progress goes to standard error, and only where a person watches it."""

from collections.abc import Callable, Iterator
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

"""What `check --watch` prints and writes: a line an event, and the reports of all that is there now."""

import json
import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

import click

from assets.errors import InputError, UsageError
from checks.report import Report
from cli.outputs import Output
from cli.render.batch import Batch
from cli.render.words import visible, visible_lines
from cli.watch import Event, Watched

_STYLES = {"pass": "bold green", "fail": "bold red", "incomplete": "bold yellow"}
_STYLES |= {"unreadable": "bold red", "refused": "bold red", "gone": "dim", "not judged": "dim"}
_WIDEST = max(map(len, _STYLES))


class Packed(Sequence[Report]):
    """Reports as compressed bytes, each made anew when it is asked for: thousands of them stay in memory."""

    def __init__(self, packed: Sequence[bytes]) -> None:
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[Report]:
        return map(_unpacked, self._packed)

    @overload
    def __getitem__(self, index: int) -> Report: ...
    @overload
    def __getitem__(self, index: slice) -> "Packed": ...
    def __getitem__(self, index: int | slice) -> "Report | Packed":
        return Packed(self._packed[index]) if isinstance(index, slice) else _unpacked(self._packed[index])


def _packed(report: Report) -> bytes:
    return zlib.compress(pickle.dumps(report, pickle.HIGHEST_PROTOCOL), 1)


def _unpacked(data: bytes) -> Report:
    found = pickle.loads(zlib.decompress(data))  # noqa: S301 -- made by this process
    if not isinstance(found, Report):
        raise TypeError(found)
    return found


BatchOf = Callable[[Sequence[Report], Sequence[InputError], Iterable[str]], Batch]
"""Makes what formats are made of: reports, what could not be read, and the names of what is there."""


@dataclass(slots=True)
class Telling:
    """Prints events, and writes the `files` anew after each round of them, of what is known of every name."""

    watched: Watched
    as_json: bool
    files: tuple[Output, ...]
    batch_of: BatchOf
    reports: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    faults: dict[str, InputError] = field(default_factory=dict)
    has_news: bool = False

    def begin(self) -> None:
        """Write the files before anything is judged. Raises UsageError where one cannot be written."""
        self._write()

    def tell(self, events: Iterable[Event]) -> None:
        """Print events as they come. A file that cannot be written now is told, and written with the next events."""
        for event in events:
            self._keep(event)
            self.has_news = True
            self._print(event)
        self.finish()

    def finish(self) -> None:
        """Write the files, if they do not say yet what was told."""
        if self.has_news and self.files:
            try:
                self._write()
            except UsageError as error:
                click.echo(visible_lines(str(error)), err=True)
        self.has_news = False

    def _keep(self, event: Event) -> None:
        if not self.files:
            return
        self.reports.pop(event.name, None)
        self.faults.pop(event.name, None)
        if event.reports:
            self.reports[event.name] = tuple(map(_packed, event.reports))
        if event.fault:
            self.faults[event.name] = event.fault

    def _write(self) -> None:
        from cli.showing import write_all

        if self.files:
            names = sorted(self.reports)
            packed = Packed([data for name in names for data in self.reports[name]])
            unread = [self.faults[name] for name in sorted(self.faults)]
            write_all(self.batch_of(packed, unread, names), self.files)

    def _print(self, event: Event) -> None:
        if self.as_json:
            click.echo(json.dumps(event.data(self.watched.subject)))
            return
        from cli.terminal import console, print_indented

        verdict = f"{event.at:%H:%M:%S}  {event.verdict.upper():<{_WIDEST}}"
        said = visible(f"{event.name or self.watched.whole}  {event.said}")
        print_indented(console(), said, first=(verdict, _STYLES.get(event.verdict, "")), indent=0)

"""`check --watch`: judges what lies there, then whatever changes, until somebody stops it."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from assets.errors import Fault, InputError, ReleaseprintError
from checks.core import Severity
from checks.report import Report
from cli import judgement
from cli.main import CLEAN, FINDINGS, UNREADABLE
from cli.render import languages
from cli.render.sheet import counts_text, place_of
from cli.render.words import count_text
from cli.watching import Mark, Settling

POLL_SECONDS = 1.0
LEISURE = 9
"""Looking takes at most a tenth of the time: where there are very many files, it is done less often."""

EVERYTHING = ""
"""Stands where a name would for what is wrong with all that is watched."""


@dataclass(frozen=True, slots=True)
class Event:
    """What is told of a title or a file: its verdict, or why there is none. `exit_code` is that of a check of it alone.

    `fault` is what could not be read.
    """

    at: datetime
    name: str
    verdict: str
    said: str
    exit_code: int = CLEAN
    reports: tuple[Report, ...] = ()
    fault: InputError | None = None

    def data(self, subject: str) -> dict[str, Any]:
        """The event for a machine; `subject` is what a name is the name of."""
        return {
            "at": self.at.isoformat(),
            subject: self.name or None,
            "verdict": self.verdict,
            "said": self.said,
            "exit_code": self.exit_code,
        }


class Watched(Protocol):
    """What is watched: a catalogue's titles, or a folder of loose files."""

    @property
    def subject(self) -> str:
        """What its events are about, in a word."""

    @property
    def whole(self) -> str:
        """What it is called where all of it is meant."""

    @property
    def states(self) -> dict[str, int]:
        """The exit code of the last judgement of each name, and of `EVERYTHING` while that cannot be judged."""

    def seen(self) -> dict[Path, Mark]:
        """The files as they are now. Raises OSError, UsageError if nobody can tell."""

    def judge(self, settled: Mapping[Path, Mark | None], moving: Collection[Path]) -> Iterator[Event]:
        """Judge what came to rest; what still moves is left alone. What is wrong is an event and ends nothing."""


class Teller(Protocol):
    """Who hears of events."""

    def tell(self, events: Iterable[Event]) -> None:
        """Tell events as they come."""

    def finish(self) -> None:
        """Do what was left undone when somebody stopped it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The time, as it goes by and as it is waited for, in seconds."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


def run(watched: Watched, teller: Teller, rest_seconds: float, clock: Clock | None = None) -> int:
    """Tell of everything, then of what changes, until Ctrl-C; the exit code of the last state.

    A file is judged when it was the same for `rest_seconds`.
    """
    clock = clock or Clock()
    settling, is_lost = Settling(rest_seconds), False
    try:
        while True:
            begun = clock.now()
            try:
                seen = watched.seen()
            except (OSError, ReleaseprintError) as error:
                if not is_lost:
                    teller.tell([trouble(EVERYTHING, watched.whole, error)])
                is_lost = True  # what was judged stays as it was: a share that is not mounted has lost nothing
                clock.wait(POLL_SECONDS)
                continue
            looked = clock.now() - begun
            if is_lost:
                teller.tell([back()])
                is_lost = False
            settled = settling.settled(seen, begun)
            teller.tell(watched.judge(settled, settling.moving.keys()))
            clock.wait(max(POLL_SECONDS, LEISURE * looked))
    except KeyboardInterrupt:
        teller.finish()
        return worst([*watched.states.values(), UNREADABLE if is_lost else CLEAN])


def worst(codes: Iterable[int]) -> int:
    """That of everything as it was judged last: findings count less than what could not be read."""
    found = {code for code in codes if code != CLEAN}
    return max(found - {FINDINGS}, default=FINDINGS if found else CLEAN)


def back() -> Event:
    """The event of what is watched when it can be read again."""
    return Event(judgement.now(), EVERYTHING, "back", "can be read again")


def trouble(name: str, path: str, error: OSError | ReleaseprintError) -> Event:
    """The event of a name that cannot be judged; `path` is how its file is called in a report."""
    if isinstance(error, InputError):
        fault = error
    elif isinstance(error, OSError):  # a file that went away while it was read, a disk that fails
        fault = InputError(Fault(str(error.filename or path), "", f"cannot be read: {error.strerror}"))
    else:
        fault = InputError(Fault(path, "", str(error)))
    said = str(fault) if isinstance(error, InputError | OSError) else str(error)
    return Event(judgement.now(), name, "unreadable", said, UNREADABLE, fault=fault)


def judged(name: str, reports: Iterable[Report], language: str) -> Event:
    """The event of a name with its reports: the worst verdict, how much was found, and the first error of it."""
    found = tuple(reports)
    verdict = max((str(report.verdict) for report in found), key=("pass", "fail", "incomplete").index)
    said, code = _said_of(name, found, language), judgement.exit_code(found)
    return Event(judgement.now(), name, verdict, said, code, found)


def _said_of(name: str, reports: tuple[Report, ...], language: str) -> str:
    findings = [finding for report in reports for finding in report.findings]
    missing = sum(item.required for report in reports for item in report.not_checked)
    said = counts_text(findings) + (f", {count_text(missing, 'required check')} not made" if missing else "")
    said = languages.phrase(said, language)
    first = next((finding for finding in findings if finding.severity is Severity.ERROR), None)
    if first is None:
        return said
    asset = "" if name.endswith(first.asset) else first.asset  # a file that is judged alone is named already
    place = " ".join(filter(None, (first.check, asset, languages.phrase(place_of(first), language))))
    return f"{said}; {place}: {languages.message(first, language)}"

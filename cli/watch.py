"""`check --watch`: judges a catalogue, then whatever changes in it, until somebody stops it."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from assets import manifest
from assets.catalogue import CONFIG_NAME, Catalogue, open_catalogue
from assets.errors import Fault, InputError, ReleaseprintError, UsageError
from checks.core import Severity
from checks.report import Report
from cli import judgement
from cli.judgement import Asked, Target
from cli.main import CLEAN, FINDINGS
from cli.main import exit_code as code_of
from cli.outputs import TEXT, Output
from cli.render.sheet import counts_text, place_of
from cli.render.words import count_text, visible
from cli.watching import Settling, marks

POLL_SECONDS = 1.0
SETTLED_SECONDS = 3.0
"""A copy over a network pauses; a file that has been the same for so long is taken to be whole."""

THE_CATALOGUE = ""
"""Stands where a title's id would for what is wrong with releaseprint.toml or the platform."""


@dataclass(frozen=True, slots=True)
class Event:
    """What is told of one title: its verdict, or why there is none. `exit_code` is that of a check of it alone."""

    at: datetime
    title: str
    verdict: str
    said: str
    exit_code: int

    @property
    def line(self) -> str:
        """The event for a person, in UTC."""
        return visible(f"{self.at:%H:%M:%S}  {self.verdict.upper():<10}  {self.title or 'catalogue'}  {self.said}")

    @property
    def data(self) -> dict[str, Any]:
        """The event for a machine."""
        return {
            "at": self.at.isoformat(),
            "title": self.title or None,
            "verdict": self.verdict,
            "said": self.said,
            "exit_code": self.exit_code,
        }


@dataclass(slots=True)
class Watch:
    """A catalogue that is watched, and of each title the exit code of its last judgement, nothing more.

    `titles` are those to watch; none are all. `platform` is the name on the command line, if there is one.
    """

    root: Path
    platform: str | None
    asked: Callable[[Catalogue, str | None], Asked]
    titles: tuple[str, ...] = ()
    states: dict[str, int] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """That of everything as it was judged last: findings count less than what could not be read."""
        codes = {code for code in self.states.values() if code != CLEAN}
        return max(codes - {FINDINGS}, default=FINDINGS if codes else CLEAN)

    def seen(self) -> dict[Path, Any]:
        """The files as they are now."""
        folders = [self.root / "titles" / name for name in self.titles] or [self.root / "titles"]
        return marks([*folders, self.root / "platforms"], [self.root / CONFIG_NAME])

    def judge(self, changed: Iterable[Path] | None = None) -> Iterator[Event]:
        """Judge the titles that changed files belong to; None: all. What is wrong is an event and ends nothing."""
        touched = None if changed is None else self._touched(changed)
        try:
            catalogue = open_catalogue(self.root)
            asked = self.asked(catalogue, self.platform)
        except ReleaseprintError as error:
            yield self._told(THE_CATALOGUE, "unreadable", str(error), code_of(error))
            return
        if self.states.pop(THE_CATALOGUE, None) is not None:
            touched = None  # what changed meanwhile was judged by nothing
        known = [name for name in catalogue.title_ids() if not self.titles or name in self.titles]
        for name in [*known, *sorted(set(self.states) - set(known))]:
            if touched is not None and name not in touched:
                continue
            if name in known:
                yield self._judged(catalogue, name, asked)
            else:
                del self.states[name]
                yield Event(judgement.now(), name, "gone", f"there is no {manifest.FILE_NAME} any more", CLEAN)

    def _touched(self, changed: Iterable[Path]) -> set[str] | None:
        """The titles in whose folders files changed; None if it was a platform or releaseprint.toml."""
        folders = {path.relative_to(self.root).parts[:2] for path in changed}
        return None if any(parts[0] != "titles" for parts in folders) else {parts[1] for parts in folders}

    def _judged(self, catalogue: Catalogue, name: str, asked: Asked) -> Event:
        try:
            reports, _ = judgement.judge_targets(catalogue, [Target(catalogue.title(name))], asked)
        except ReleaseprintError as error:
            return self._told(name, "unreadable", str(error), code_of(error))
        except OSError as error:  # a file that went away while it was read, a disk that fails
            fault = Fault(str(error.filename or catalogue.shown(self.root)), "", f"cannot be read: {error.strerror}")
            return self._told(name, "unreadable", str(fault), code_of(InputError(fault)))
        code = judgement.exit_code(reports)
        verdict = max((str(report.verdict) for report in reports), key=("pass", "fail", "incomplete").index)
        return self._told(name, verdict, said_of(reports), code)

    def _told(self, name: str, verdict: str, said: str, code: int) -> Event:
        self.states[name] = code
        return Event(judgement.now(), name, verdict, said, code)


def said_of(reports: Sequence[Report]) -> str:
    """How much was found, and the first error of it."""
    findings = [finding for report in reports for finding in report.findings]
    missing = sum(item.required for report in reports for item in report.not_checked)
    said = counts_text(findings) + (f", {count_text(missing, 'required check')} not made" if missing else "")
    first = next((finding for finding in findings if finding.severity is Severity.ERROR), None)
    if first is None:
        return said
    place = " ".join(filter(None, (first.check, first.asset, place_of(first))))
    return f"{said}; {place}: {first.message}"


def run(watch: Watch, *, as_json: bool, wait: Callable[[float], None] = time.sleep) -> int:
    """Judge everything, then what changes, a line an event, until Ctrl-C; the exit code of the last state."""
    try:
        settling = Settling(SETTLED_SECONDS, watch.seen())
        _tell(watch.judge(), as_json=as_json)
        while True:
            wait(POLL_SECONDS)
            changed = settling.settled(watch.seen(), time.monotonic())
            if changed:
                _tell(watch.judge(changed), as_json=as_json)
    except KeyboardInterrupt:
        return watch.exit_code


def _tell(events: Iterable[Event], *, as_json: bool) -> None:
    for event in events:
        click.echo(json.dumps(event.data) if as_json else event.line)


def start(
    catalogue: Catalogue, platform_name: str | None, asked: Asked, names: Sequence[str], outputs: Sequence[Output]
) -> int:
    """Watch titles of a catalogue, or all. Raises UsageError for what cannot be watched or shown line by line."""
    for name in names:
        catalogue.require_title(name)
    (first, *others) = outputs
    if others or first.name not in {TEXT, "json"}:
        raise UsageError("--watch prints a line an event, as text or with --json; no other format, and no file")
    watch = Watch(
        root=catalogue.root,
        platform=platform_name,
        asked=lambda now, name: replace(asked, platform=judgement.platform_of(now, name)),
        titles=tuple(names),
    )
    return run(watch, as_json=first.name != TEXT)

"""A step that is being done; `check`, title by title, is here, what sends and what looks after it in files beside."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assets.catalogue import Catalogue
from assets.errors import Fault, InputError, PackageError, Refused, ReleaseprintError, StoreError, UsageError
from assets.platform import Platform
from checks.report import Report, Verdict
from cli import judgement
from cli.judgement import Target
from cli.main import exit_code
from cli.running.asking import Workers
from cli.running.runner import Engine
from cli.runs.plan import Step
from cli.runs.record import Item, StepRecord


@dataclass(frozen=True, slots=True)
class Doing:
    """By whom a step is done; its record is told of tasks, and of titles of which nothing is left to do."""

    catalogue: Catalogue
    workers: Workers
    record: StepRecord
    dry_run: bool

    def titles(self, named: Sequence[str]) -> Sequence[str]:
        """The titles that a step is about: those that it names, or all."""
        ids = tuple(dict.fromkeys(named)) or self.catalogue.title_ids()
        self.record.to_do = dict.fromkeys(ids)
        return ids


class Work(Protocol):
    """What a step is, with all that it needs."""

    def items(self, doing: Doing) -> Generator[Item, None, None]:
        """What becomes of each title; one that fails does not stop the others. Raises StoreError, UsageError."""


def of_title(title: str, items: Iterable[Item], doing: Doing) -> Iterator[Item]:
    """The items of one title; an error of this title alone is one, too. Raises StoreError."""
    try:
        yield from items
    except ReleaseprintError as error:
        if isinstance(error, StoreError) and not isinstance(error, PackageError):
            raise
        yield Item(title, "failed", exit_code(error), reasons=tuple(str(error).splitlines()))
    doing.record.finished(title)


@dataclass(frozen=True, slots=True)
class Check:
    """Titles are judged, as by `releaseprint check`."""

    step: Step
    platform: Platform

    def items(self, doing: Doing) -> Generator[Item, None, None]:
        """The verdicts."""
        ids = doing.titles(self.step.titles)
        engine = doing.workers.engine(len(ids))
        if engine is not None:
            with engine:
                yield from self._by_workers(ids, engine, doing)
            return
        for title_id in ids:
            yield from of_title(title_id, self._here(doing.catalogue, title_id), doing)

    def _asked(self) -> judgement.Asked:
        return judgement.Asked(self.platform, self.step.territory, self.step.at, self.step.quick)

    def _here(self, catalogue: Catalogue, title_id: str) -> Iterator[Item]:
        reports, _ = judgement.judge_targets(catalogue, [Target(catalogue.title(title_id))], self._asked())
        yield from map(_item, reports)

    def _by_workers(self, ids: Sequence[str], engine: Engine, doing: Doing) -> Iterator[Item]:
        from cli.running.judging import judge_all

        for outcome in judge_all(doing.catalogue, _targets(doing.catalogue, ids), self._asked(), engine):
            seconds = 0.0
            if outcome.done is not None:
                doing.record.task(outcome.done)
                seconds = outcome.done.seconds
            for item in of_title(ids[outcome.number], _items(outcome.reports, outcome.error), doing):
                yield replace(item, seconds=seconds)


def _targets(catalogue: Catalogue, ids: Iterable[str]) -> Iterator[Target | InputError]:
    for title_id in ids:
        try:
            yield Target(catalogue.title(title_id))
        except InputError as error:
            yield error
        except UsageError as error:  # it has gone since the step began
            yield InputError(Fault(f"titles/{title_id}", "", str(error)))


def _items(reports: Iterable[Report], error: InputError | None) -> Iterator[Item]:
    if error is not None:
        raise error
    yield from map(_item, reports)


def _item(report: Report) -> Item:
    code = judgement.exit_code([report])
    return Item(report.title_id, str(report.verdict), code, report.platform, report.window, _reasons(report))


def _reasons(report: Report) -> tuple[str, ...]:
    """Why a report is no pass."""
    if report.verdict is Verdict.PASS:
        return ()
    try:
        report.clearance()
    except Refused as refused:
        return refused.reasons
    return ()

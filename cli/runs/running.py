"""`releaseprint run`: the steps of a plan in order, one run of a catalogue at a time, and the report of it.

A store that fails ends its step, and the later steps that need it; the others are done. Whatever ends the run, the
report says what was done and what was not; a second run does the rest, because every step can be done again.
"""

import time
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from assets.catalogue import Catalogue
from assets.errors import ReleaseprintError, StoreError, UsageError
from cli import judgement, life, troubles
from cli.main import CLEAN, USAGE, exit_code
from cli.render import run as render
from cli.running.asking import Workers
from cli.running.identity import tool_identity
from cli.running.tasks import ClusterError
from cli.runs import plan as plans
from cli.runs.doing import Doing
from cli.runs.jobs import Job, jobs_of
from cli.runs.lock import locked
from cli.runs.record import STOPPED, RunRecord, StepRecord
from cli.writing import write_text

_BUG = 1
"""The exit code of a process that ends with a traceback."""

_BY_WORKERS = frozenset({"check", "deliver", "redeliver"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for. `report` is the file that the report is written to."""

    plan: Path
    catalogue: Path | None
    workers: Workers
    report: Path | None
    dry_run: bool
    as_json: bool


def run(asked: Asked) -> int:
    """Do a plan; the exit code. Raises InputError, UsageError and Refused before anything is done."""
    plan = plans.read(asked.plan)
    catalogue = judgement.require(asked.catalogue or plan.catalogue)
    jobs = jobs_of(plan, catalogue, life.say, dry_run=asked.dry_run)
    shown, digest = plan.file.shown, plan.file.sha256
    record = RunRecord(shown, digest, tool_identity(), str(catalogue.root), judgement.now(), asked.dry_run)
    record.jobs, record.cluster = asked.workers.jobs, asked.workers.cluster
    record.steps = [job.record for job in jobs]
    with nullcontext() if asked.dry_run else locked(catalogue.root, shown):
        return _Run(asked, catalogue, record).all_of(jobs)


@dataclass(slots=True)
class _Run:
    """A run under way; `lost` says why what several steps need is not there any more, by the URL of a store."""

    asked: Asked
    catalogue: Catalogue
    record: RunRecord
    lost: dict[str, str] = field(default_factory=dict)

    def all_of(self, jobs: list[Job]) -> int:
        """Do the steps; the exit code. Raises UsageError if the report cannot be written, before anything is done."""
        self._save()
        code = _BUG
        try:
            for job in jobs:
                self._step(job)
            code = self.record.worst
        except KeyboardInterrupt:
            code = STOPPED
            raise
        finally:
            code = self._end(code)
        return code

    def _step(self, job: Job) -> None:
        record = job.record
        if reason := self._missing(record):
            record.skip(reason)
            return
        record.state, record.begun = "running", judgement.now()
        self._saved()
        ended = ("failed", "a fault of the tool", _BUG)
        try:
            self._items(job)
            ended = ("done", "", CLEAN)
        except KeyboardInterrupt:
            ended = ("stopped", "stopped by a key or a signal", STOPPED)
            raise
        except ReleaseprintError as error:
            ended = ("failed", str(error), exit_code(error))
            if isinstance(error, StoreError):
                lost = self.asked.workers.cluster if isinstance(error, ClusterError) else record.store
                self.lost[str(lost)] = str(error)
        finally:
            state, reason, code = ended
            record.end(state, judgement.now(), reason, code)
            self._saved()

    def _items(self, job: Job) -> None:
        record = job.record
        if not self.asked.as_json:
            render.show_step(record)
        workers = replace(self.asked.workers, tell=self._idle)
        doing = Doing(self.catalogue, workers, record, self.asked.dry_run)
        last = time.monotonic()
        with troubles.heard_by(record.trouble), closing(job.work.items(doing)) as items:
            for item in items:
                now = time.monotonic()
                record.add(replace(item, seconds=item.seconds or now - last))
                last = now
                if not self.asked.as_json:
                    render.show_item(item)

    def _missing(self, record: StepRecord) -> str:
        """Why a step cannot be done: what it needs failed before."""
        if record.store and record.store in self.lost:
            return f"its store failed before: {self.lost[record.store]}"
        cluster = self.asked.workers.cluster
        if cluster in self.lost and record.do in _BY_WORKERS:
            return f"its workers were lost before: {self.lost[cluster]}"
        return ""

    def _idle(self, text: str) -> None:
        self.record.idle.append(text)
        life.say(text)

    def _end(self, code: int) -> int:
        """Tell how it ended; the exit code, which a report that cannot be written makes worse."""
        for step in self.record.steps:
            if step.state == "waiting":
                step.skip("the run ended before")
        self.record.ended, self.record.exit_code = judgement.now(), code
        if not self._saved():
            code = self.record.exit_code = max(code, USAGE)
        if self.asked.as_json:
            render.show_json(self.record)
        else:
            render.show_summary(self.record)
        return code

    def _saved(self) -> bool:
        """Write the report, and say it if that fails: what is done is not undone by it."""
        try:
            self._save()
        except UsageError as error:
            life.say(str(error))
            return False
        return True

    def _save(self) -> None:
        if self.asked.report is not None:
            write_text(self.asked.report, self.record.dumps())

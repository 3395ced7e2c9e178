"""`releaseprint run`: the steps of a plan in order, one run of a catalogue at a time, and the report of it.

A store that fails ends its step, and the later steps that need it; the others are done. Whatever ends the run, the
report says what was done and what was not; a second run does the rest, because every step can be done again.
"""

import time
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from assets.errors import ReleaseprintError, StoreError, UsageError
from cli import judgement, life
from cli.main import USAGE, exit_code
from cli.render import run as render
from cli.running.asking import Workers
from cli.running.tasks import ClusterError
from cli.runs import plan as plans
from cli.runs.doing import Doing
from cli.runs.jobs import Job, jobs_of
from cli.runs.lock import locked
from cli.runs.plan import Plan
from cli.runs.record import STOPPED, RunRecord, StepRecord
from cli.writing import write_text

_BUG = 1
"""The exit code of a process that ends with a traceback."""


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
    """Do a plan; the exit code. Raises InputError, UsageError, Refused, before anything is done."""
    from cli.running.identity import tool_identity

    plan = plans.read(asked.plan)
    catalogue = judgement.require(asked.catalogue or plan.catalogue)
    jobs = jobs_of(plan, catalogue, life.say, dry_run=asked.dry_run)
    record = RunRecord(
        plan.file.shown,
        plan.file.sha256,
        tool_identity(),
        str(catalogue.root),
        judgement.now(),
        asked.dry_run,
        asked.workers.jobs,
        asked.workers.cluster,
        steps=[job.record for job in jobs],
    )
    lock = nullcontext() if asked.dry_run else locked(catalogue.root, plan.file.shown)
    with lock:
        return _Run(asked, plan, record, jobs).done(lambda job, workers: Doing(
            catalogue, workers, job.record, asked.dry_run
        ))

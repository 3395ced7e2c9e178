"""The record of a run, which its report is made of: what became of each title in each step, and who did the work."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assets.rights import utc
from cli.main import CLEAN, STORE_FAILED, UNREADABLE
from cli.redacting import without_secrets
from cli.running.tasks import Done

SCHEMA = "releaseprint/run/1"
"""Name and number of the report's form (run_report.schema.json); it grows when a key changes its meaning or goes."""

MOST_REASONS = 20
"""Reasons that a report has of one title; the rest is counted."""

STOPPED = 130
"""The exit code of a run that was stopped by Ctrl-C or a signal."""


@dataclass(frozen=True, slots=True)
class Item:
    """What became of a title, or of one of its windows or packages; `exit_code` is what it alone would give.

    `receipt` is the key of the receipt in the step's store. `seconds` are those since the one before. A dry run says
    `would_send_bytes`.
    """

    title: str
    state: str
    exit_code: int = CLEAN
    platform: str = ""
    window: str = ""
    reasons: tuple[str, ...] = ()
    package: str = ""
    prefix: str = ""
    receipt: str = ""
    sent_bytes: int = 0
    would_send_bytes: int = 0
    seconds: float = 0.0

    @property
    def data(self) -> dict[str, Any]:
        """For a machine."""
        rest = len(self.reasons) - MOST_REASONS
        more = [f"and {rest} more"] if rest > 0 else []
        return {
            "title": self.title,
            "platform": self.platform or None,
            "window": self.window or None,
            "state": self.state,
            "exit_code": self.exit_code,
            "reasons": [*map(without_secrets, self.reasons[:MOST_REASONS]), *more],
            "package": self.package or None,
            "prefix": self.prefix or None,
            "receipt": self.receipt or None,
            "sent_bytes": self.sent_bytes,
            "would_send_bytes": self.would_send_bytes,
            "seconds": round(self.seconds, 3),
        }


@dataclass(slots=True)
class StepRecord:
    """A step as far as it is done. `state` is `waiting`, `running`, `done`, `failed`, `stopped` or `not-done`.

    `to_do` are the titles that it has not finished; of `release` and `expire` nobody knows them before. `troubles`
    ended nothing.
    """

    number: int
    do: str
    platform: str = ""
    territory: str = ""
    store: str = ""
    state: str = "waiting"
    reason: str = ""
    exit_code: int = CLEAN
    begun: datetime | None = None
    ended: datetime | None = None
    items: list[Item] = field(default_factory=list)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    to_do: dict[str, None] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def add(self, item: Item) -> None:
        """One more is done."""
        self.items.append(item)
        self.exit_code = max(self.exit_code, item.exit_code)

    def end(self, state: str, at: datetime, reason: str = "", exit_code: int = CLEAN) -> None:
        """The step is over."""
        self.state, self.ended, self.reason = state, at, reason
        self.exit_code = max(self.exit_code, exit_code)

    def skip(self, reason: str) -> None:
        """The step will not be done."""
        self.state, self.reason, self.exit_code = "not-done", reason, STORE_FAILED

    def finished(self, title: str) -> None:
        """Nothing is left to do of a title."""
        self.to_do.pop(title, None)

    def trouble(self, text: str) -> None:
        """Something went wrong that ends nothing, such as a disk that is full under the catalogue's state."""
        if text not in self.troubles:
            self.troubles.append(text)
        self.exit_code = max(self.exit_code, UNREADABLE)

    def task(self, done: Done) -> None:
        """A worker did something, or failed to."""
        self.tasks.append(
            {
                "title": done.task.label,
                "task": done.task.function.__name__,
                "worker": done.worker or None,
                "seconds": round(done.seconds, 3),
                "tries": done.tries,
                "straggled": done.straggled,
                "fault": without_secrets(done.fault) or None,
            }
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many have each state."""
        return dict(Counter(item.state for item in self.items))

    @property
    def data(self) -> dict[str, Any]:
        """For a machine."""
        return {
            "number": self.number,
            "do": self.do,
            "platform": self.platform or None,
            "territory": self.territory or None,
            "store": self.store or None,
            "state": self.state,
            "reason": without_secrets(self.reason) or None,
            "exit_code": self.exit_code,
            "begun": _utc(self.begun),
            "ended": _utc(self.ended),
            "counts": self.counts,
            "items": [item.data for item in self.items],
            "tasks": self.tasks,
            "troubles": [*map(without_secrets, self.troubles)],
            "to_do": list(self.to_do),
        }


@dataclass(slots=True)
class RunRecord:
    """A run as far as it is done; `exit_code` is None while it goes on."""

    plan: str
    sha256: str
    tool: str
    catalogue: str
    begun: datetime
    dry_run: bool = False
    jobs: int | None = None
    cluster: str | None = None
    idle: list[str] = field(default_factory=list)
    ended: datetime | None = None
    exit_code: int | None = None
    steps: list[StepRecord] = field(default_factory=list)

    @property
    def worst(self) -> int:
        """The highest exit code of the steps."""
        return max((step.exit_code for step in self.steps), default=CLEAN)

    @property
    def data(self) -> dict[str, Any]:
        """For a machine: run_report.schema.json."""
        return {
            "schema": SCHEMA,
            "plan": {"path": self.plan, "sha256": self.sha256},
            "tool": self.tool,
            "catalogue": self.catalogue,
            "workers": {"jobs": self.jobs, "cluster": self.cluster, "without_work": sorted(set(self.idle))},
            "dry_run": self.dry_run,
            "begun": utc(self.begun),
            "ended": _utc(self.ended),
            "exit_code": self.exit_code,
            "steps": [step.data for step in self.steps],
        }

    def dumps(self) -> str:
        """The report."""
        text = json.dumps(self.data, ensure_ascii=False, indent=2) + "\n"
        return text.encode("utf-8", "backslashreplace").decode()  # a lone surrogate is then an escape of JSON


def _utc(instant: datetime | None) -> str | None:
    return None if instant is None else utc(instant)

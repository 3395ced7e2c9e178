"""`--jobs` and `--cluster`: who does the work of a command."""

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from cli.running.runner import Engine

FEW = 8
"""So few titles are judged in this process: others would take longer to begin than to help."""

R = TypeVar("R")


def _say(text: str) -> None:
    from cli.render.words import visible_lines

    click.echo(visible_lines(text), err=True)


@dataclass(frozen=True, slots=True)
class Workers:
    """What the command line says of workers: how many processes of this machine, or which cluster."""

    jobs: int | None = None
    cluster: str | None = None
    tell: Callable[[str], None] = _say
    """Hears of the workers of a cluster that get no work, and why."""

    def engine(self, titles: int) -> "Engine | None":
        """The engine for so many titles; None for this process. Raises UsageError, ClusterError."""
        if self.cluster is not None:
            from cli.running.cluster import Cluster

            cluster = Cluster(self.cluster)
            for other in cluster.others():
                self.tell(f"{self.cluster}: gets no work: {other}")
            return cluster
        jobs = self.jobs if self.jobs is not None else 1 if titles < FEW else os.cpu_count() or 1
        if jobs == 1:
            return None
        from cli.running.local import LocalProcesses

        return LocalProcesses(min(jobs, max(1, titles)))


HERE = Workers(jobs=1)
"""This process alone."""


def worker_options(function: Callable[..., R]) -> Callable[..., R]:
    """`--jobs` and `--cluster`; the command is given `workers`."""

    @functools.wraps(function)
    def wrapped(*arguments: Any, jobs: int | None, cluster: str | None, **options: Any) -> R:  # noqa: ANN401
        if jobs is not None and cluster is not None:
            raise click.UsageError("--jobs and --cluster do not go together")
        return function(*arguments, workers=Workers(jobs, cluster), **options)

    wrapped = click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Work on the Dask cluster whose scheduler is at tcp://HOST:PORT; see `releaseprint worker`.",
    )(wrapped)
    return click.option(
        "--jobs",
        "-j",
        type=click.IntRange(1, 256),
        help=f"Processes of this machine to work in; by default as many as it has cores, for {FEW} titles or more.",
    )(wrapped)

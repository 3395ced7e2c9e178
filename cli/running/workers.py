"""The work of a command by whoever does it: this process, several of this machine, or a cluster."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from assets.catalogue import Catalogue
from assets.errors import InputError
from checks.report import Report
from cli.judgement import Asked, Beside, Target, judge_targets, nothing_beside
from cli.running.asking import Workers
from cli.running.spooling import Spooled, packed

if TYPE_CHECKING:
    from cli.running.judging import Outcome
    from cli.running.measuring import Ahead
    from cli.running.runner import Engine
    from cli.running.uploading import Uploads


def judge(
    catalogue: Catalogue | None,
    targets: Iterable[Target | InputError],
    asked: Asked,
    workers: Workers,
    titles: int,
) -> tuple[Sequence[Report], list[InputError]]:
    """As `judgement.judge_targets`, by whoever does the work; `titles` is about how many there are.

    Reports are on disk until they are read: many titles have more of them than fit into memory. Raises UsageError,
    ClusterError.
    """
    reports, errors = Spooled(), dict[int, InputError]()
    with ExitStack() as stack:
        engine = workers.engine(titles)
        if engine is None:
            return _here(catalogue, targets, asked, reports)
        stack.enter_context(engine)
        for outcome in _watched(catalogue, targets, asked, engine, titles):
            reports.add(outcome.number, outcome.packed)
            if outcome.error:
                errors[outcome.number] = outcome.error
    return reports, [errors[number] for number in sorted(errors)]


def _here(
    catalogue: Catalogue | None, targets: Iterable[Target | InputError], asked: Asked, reports: Spooled
) -> tuple[Sequence[Report], list[InputError]]:
    """Judge in this process, one target after the other."""
    errors: list[InputError] = []
    for number, target in enumerate(targets):
        found, wrong = judge_targets(catalogue, [target], asked)
        reports.add(number, map(packed, found))
        errors += wrong
    return reports, errors


class Ready:
    """Titles in their order, each as soon as its media are measured, as far as workers can measure them.

    `uploads` are there if workers also send them.
    """

    def __init__(self, ids: Iterator[str], titles: int = 0, uploads: "Uploads | None" = None) -> None:
        """`titles` is how many there are to wait for; 0 where nobody measures ahead."""
        self.uploads = uploads
        self._ids = ids
        self._titles = titles
        self._done = 0

    def __iter__(self) -> Iterator[str]:
        while (title_id := self._next(nothing_beside)) is not None:
            yield title_id

    def until(self, title_id: str, beside: Beside) -> Beside:
        """Wait for a title, while `beside` goes on; what is still to go on while the title is read.

        Raises ClusterError.
        """
        while (found := self._next(beside if self._titles else nothing_beside)) is not None:
            if found == title_id:
                break
        return nothing_beside if self._titles else beside

    def _next(self, beside: Beside) -> str | None:
        """The next title, with a bar while it is waited for, and at no other time: there is one of them at a time."""
        from cli.terminal import steps_progress

        if not self._titles:
            return next(self._ids, None)
        with steps_progress("measuring ahead") as step, beside(step):
            step(f"{self._titles} titles", self._done / self._titles)
            self._done += 1
            return next(self._ids, None)


@contextmanager
def measured_ahead(
    catalogue: Catalogue, workers: Workers, ids: Sequence[str], asked: "Ahead | None" = None
) -> Iterator[Ready]:
    """The ids, each as soon as the media of its title are measured, while workers go on with the next ones.

    What a worker could not measure, and what nobody `asked` for, is left to whoever reads the title. Raises UsageError,
    ClusterError.
    """
    with ExitStack() as stack:
        engine = workers.engine(max(len(ids), workers.jobs or 1))  # a title may have more than one file
        if engine is None:
            yield Ready(iter(ids))
            return
        from cli.running.measuring import Ahead, ahead

        asked = asked or Ahead()
        if asked.uploads is not None:
            stack.enter_context(closing(asked.uploads))
        stack.enter_context(engine)
        ready = stack.enter_context(closing(ahead(catalogue, engine, ids, asked)))
        yield Ready(ready, len(ids), asked.uploads)


def measure_first(catalogue: Catalogue, workers: Workers, title_id: str) -> None:
    """Have the media of one title measured before it is read. Raises UsageError, ClusterError."""
    with measured_ahead(catalogue, workers, [title_id]) as ready:
        for _ in ready:
            continue


def _watched(
    catalogue: Catalogue | None, targets: Iterable[Target | InputError], asked: Asked, engine: "Engine", titles: int
) -> "Iterator[Outcome]":
    from cli.running.judging import judge_all
    from cli.terminal import steps_progress

    with steps_progress("judging") as step:
        for count, outcome in enumerate(judge_all(catalogue, targets, asked, engine), start=1):
            step(f"{titles} titles", count / titles if titles else 1.0)
            yield outcome

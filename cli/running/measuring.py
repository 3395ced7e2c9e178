"""Media is measured as tasks, a file each, ahead of whoever needs it next."""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assets.catalogue import Catalogue
from assets.errors import InputError, StoreError, UsageError
from assets.file_bytes import is_away, why_unreadable
from assets.measuring import Measurements, Measuring, Sources, known, measure
from assets.measuring_away import measure_away
from assets.title import AssetFile, Away, Title
from cli.forgiving import measurements
from cli.running import handing
from cli.running.handing import Handed, New, media_of
from cli.running.runner import Engine, running
from cli.running.straggling import weight_of
from cli.running.tasks import Done, EndedError, Task
from storage.lending import Lending

if TYPE_CHECKING:
    from cli.running.uploading import Uploads

LOOK_AHEAD = 100
"""So many titles at most are looked at before their turn: whoever waits for the first need not wait for all."""


def measure_file(path: Path, name: str, seconds: float) -> tuple[New, ...]:
    """The task: measure a file. Raises assets.worker.WorkerError if it cannot be read to its end."""
    found = Handed()
    measure(path, name, Measuring(found, seconds, _nobody))
    return tuple(found.new)


def measure_lent(file: AssetFile, away: Away, known: Handed, catalogue: Catalogue) -> tuple[New, ...]:
    """The task: measure a file that is away.

    Raises as `assets.measuring_away.measure_away`; EndedError if the link has ended in the middle of it.
    """
    ended: list[Away] = []
    seconds, sources = catalogue.config.measure_timeout_seconds, known.sources(Lending(catalogue))
    try:
        measure_away(file, away, Measuring(known, seconds, _nobody, sources=sources, ended=ended.append))
    except StoreError as error:
        if ended:
            raise EndedError(str(error)) from error
        raise
    return tuple(known.new)


def _nobody(_name: str, _share: float) -> None:
    """Whom nobody tells how far a measurement is."""


@dataclass(slots=True)
class _Waiting:
    """A title, and how many of its files are still being measured."""

    title: str
    files: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of which titles media are measured ahead, who hears what became of each file, and what is sent meanwhile."""

    wanted: Callable[[Title], bool] = lambda _title: True
    told: Callable[[Done], None] = lambda _done: None
    uploads: "Uploads | None" = None


@dataclass(slots=True)
class _Line:
    """The titles whose media are being measured, in order."""

    catalogue: Catalogue
    asked: Ahead
    lend: Sources
    titles: deque[_Waiting] = field(default_factory=deque)

    def tasks(self, ids: Sequence[str], kept: Measurements | None, engine: Engine) -> Iterator[Task | None]:
        """A task for each file that the state does not know, and those that send; None while enough are in line."""
        uploads = self.asked.uploads
        for number, title_id in enumerate(ids):
            while len(self.titles) >= LOOK_AHEAD:
                yield None
            title = self._wanted(title_id)
            files = [] if title is None else _unknown(title, kept)
            sent = 0 if title is None or uploads is None else uploads.plan(title, number, kept)
            self.titles.append(_Waiting(title_id, len(files) + sent))  # the first may be done before the last is begun
            for file in files:
                yield self._task(file, title_id, number)
            if uploads is not None:
                yield from uploads.due(engine)
        if uploads is not None:
            yield from uploads.due(engine, 0)

    def _task(self, file: AssetFile, title_id: str, number: int) -> Task:
        if file.away is not None and is_away(file):
            lent = partial(self._lent, file, file.away)
            key, weight = file.away.sha256, weight_of([file])
            return Task(key, title_id, measure_lent, lent(), number, weight=weight, renew=lent)
        seconds = self.catalogue.config.measure_timeout_seconds
        arguments = (file.path, file.name, seconds)
        return Task(str(file.path), title_id, measure_file, arguments, number, weight=weight_of([file]))

    def _lent(self, file: AssetFile, away: Away, _so_far: object = None) -> tuple[AssetFile, Away, Handed, Catalogue]:
        """What a task is given for a file that is away, with a link that begins now."""
        return file, away, Handed(lent=handing.lent(away, self.lend)), self.catalogue

    @property
    def is_ready(self) -> bool:
        """Whether the title at the head of the line waits for nothing."""
        return bool(self.titles) and not self.titles[0].files

    def first(self) -> str:
        """Take the title at the head out of the line."""
        return self.titles.popleft().title

    def finished(self, title_id: str) -> None:
        """One task of a title is done, or cannot be."""
        next(item for item in self.titles if item.title == title_id).files -= 1

    def _wanted(self, title_id: str) -> Title | None:
        try:
            title = self.catalogue.title(title_id)
        except (InputError, UsageError):  # whoever reads it next says so
            return None
        return title if self.asked.wanted(title) else None


def ahead(catalogue: Catalogue, engine: Engine, ids: Sequence[str], asked: Ahead) -> Generator[str]:
    """The ids in their order, each as soon as what can be measured of its title is in the state.

    Raises ClusterError.
    """
    line = _Line(catalogue, asked, Lending(catalogue))
    with measurements(catalogue) as kept, running(engine, line.tasks(ids, kept, engine)) as runner:
        try:
            while True:
                is_busy = runner.fill()
                for done in runner.finished(at_once=line.is_ready):
                    if asked.uploads is None or not asked.uploads.finished(done):
                        handing.keep(done.value or (), kept)
                    asked.told(done)
                    line.finished(done.task.label)
                if line.is_ready:
                    yield line.first()
                elif not is_busy:
                    return
        finally:
            if asked.uploads is not None:  # what was sent and has not been told has to be given up, too
                for done in runner.untold():
                    asked.uploads.finished(done)


def _unknown(title: Title, kept: Measurements | None) -> list[AssetFile]:
    """The media files of a title that the state does not know."""
    return [file for file in media_of(title) if _is_to_measure(file, kept)]


def _is_to_measure(file: AssetFile, kept: Measurements | None) -> bool:
    """Whether a file is there, or in a store, and the state does not know it."""
    if file.away is not None and is_away(file):
        return kept is None or kept.measured(file.away.sha256) is None
    return not why_unreadable(file) and not _is_known(file, kept)


def _is_known(file: AssetFile, kept: Measurements | None) -> bool:
    """Whether a file is measured already, or gone since: there is nothing to do for a worker."""
    try:
        return kept is not None and known(file.path, kept) is not None
    except OSError:
        return True

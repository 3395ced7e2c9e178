"""Media is measured as tasks, a file each, ahead of whoever needs it next."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assets.catalogue import Catalogue
from assets.errors import InputError, UsageError
from assets.file_bytes import why_unreadable
from assets.measuring import Measurements, Measuring, known, measure
from assets.title import AssetFile, Title
from cli.forgiving import measurements
from cli.running import handing
from cli.running.handing import Handed, New
from cli.running.runner import Engine, run
from cli.running.tasks import Done, Task


def measure_file(path: Path, name: str, seconds: float) -> tuple[New, ...]:
    """The task: measure a file. Raises assets.worker.WorkerError if it cannot be read to its end."""
    found = Handed()
    measure(path, name, Measuring(found, seconds, lambda _name, _share: None))
    return tuple(found.new)


@dataclass(slots=True)
class _Waiting:
    """A title, and how many of its files are still being measured."""

    title: str
    files: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of which titles media are measured ahead, and who hears what became of each file."""

    wanted: Callable[[Title], bool] = lambda _title: True
    told: Callable[[Done], None] = lambda _done: None


@dataclass(slots=True)
class _Line:
    """The titles whose media are being measured, in order."""

    catalogue: Catalogue
    asked: Ahead
    titles: deque[_Waiting] = field(default_factory=deque)

    def tasks(self, ids: Sequence[str], kept: Measurements | None) -> Iterator[Task]:
        """A task for each file that the state does not know."""
        for number, title_id in enumerate(ids):
            files = self._unknown(title_id, kept)
            self.titles.append(_Waiting(title_id, len(files)))  # the first may be done before the last is handed over
            seconds = self.catalogue.config.measure_timeout_seconds
            for file in files:
                yield Task(str(file.path), title_id, measure_file, (file.path, file.name, seconds), number)

    def ready(self) -> Iterator[str]:
        """The titles at the head of the line that wait for nothing."""
        while self.titles and not self.titles[0].files:
            yield self.titles.popleft().title

    def finished(self, title_id: str) -> None:
        """One file of a title is measured, or cannot be."""
        next(item for item in self.titles if item.title == title_id).files -= 1

    def _unknown(self, title_id: str, kept: Measurements | None) -> list[AssetFile]:
        try:
            title = self.catalogue.title(title_id)
            if not self.asked.wanted(title):
                return []
        except (InputError, UsageError):  # whoever reads it next says so
            return []
        return [file for file in _media(title) if not why_unreadable(file) and not _is_known(file, kept)]


def ahead(catalogue: Catalogue, engine: Engine, ids: Sequence[str], asked: Ahead) -> Iterator[str]:
    """The ids in their order, each as soon as what can be measured of its title is in the state.

    Raises ClusterError.
    """
    line = _Line(catalogue, asked)
    with measurements(catalogue) as kept:
        for done in run(engine, line.tasks(ids, kept)):
            handing.keep(done.value or (), kept)
            asked.told(done)
            line.finished(done.task.label)
            yield from line.ready()
        yield from line.ready()


def _is_known(file: AssetFile, kept: Measurements | None) -> bool:
    """Whether a file is measured already, or gone since: there is nothing to do for a worker."""
    try:
        return kept is not None and known(file.path, kept) is not None
    except OSError:
        return True


def _media(title: Title) -> list[AssetFile]:
    """The files of a title that are decoded, each once."""
    found: dict[AssetFile, None] = {}
    for version in title.versions:
        files = [version.master, *(audio.file for audio in version.audio), *(stem.file for stem in version.stems)]
        found |= dict.fromkeys(file for file in files if file is not None)
    return list(found)

"""Titles are judged as tasks: a worker reads, measures and judges; the coordinator keeps what comes of it, in order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from assets.catalogue import Catalogue, Config
from assets.errors import Fault, InputError
from assets.history.announcing import root_of
from assets.measuring import Measurements, Measuring
from assets.reading import read_title
from assets.title import Away
from checks.report import Report
from cli import judgement
from cli.forgiving import measurements
from cli.judgement import Asked, Target
from cli.kept import keeper, verdicts_of
from cli.running import handing
from cli.running.handing import Handed, New
from cli.running.packing import Packed
from cli.running.runner import Engine, run
from cli.running.spooling import packed, unpacked
from cli.running.straggling import weight_of
from cli.running.tasks import Done, EndedError, Task
from storage.index import Verdict
from storage.lending import Lending


@dataclass(frozen=True, slots=True)
class Judged:
    """What a worker makes of a title: its packed reports, the verdicts for the state, and what it measured."""

    reports: tuple[bytes, ...]
    verdicts: tuple[Verdict, ...]
    new: tuple[New, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the target of that number: its reports as `spooling` packs them, or why not, and who did it."""

    number: int
    packed: tuple[bytes, ...] = ()
    error: InputError | None = None
    done: Done | None = None

    @property
    def reports(self) -> tuple[Report, ...]:
        """Its reports, unpacked now."""
        return tuple(map(unpacked, self.packed))


def judge_title(target: Target, same: Packed[tuple[Asked, Config]], known: Handed) -> Judged:
    """The task: judge a title by what is known of its media and what has to be measured.

    Raises InputError; EndedError with all that could be judged, if a link has ended in the middle of a film.
    """
    asked, config = same.value()
    ended: list[Away] = []
    measuring = Measuring(
        known,
        config.measure_timeout_seconds,
        lambda _name, _share: None,
        only_kept=asked.quick,
        sources=known.sources(Lending(Catalogue(root_of(target.title), config))),
        ended=ended.append,
    )
    read = read_title(target.title, config.media_timeout_seconds, measuring=measuring)
    reports, forbidden = judgement.judge_read(judgement.at_rate(read, target.frame_rate), target, asked)
    judged = Judged(tuple(map(packed, reports)), tuple(verdicts_of(reports, forbidden)), tuple(known.new))
    if ended:
        raise EndedError(f"{ended[0].url}: the link to it has ended", judged)
    return judged


def judge_all(
    catalogue: Catalogue | None, targets: Iterable[Target | InputError], asked: Asked, engine: Engine
) -> Iterator[Outcome]:
    """Each target as it is judged, in whatever order. Only a few are in memory at a time, whatever their number.

    Raises ClusterError.
    """
    unread: list[Outcome] = []
    asked = replace(asked, at=asked.at or judgement.now())  # one instant for all, wherever and whenever they are judged
    with measurements(catalogue) as kept, keeper(catalogue) as keep:
        for done in run(engine, _tasks(catalogue, targets, asked, kept, unread)):
            yield from _drained(unread)
            yield _kept(kept, keep, done)
    yield from _drained(unread)


def _tasks(
    catalogue: Catalogue | None,
    targets: Iterable[Target | InputError],
    asked: Asked,
    kept: Measurements | None,
    unread: list[Outcome],
) -> Iterator[Task]:
    same = Packed.of((asked, catalogue.config if catalogue else Config()))
    lend = Lending(catalogue) if catalogue and not asked.quick else None
    for number, target in enumerate(targets):
        if isinstance(target, InputError):
            unread.append(Outcome(number, error=target))
            continue
        renew = partial(_arguments, target, same, kept, lend)
        arguments = renew()
        known = arguments[-1]
        key = f"{target.title.sha256} {asked.platform.id} {asked.platform.revision}"
        weight = weight_of(file for file in target.title.files() if file.path not in known.files)
        yield Task(key, target.title.id, judge_title, arguments, number, weight=weight, renew=renew)


def _arguments(
    target: Target,
    same: Packed[tuple[Asked, Config]],
    kept: Measurements | None,
    lend: Lending | None,
    so_far: Judged | None = None,
) -> tuple[Target, Packed[tuple[Asked, Config]], Handed]:
    """What a task is given, with links that begin now, when what was measured `so_far` is kept."""
    handing.keep(so_far.new if so_far else (), kept)
    known = handing.handed(target.title, kept)
    return target, same, handing.with_links(known, target.title, lend) if lend else known


def _drained(unread: list[Outcome]) -> Iterator[Outcome]:
    while unread:
        yield unread.pop(0)


def _kept(kept: Measurements | None, keep: Callable[[Iterable[Verdict]], None], done: Done) -> Outcome:
    """What a task came to, kept in the state."""
    if done.fault:
        error = done.error or InputError(Fault(done.task.label, "", f"could not be judged: {done.fault}"))
        return Outcome(done.task.number, error=error, done=done)
    found: Judged = done.value
    handing.keep(found.new, kept)
    keep(found.verdicts)
    return Outcome(done.task.number, found.reports, done=done)

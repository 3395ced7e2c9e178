"""Lines of the catalogue's screen worked out anew: here, or, where they are many, by processes of this machine."""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from assets import away, collecting, waiver_records
from assets.catalogue import Catalogue, open_catalogue
from assets.errors import Fault, InputError
from assets.history import ledger
from assets.manifest import FILE_NAME
from assets.outline_rights import turns_of
from assets.outlining import Outline, Outliner
from assets.rights import reading
from cli.status import AT_ONCE, Asked, Status, known_of, status_of
from cli.status_rights import CLOSING_DAYS
from storage.answers import Answer, found_at, is_settled, state_of
from storage.index import Index, open_index

if TYPE_CHECKING:
    from cli.running.runner import Engine

MANY = 2000
"""So many titles are worth the second that other processes take to begin."""
_SHARE = 2 * AT_ONCE
"""Titles of a task."""

_TRUTHS = (FILE_NAME, reading.FILE_NAME, ledger.FILE_NAME, away.FILE_NAME, waiver_records.FILE_NAME)
"""The files of a title that say something of it, whether they are there or not."""
_CLOSING = timedelta(days=CLOSING_DAYS)

Cells = Callable[[Status], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Making:
    """What lines are made of: whose titles they are of, what was asked, and how a title becomes a line."""

    catalogue: Catalogue
    asked: Asked
    cells: Cells


@dataclass(frozen=True, slots=True)
class Made:
    """Lines as they are kept, by title; the answers among them that cannot change unseen; what could not be read."""

    lines: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    faults: list[InputError] = field(default_factory=list)


def make(making: Making, index: Index, question: str, titles: Sequence[str]) -> Iterator[Made]:
    """The lines of some titles, part by part, kept as answers to a question by whoever works them out."""
    engine = _engine(len(titles))
    if engine is None:
        outliner = Outliner(making.catalogue)
        for some in _parts(titles, AT_ONCE):
            commit = index.answers.commit()
            made = _some(making, outliner, index, some)
            index.answers.keep(question, made.answers, commit)
            yield made
        return
    with engine:
        yield from _shared(making, engine, index, question, titles)


def _engine(titles: int) -> "Engine | None":
    """Processes for so many titles, or None for this one."""
    if titles < MANY:
        return None
    from cli.running.asking import Workers

    return Workers().engine(-(-titles // AT_ONCE))


def _shared(making: Making, engine: "Engine", index: Index, question: str, titles: Sequence[str]) -> Iterator[Made]:
    """The lines by processes that read the state for themselves. What a process could not do has no line."""
    from cli.running.runner import run
    from cli.running.tasks import Task

    commits: dict[int, int] = {}

    def tasks() -> Iterator[Task]:
        for number, some in enumerate(_parts(titles, _SHARE)):
            commits[number] = index.answers.commit()  # before a process looks: what changes from now on is noticed
            yield Task("", f"titles/{some[0]} to {some[-1]}", by_process, (making, some), number)

    for done in run(engine, tasks()):
        if done.fault:
            yield Made(faults=[done.error or InputError(Fault(done.task.label, "", f"not told: {done.fault}"))])
            continue
        made: Made = done.value
        index.answers.keep(question, made.answers, commits.pop(done.task.number))
        yield made


@collecting.paused()
def by_process(making: Making, titles: Sequence[str]) -> Made:
    """The task: the lines of some titles, by the state as it is on disk. Raises InputError for the state."""
    outliner, every = _outliner(making.catalogue.root), Made()
    with open_index(making.catalogue.root) as index:
        for some in _parts(titles, AT_ONCE):
            made = _some(making, outliner, index, some)
            every.lines.update(made.lines)
            every.answers.extend(made.answers)
            every.faults.extend(made.faults)
    return every


@lru_cache(maxsize=1)
def _outliner(root: Path) -> Outliner:
    """That of a process, which keeps what title.toml files have in common from one task to the next."""
    return Outliner(open_catalogue(root))


def _parts(titles: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (titles[first : first + size] for first in range(0, len(titles), size))


def _some(making: Making, outliner: Outliner, index: Index, titles: Sequence[str]) -> Made:
    begun, known, made = time.time_ns(), known_of(index, titles), Made()
    root = making.catalogue.root
    for title in titles:
        folder = folder_of(making.catalogue, title)
        truths = found_at(folder, _TRUTHS)  # before they are read: what changes meanwhile is noticed
        try:
            outline = outliner.read(title)
            status = status_of(making.catalogue, outline, known, making.asked)
            ends = waiver_records.ends_in(root / "titles" / title, root, title)
        except InputError as error:
            made.faults.append(error)
            continue
        made.lines[title] = json.dumps((making.cells(status), status.attention), ensure_ascii=False)
        names, found = _watched(folder, title, outline)
        if is_settled((*truths, *found), begun):
            since, before = _limits(outline, ends, making.asked.at)
            state = state_of((*truths, *found))
            made.answers.append(Answer(title, state, (*_TRUTHS, *names), since, before, made.lines[title]))
    return made


def _watched(folder: str, title: str, outline: Outline) -> tuple[list[str], list[os.stat_result | None]]:
    """The files of a title that its line rests on, as they were when it was read; the folders of some names too.

    A name that is no ASCII may lie there in another normalization form, which a folder tells by its own time.
    """
    places: dict[str, os.stat_result | None] = {}
    folders: dict[str, None] = {}
    start = f"titles/{title}/"
    for name in dict.fromkeys(slot.name for slot in outline.slots if slot.name):
        place, found = outline.files.get(name, (f"{start}{name}", None))
        places[place.removeprefix(start)] = found
        if not name.isascii():
            folders |= dict.fromkeys(parent.as_posix() for parent in PurePosixPath(name).parents)
    names = list(folders)
    return [*places, *names], [*places.values(), *found_at(folder, names)]


def folder_of(catalogue: Catalogue, title: str) -> str:
    """Where a title lies."""
    return f"{catalogue.root}/titles/{title}"


def _limits(outline: Outline, waivers: Iterable[datetime], at: datetime) -> tuple[str, str]:
    """From when until when a title stands as it does at an instant: windows open, begin to close, end; waivers end.

    So do deals, which may close a window or open it again.
    """
    ends = [window.end for window in outline.windows if window.end is not None]
    turns = {*(window.start for window in outline.windows), *ends, *(end - _CLOSING for end in ends), *waivers}
    turns |= set(turns_of(outline.rights))
    since = max((item for item in turns if item <= at), default=None)
    before = min((item for item in turns if item > at), default=None)
    return instant_text(since) if since else "", instant_text(before) if before else ""


def instant_text(at: datetime) -> str:
    """An instant as a text that sorts as instants do."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")

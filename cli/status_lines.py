"""The whole catalogue on one screen: a line a title, of which only those are worked out anew that may have changed."""

import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import PurePosixPath

from assets import away, collecting, waiver_records
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.history import ledger
from assets.manifest import FILE_NAME
from assets.outline_rights import turns_of
from assets.outlining import Outline, Outliner, title_ids
from assets.rights import reading
from assets.version import tool_version
from cli.status import AT_ONCE, Asked, Status, known_of, status_of
from cli.status_rights import CLOSING_DAYS
from storage.answers import Answer, found_at, is_settled, state_of
from storage.index import Index, open_index

FORM = 4
"""Add one when a line says something else of the same title: lines that were kept before are made anew."""

_TRUTHS = (FILE_NAME, reading.FILE_NAME, ledger.FILE_NAME, away.FILE_NAME, waiver_records.FILE_NAME)
"""The files of a title that say something of it, whether they are there or not."""
_CLOSING = timedelta(days=CLOSING_DAYS)


@dataclass(frozen=True, slots=True)
class Line:
    """What the screen says of a title, cell by cell; the greater the attention, the higher it stands."""

    cells: tuple[str, ...]
    attention: tuple[int, ...]


Cells = Callable[[Status], tuple[str, ...]]


@collecting.paused()
def lines(catalogue: Catalogue, asked: Asked, cells: Cells) -> tuple[list[Line], list[InputError]]:
    """The line of every title, and the faults of those that cannot be read. What needs attention comes first."""
    ids, faults = title_ids(catalogue), list[InputError]()
    maker = _Maker(catalogue, asked, cells, Outliner(catalogue), _question(asked))
    with open_index(catalogue.root) as index:
        kept = index.answers.kept(maker.question)
        holding = {title for title in ids if title in kept and maker.holds(kept[title])}
        found = {title: kept[title].data for title in holding}
        stale = [title for title in ids if title not in holding]
        if gone := kept.keys() - set(ids):
            index.answers.forget(gone)
        for first in range(0, len(stale), AT_ONCE):
            found |= maker.make(index, stale[first : first + AT_ONCE], faults)
    said = [_line(found[title]) for title in ids if title in found]
    return sorted(said, key=lambda line: line.attention, reverse=True), faults


@dataclass(frozen=True, slots=True)
class _Maker:
    """Answers one question about the titles of a catalogue."""

    catalogue: Catalogue
    asked: Asked
    cells: Cells
    outliner: Outliner
    question: str

    def holds(self, answer: Answer) -> bool:
        """Whether an answer is that of now: as of this instant, and all that it was made of is as it was."""
        at = _instant(self.asked.at)
        if at < answer.since or (answer.before and at >= answer.before):
            return False
        return state_of(found_at(self._folder(answer.title), answer.watched)) == answer.state

    def make(self, index: Index, titles: Sequence[str], faults: list[InputError]) -> dict[str, str]:
        """The lines of some titles, as they are kept; those that cannot change unseen are."""
        begun, commit = time.time_ns(), index.answers.commit()
        known = known_of(index, titles)
        made, kept = dict[str, str](), list[Answer]()
        for title in titles:
            truths = found_at(self._folder(title), _TRUTHS)  # before they are read: what changes meanwhile is noticed
            try:
                outline = self.outliner.read(title)
                status = status_of(self.catalogue, outline, known, self.asked)
                ends = waiver_records.ends_in(self.catalogue.root / "titles" / title, self.catalogue.root, title)
            except InputError as error:
                faults.append(error)
                continue
            made[title] = json.dumps((self.cells(status), status.attention), ensure_ascii=False)
            names, found = self._watched(title, outline)
            if is_settled((*truths, *found), begun):
                since, before = _limits(outline, ends, self.asked.at)
                kept.append(Answer(title, state_of((*truths, *found)), (*_TRUTHS, *names), since, before, made[title]))
        index.answers.keep(self.question, kept, commit)
        return made

    def _watched(self, title: str, outline: Outline) -> tuple[list[str], list[os.stat_result | None]]:
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
        return [*places, *names], [*places.values(), *found_at(self._folder(title), names)]

    def _folder(self, title: str) -> str:
        return f"{self.catalogue.root}/titles/{title}"


def _question(asked: Asked) -> str:
    """What a line depends on beside the title and the instant, in few characters."""
    by = asked.platform
    platform = [by.id, by.revision, by.right, repr(by.package)] if by else None
    where = sorted(asked.territories) if asked.territories is not None else None
    return sha256(json.dumps([FORM, tool_version(), platform, where]).encode()).hexdigest()[:32]


def _limits(outline: Outline, waivers: Iterable[datetime], at: datetime) -> tuple[str, str]:
    """From when until when a title stands as it does at an instant: windows open, begin to close, end; waivers end.

    So do deals, which may close a window or open it again.
    """
    ends = [window.end for window in outline.windows if window.end is not None]
    turns = {*(window.start for window in outline.windows), *ends, *(end - _CLOSING for end in ends), *waivers}
    turns |= set(turns_of(outline.rights))
    since = max((item for item in turns if item <= at), default=None)
    before = min((item for item in turns if item > at), default=None)
    return _instant(since) if since else "", _instant(before) if before else ""


def _instant(at: datetime) -> str:
    """An instant as a text that sorts as instants do."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def _line(text: str) -> Line:
    cells, attention = json.loads(text)
    return Line(tuple(cells), tuple(attention))

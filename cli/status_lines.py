"""The whole catalogue on one screen: a line a title, of which only those are worked out anew that may have changed."""

import json
from dataclasses import dataclass
from hashlib import sha256

from assets import collecting
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.outlining import title_ids
from assets.version import tool_version
from cli.status import Asked
from cli.status_making import Cells, Making, folder_of, instant_text, make
from storage.answers import Answer, found_at, state_of
from storage.index import open_index

FORM = 5
"""Add one when a line says something else of the same title: lines that were kept before are made anew."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the screen says of a title, cell by cell; the greater the attention, the higher it stands."""

    cells: tuple[str, ...]
    attention: tuple[int, ...]


@collecting.paused()
def lines(catalogue: Catalogue, asked: Asked, cells: Cells) -> tuple[list[Line], list[InputError]]:
    """The line of every title, and the faults of those that cannot be read. What needs attention comes first."""
    ids, faults = title_ids(catalogue), list[InputError]()
    question, at = _question(asked), instant_text(asked.at)
    with open_index(catalogue.root) as index:
        kept = index.answers.kept(question)
        holding = {title for title in ids if title in kept and _holds(catalogue, kept[title], at)}
        found = {title: kept[title].data for title in holding}
        stale = [title for title in ids if title not in holding]
        if gone := kept.keys() - set(ids):
            index.answers.forget(gone)
        for made in make(Making(catalogue, asked, cells), index, question, stale):
            found |= made.lines
            faults += made.faults
    said = [_line(found[title]) for title in ids if title in found]
    return sorted(said, key=lambda line: line.attention, reverse=True), faults


def _holds(catalogue: Catalogue, answer: Answer, at: str) -> bool:
    """Whether an answer is that of now: as of this instant, and all that it was made of is as it was."""
    if at < answer.since or (answer.before and at >= answer.before):
        return False
    return state_of(found_at(folder_of(catalogue, answer.title), answer.watched)) == answer.state


def _question(asked: Asked) -> str:
    """What a line depends on beside the title and the instant, in few characters."""
    by = asked.platform
    platform = [by.id, by.revision, by.right, repr(by.package)] if by else None
    where = sorted(asked.territories) if asked.territories is not None else None
    return sha256(json.dumps([FORM, tool_version(), platform, where]).encode()).hexdigest()[:32]


def _line(text: str) -> Line:
    cells, attention = json.loads(text)
    return Line(tuple(cells), tuple(attention))

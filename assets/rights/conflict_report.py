"""Every contradiction in a catalogue's deals."""

from collections.abc import Iterable, Iterator
from itertools import chain

from assets.rights.contradictions import Conflict, told
from assets.rights.coverage import coverage
from assets.rights.edges import wrong_terms, zones
from assets.rights.engine import Index, IndexedTitle
from assets.rights.overlaps import overlaps


def conflicts_of(title: IndexedTitle, at: int) -> tuple[Conflict, ...]:
    """What contradicts itself in one title's deals; `at` (seconds) decides what lies in the past.

    Errors come first, and what is past last.
    """
    found = told(title, chain(coverage(title), overlaps(title), zones(title), wrong_terms(title, at)), at)
    return tuple(sorted(found, key=_order))


def all_conflicts(titles: Index | Iterable[IndexedTitle], at: int) -> Iterator[Conflict]:
    """What contradicts itself in the deals of many titles, title by title."""
    items = titles.titles.values() if isinstance(titles, Index) else titles
    for title in items:
        yield from conflicts_of(title, at)


def _order(conflict: Conflict) -> tuple[bool, bool, str, int, str, str]:
    second = conflict.second.item.id if conflict.second else ""
    return (not conflict.is_error, conflict.is_past, conflict.kind, conflict.span.start, conflict.first.item.id, second)

"""What changed between two tracks, cue by cue: added, removed, and for cues in both the text, the times, the look.

Cues are paired in order. Texts that occur once in each track anchor the pairing, the longest rising run of them
(patience). What stands between two anchors is paired by text and by time if it is short; otherwise by time alone. So
the work grows with n log n, whatever the tracks.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from assets.subtitles.model import Cue, Run
from assets.timing import TICKS_PER_SECOND, Time

_MOST_PAIRS = 2_500
"""How many pairs of cues between two anchors are weighed one by one."""

_ALIKE, _TOGETHER = 20, 10
_NEAR = TICKS_PER_SECOND
Pair = tuple[int, int]


class Kind(StrEnum):
    """What a change is."""

    ADDED = "added"
    REMOVED = "removed"
    TEXT = "text"
    TIMING = "timing"
    STYLE = "style"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """A cue that differs: `old` is None for one that was added, `new` for one that was removed.

    `kinds` says in what: text and timing and style may have changed at once. A cue that is the same in all of them and
    stands at another place in the file has moved.
    """

    kinds: tuple[Kind, ...]
    old: Cue | None
    new: Cue | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes in the order of the tracks, and how many cues are the same in both."""

    changes: tuple[Change, ...]
    same: int

    def count(self, kind: Kind) -> int:
        """How many changes are of a kind."""
        return sum(1 for change in self.changes if kind in change.kinds)


def compare(old: Sequence[Cue], new: Sequence[Cue], *, tolerance: Time = 0) -> Comparison:
    """The changes from one track to another. Times that differ by no more than `tolerance` ticks are the same."""
    changes: list[Change] = []
    same = 0
    for before, after in _paired(old, new):
        kinds = tuple(_kinds(before, after, tolerance))
        if kinds:
            changes.append(Change(kinds, before, after))
        else:
            same += 1
    return Comparison(tuple(_moves(changes, tolerance)), same)


def _moves(changes: list[Change], tolerance: Time) -> Iterator[Change]:
    """The changes, where a cue that was removed and the same one added elsewhere are one that has moved."""
    removed: dict[str, list[Cue]] = {}
    for change in changes:
        if change.old and change.new is None:
            removed.setdefault(change.old.text, []).append(change.old)
    moved: dict[int, Cue] = {}
    gone: set[int] = set()
    for change in changes:
        if change.new is None or change.old:
            continue
        cues = removed.get(change.new.text, [])
        place = next((at for at, old in enumerate(cues) if not any(_kinds(old, change.new, tolerance))), None)
        if place is not None:
            old = cues.pop(place)
            moved[id(change)] = old
            gone.add(id(old))
    for change in changes:
        if id(change) in moved:
            yield Change((Kind.MOVED,), moved[id(change)], change.new)
        elif change.new or id(change.old) not in gone:
            yield change


def _kinds(old: Cue | None, new: Cue | None, tolerance: Time) -> Iterator[Kind]:
    if old is None or new is None:
        yield Kind.ADDED if old is None else Kind.REMOVED
        return
    if old.text != new.text:
        yield Kind.TEXT
    if abs(old.start - new.start) > tolerance or abs(old.end - new.end) > tolerance:
        yield Kind.TIMING
    if _look(old) != _look(new):
        yield Kind.STYLE


def _look(cue: Cue) -> object:
    """All that is shown of a cue beside its text and times."""
    styles: list[Run] = [replace(run, text="") for run in cue.runs]
    return styles, replace(cue, number=0, line=0, start=0, end=0, runs=(), id="")


def _paired(old: Sequence[Cue], new: Sequence[Cue]) -> Iterator[tuple[Cue | None, Cue | None]]:
    """All cues of both, each with its partner, in order; a cue that was removed stands before those added there."""
    i = j = 0
    for left, right in [*_pairs(old, new), (len(old), len(new))]:
        yield from ((cue, None) for cue in old[i:left])
        yield from ((None, cue) for cue in new[j:right])
        if left < len(old):
            yield old[left], new[right]
        i, j = left + 1, right + 1


def _pairs(old: Sequence[Cue], new: Sequence[Cue]) -> list[Pair]:
    """The pairs of cues that are the same cue, rising in both."""
    found: list[Pair] = []
    start = (0, 0)
    for anchor in [*_anchors(old, new), (len(old), len(new))]:
        found += _between(old, new, start, anchor)
        found.append(anchor)
        start = (anchor[0] + 1, anchor[1] + 1)
    return found[:-1]


def _anchors(old: Sequence[Cue], new: Sequence[Cue]) -> list[Pair]:
    """The longest rising run of texts that occur once in each track."""
    once = [{text for text, count in Counter(cue.text for cue in cues).items() if count == 1} for cues in (old, new)]
    places = {cue.text: place for place, cue in enumerate(new) if cue.text in once[1]}
    wanted = ((place, places[cue.text]) for place, cue in enumerate(old) if cue.text in once[0] and cue.text in places)
    tails: list[int] = []
    ends: list[int] = []
    chain: list[tuple[Pair, int]] = []
    for pair in wanted:
        at = bisect_left(tails, pair[1])
        chain.append((pair, ends[at - 1] if at else -1))
        tails[at : at + 1], ends[at : at + 1] = [pair[1]], [len(chain) - 1]
    result: list[Pair] = []
    link = ends[-1] if ends else -1
    while link >= 0:
        pair, link = chain[link]
        result.append(pair)
    return result[::-1]


def _between(old: Sequence[Cue], new: Sequence[Cue], start: Pair, end: Pair) -> list[Pair]:
    """The pairs of the cues between two anchors: what is clearly the same at both ends first, then what is left."""
    (i, j), (last_i, last_j) = start, end
    head: list[Pair] = []
    tail: list[Pair] = []
    while i < last_i and j < last_j and _is_same(old[i], new[j]):
        head.append((i, j))
        i, j = i + 1, j + 1
    while i < last_i and j < last_j and _is_same(old[last_i - 1], new[last_j - 1]):
        last_i, last_j = last_i - 1, last_j - 1
        tail.append((last_i, last_j))
    weighed = (last_i - i) * (last_j - j) <= _MOST_PAIRS
    middle = _weighed if weighed else _by_time
    return [*head, *middle(old, new, (i, j), (last_i, last_j)), *tail[::-1]]


def _weighed(old: Sequence[Cue], new: Sequence[Cue], start: Pair, end: Pair) -> list[Pair]:
    """The pairs of greatest weight: equal or similar texts, and times that overlap or lie near."""
    rows, columns = end[0] - start[0], end[1] - start[1]
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    weights = [[_weight(old[start[0] + i], new[start[1] + j]) for j in range(columns)] for i in range(rows)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = best[i + 1][j + 1] + weights[i][j] if weights[i][j] else 0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    found: list[Pair] = []
    i = j = 0
    while i < rows and j < columns:
        if weights[i][j] and best[i][j] == best[i + 1][j + 1] + weights[i][j]:
            found.append((start[0] + i, start[1] + j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _is_same(old: Cue, new: Cue) -> bool:
    return old.text == new.text and abs(old.start - new.start) < _NEAR


def _weight(old: Cue, new: Cue) -> int:
    """How surely two cues are the same one, from 0, not at all: by their texts, and how long both are shown at once."""
    if old.text == new.text:
        return 100 + (20 if old.start == new.start else 10 if abs(old.start - new.start) < _NEAR else 0)
    if new.start - old.end >= _NEAR or old.start - new.end >= _NEAR:
        return 0
    together = min(old.end, new.end) - max(old.start, new.start)
    share = max(0, 20 * together // max(1, min(old.duration, new.duration)))
    likeness = int(40 * SequenceMatcher(None, old.text, new.text, autojunk=False).quick_ratio())
    same_times = (old.start, old.end) == (new.start, new.end)
    return likeness + share + 20 * same_times if likeness >= _ALIKE or share >= _TOGETHER else 0


def _by_time(old: Sequence[Cue], new: Sequence[Cue], start: Pair, end: Pair) -> list[Pair]:
    """The pairs of cues that begin within a second of each other, walked through once."""
    i, j = start
    found: list[Pair] = []
    while i < end[0] and j < end[1]:
        if abs(old[i].start - new[j].start) < _NEAR:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif old[i].start < new[j].start:
            i += 1
        else:
            j += 1
    return found

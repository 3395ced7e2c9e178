"""Boxes: some rights in some territories in some languages for one stretch of time, and their exact algebra.

Rights, territories and languages are bits (`masks`), time is half-open `[start, end)` in seconds.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import cycle
from operator import itemgetter
from typing import NamedTuple

from assets.rights.spans import Span


class Box(NamedTuple):
    """Every combination of its rights, territories, languages and instants."""

    rights: int
    territories: int
    languages: int
    start: int
    end: int

    def __bool__(self) -> bool:
        return self.start < self.end and bool(self.rights and self.territories and self.languages)

    @property
    def span(self) -> Span:
        """From when to when."""
        return Span(self.start, self.end)

    def meets(self, other: "Box") -> bool:
        """Whether some point is in both; both must not be empty."""
        return bool(
            self.start < other.end
            and other.start < self.end
            and self.rights & other.rights
            and self.territories & other.territories
            and self.languages & other.languages
        )

    def within(self, other: "Box") -> bool:
        """Whether every point of this box is in the other."""
        return (
            other.start <= self.start
            and self.end <= other.end
            and not self.rights & ~other.rights
            and not self.territories & ~other.territories
            and not self.languages & ~other.languages
        )

    def meet(self, other: "Box") -> "Box":
        """What both have; empty if they are apart."""
        return Box(
            self.rights & other.rights,
            self.territories & other.territories,
            self.languages & other.languages,
            max(self.start, other.start),
            min(self.end, other.end),
        )

    def less(self, other: "Box") -> list["Box"]:
        """What of this box is not in the other, as boxes that share no point."""
        rights, territories, languages, start, end = self
        if not self.meets(other):
            return [self]
        found = []
        if start < other.start:
            found.append(Box(rights, territories, languages, start, other.start))
            start = other.start
        if other.end < end:
            found.append(Box(rights, territories, languages, other.end, end))
            end = other.end
        if rest := rights & ~other.rights:
            found.append(Box(rest, territories, languages, start, end))
            rights &= other.rights
        if rest := territories & ~other.territories:
            found.append(Box(rights, rest, languages, start, end))
            territories &= other.territories
        if rest := languages & ~other.languages:
            found.append(Box(rights, territories, rest, start, end))
        return found


def remainder(boxes: Iterable[Box], taken: Iterable[Box]) -> list[Box]:
    """What of the boxes is in none of those that are taken away."""
    left = list(boxes)
    for other in taken:
        if not left:
            break
        left = [piece for box in left for piece in (box.less(other) if box.meets(other) else (box,))]
    return left


def merged(boxes: Iterable[Box]) -> list[Box]:
    """The same points in fewer boxes: those that differ in one way only are made one. In order of time."""
    found = list(dict.fromkeys(boxes))
    if len(found) <= 1:
        return found
    in_vain = 0
    for join in cycle(_JOINS):
        if len(found) == 1 or in_vain == len(_JOINS):
            break
        size = len(found)
        found = join(found)
        in_vain = in_vain + 1 if len(found) == size else 0
    return sorted(found, key=IN_ORDER)


IN_ORDER = itemgetter(3, 4, 0, 1, 2)
"""Start, end, rights, territories, languages."""


def _joined(boxes: Sequence[Box], same: Callable[[Box], tuple[int, ...]]) -> list[Box]:
    """Boxes made one where they are the `same`, and so differ in one set of bits at most."""
    groups: dict[tuple[int, ...], list[Box]] = {}
    for box in boxes:
        groups.setdefault(same(box), []).append(box)
    if len(groups) == len(boxes):
        return list(boxes)
    return [group[0] if len(group) == 1 else _union(group) for group in groups.values()]


def _union(boxes: Sequence[Box]) -> Box:
    rights = territories = languages = 0
    for box in boxes:
        rights |= box.rights
        territories |= box.territories
        languages |= box.languages
    return Box(rights, territories, languages, boxes[0].start, boxes[0].end)


def _joined_in_time(boxes: Sequence[Box]) -> list[Box]:
    """Boxes made one where one follows on the other, or overlaps it, and they are otherwise the same."""
    groups: dict[tuple[int, int, int], list[Box]] = {}
    for box in sorted(boxes, key=itemgetter(3)):
        row = groups.setdefault(box[:3], [])
        if row and box.start <= row[-1].end:
            row[-1] = row[-1]._replace(end=max(row[-1].end, box.end))
        else:
            row.append(box)
    return [box for row in groups.values() for box in row]


_JOINS: Sequence[Callable[[Sequence[Box]], list[Box]]] = (
    partial(_joined, same=itemgetter(0, 2, 3, 4)),
    partial(_joined, same=itemgetter(1, 2, 3, 4)),
    partial(_joined, same=itemgetter(0, 1, 3, 4)),
    _joined_in_time,
)
"""Boxes that differ in their territories alone, in their rights, in their languages, in time."""

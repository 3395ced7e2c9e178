"""Boxes: some rights in some territories in some languages for one stretch of time, and their exact algebra.

Rights, territories and languages are bits (`masks`), time is half-open `[start, end)` in seconds.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import cycle
from operator import itemgetter
from typing import NamedTuple

from assets.rights.spans import Span

made = tuple.__new__
"""Makes a named tuple of a tuple of its fields: in half the time that a call takes, for where there are millions."""


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
        return made(Span, self[3:])

    def meets(self, other: "Box") -> bool:
        """Whether some point is in both; both must not be empty."""
        rights, territories, languages, start, end = self
        some, where, spoken, since, until = other
        return bool(start < until and since < end and rights & some and territories & where and languages & spoken)

    def meet(self, other: "Box") -> "Box":
        """What both have; empty if they are apart."""
        rights, territories, languages, start, end = self
        some, where, spoken, since, until = other
        return Box(rights & some, territories & where, languages & spoken, max(start, since), min(end, until))

    def less(self, other: "Box") -> list["Box"]:
        """What of this box is not in the other, as boxes that share no point."""
        return self.parted(other)[1] if self.meets(other) else [self]

    def parted(self, other: "Box") -> tuple["Box", list["Box"]]:
        """What both have, and what of this box is not in the other, as boxes that share no point; both must meet."""
        rights, territories, languages, start, end = self
        some, where, spoken, since, until = other
        left = []
        if start < since:
            left.append(made(Box, (rights, territories, languages, start, since)))
            start = since
        if until < end:
            left.append(made(Box, (rights, territories, languages, until, end)))
            end = until
        if rest := rights & ~some:
            left.append(made(Box, (rest, territories, languages, start, end)))
            rights &= some
        if rest := territories & ~where:
            left.append(made(Box, (rights, rest, languages, start, end)))
            territories &= where
        if rest := languages & ~spoken:
            left.append(made(Box, (rights, territories, rest, start, end)))
            languages &= spoken
        return made(Box, (rights, territories, languages, start, end)) if left else self, left


def remainder(boxes: Iterable[Box], taken: Iterable[Box]) -> list[Box]:
    """What of the boxes is in none of those that are taken away."""
    left = list(boxes)
    for other in taken:
        if not left:
            break
        left = [piece for box in left for piece in box.less(other)]
    return left


def merged(boxes: Iterable[Box]) -> list[Box]:
    """The same points in fewer boxes: those that differ in one way only are made one. In order of time."""
    found = list(dict.fromkeys(boxes))
    if len(found) <= 1:
        return found
    done = 0
    for join in cycle(_JOINS):
        size = len(found)
        found = join(found)
        done = done + 1 if len(found) == size else 1  # what was joined in one way cannot be joined more in that way
        if len(found) == 1 or done == len(_JOINS):
            break
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
    rights, territories, languages, start, end = boxes[0]
    for some, where, spoken, _, _ in boxes:
        rights |= some
        territories |= where
        languages |= spoken
    return made(Box, (rights, territories, languages, start, end))


def _joined_in_time(boxes: Sequence[Box]) -> list[Box]:
    """Boxes made one where one follows on the other, or overlaps it, and they are otherwise the same."""
    if len({box[3:] for box in boxes}) == 1:
        return list(boxes)
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

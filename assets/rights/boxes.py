"""Boxes: some rights in some territories in some languages for one stretch of time, and their exact algebra.

Rights, territories and languages are bits (`masks`), time is half-open `[start, end)` in seconds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assets.rights.spans import Span


@dataclass(frozen=True, slots=True)
class Box:
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
        if not self.meets(other):
            return [self]
        shared = self.meet(other)
        rights, territories, languages = self.rights, self.territories, self.languages
        start, end = shared.start, shared.end
        pieces = (
            (rights, territories, languages, self.start, start),
            (rights, territories, languages, end, self.end),
            (rights & ~shared.rights, territories, languages, start, end),
            (shared.rights, territories & ~shared.territories, languages, start, end),
            (shared.rights, shared.territories, languages & ~shared.languages, start, end),
        )
        return [Box(*piece) for piece in pieces if all(piece[:3]) and piece[3] < piece[4]]


def remainder(boxes: Iterable[Box], taken: Iterable[Box]) -> list[Box]:
    """What of the boxes is in none of those that are taken away."""
    left = list(boxes)
    for other in taken:
        left = [piece for box in left for piece in box.less(other)]
    return left


def merged(boxes: Iterable[Box]) -> list[Box]:
    """The same points in fewer boxes: those that differ in one way only are made one. In order of time."""
    found = list(dict.fromkeys(boxes))
    size = 0
    while size != len(found) > 1:
        size = len(found)
        found = _joined(found, lambda box: (box.rights, 0, box.languages, box.start, box.end))
        found = _joined(found, lambda box: (0, box.territories, box.languages, box.start, box.end))
        found = _joined(found, lambda box: (box.rights, box.territories, 0, box.start, box.end))
        found = _joined_in_time(found)
    return sorted(found, key=lambda box: (box.start, box.end, box.rights, box.territories, box.languages))


def _joined(boxes: Sequence[Box], same: Callable[[Box], tuple[int, ...]]) -> list[Box]:
    """Boxes made one where they are the `same`, and so differ in one set of bits at most."""
    groups: dict[tuple[int, ...], list[Box]] = {}
    for box in boxes:
        groups.setdefault(same(box), []).append(box)
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
    for box in sorted(boxes, key=lambda box: box.start):
        row = groups.setdefault((box.rights, box.territories, box.languages), [])
        if row and box.start <= row[-1].end:
            row[-1] = replace(row[-1], end=max(row[-1].end, box.end))
        else:
            row.append(box)
    return [box for row in groups.values() for box in row]

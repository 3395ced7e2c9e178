"""What is asked about as a grid: a bit for each set of points between which no deal makes a difference.

Rights, territories and languages are cut into parts by the boxes that meet what is asked about. A box is then the
product of its parts, one whole number; what boxes have in common, and what is left of them, takes one operation.
Many titles have territories and languages in common, so that these two are cut once for all of them (`Plane`).
"""

from collections.abc import Iterable
from functools import lru_cache, partial

from assets.rights.boxes import Box
from assets.rights.finding import Found


def _parts(masks: Iterable[int], whole: int) -> tuple[int, ...]:
    """A set of names in parts, each of which is wholly in or wholly out of each of the masks."""
    parts = [whole]
    for mask in masks:
        found: list[int] = []
        for part in parts:
            inside = part & mask
            if inside and inside != part:
                found += inside, part ^ inside
            else:
                found.append(part)
        parts = found
    return tuple(parts)


def _spread(parts: Iterable[int], mask: int, step: int) -> int:
    """The bits of the parts that a mask has, so many bits apart."""
    return sum([1 << number * step for number, part in enumerate(parts) if part & mask])


class Plane:
    """Territories x languages in parts, a bit for each, and as many `languages` in a row as there are parts of them.

    `bits` are those of some territories and languages. `rectangles` are bits as territories x languages; territories
    with the same languages are told together.
    """

    __slots__ = ("bits", "rectangles", "size")

    def __init__(self, territories: tuple[int, ...], languages: tuple[int, ...]) -> None:
        self.size = len(territories) * len(languages)
        self.bits = Found(partial(_bits, territories, languages))
        self.rectangles = Found(partial(_rectangles, territories, languages))


@lru_cache(maxsize=4096)
def _plane(territories: frozenset[int], languages: frozenset[int], where: int, spoken: int) -> Plane:
    return Plane(_parts(territories, where), _parts(languages, spoken))


def _bits(territories: Iterable[int], languages: tuple[int, ...], masks: tuple[int, int]) -> int:
    where, spoken = masks
    return _spread(territories, where, len(languages)) * _spread(languages, spoken, 1)


def _rectangles(territories: Iterable[int], languages: tuple[int, ...], bits: int) -> tuple[tuple[int, int], ...]:
    row = (1 << len(languages)) - 1
    found: dict[int, int] = {}
    for where in territories:
        if spoken := bits & row:
            found[spoken] = found.get(spoken, 0) | where
        bits >>= len(languages)
    return tuple((where, _together(languages, spoken)) for spoken, where in found.items())


def _together(parts: Iterable[int], bits: int) -> int:
    return sum(part for number, part in enumerate(parts) if bits >> number & 1)


class Grid:
    """What is asked about in parts. The bits of one right are those of the plane, one right after the other."""

    __slots__ = ("_bits", "_plane", "_rights", "whole")

    def __init__(self, asked: Box, boxes: Iterable[Box]) -> None:
        boxes = list(boxes)
        where, spoken = frozenset([box[1] for box in boxes]), frozenset([box[2] for box in boxes])
        self._plane = _plane(where, spoken, asked.territories, asked.languages)
        size = self._plane.size
        masks = {box[0] for box in boxes}
        self._rights = _parts(masks, asked.rights)
        self._bits = {mask: _spread(self._rights, mask, size) for mask in masks}
        self.whole = (1 << size * len(self._rights)) - 1

    def bits(self, box: Box) -> int:
        """The bits of one of the boxes that it was made of; its time is of no matter."""
        return self._bits[box[0]] * self._plane.bits[box[1:3]]

    def blocks(self, bits: int) -> list[tuple[int, int, int]]:
        """Bits as rights x territories x languages; rights with the same two others are told together."""
        size = self._plane.size
        row = (1 << size) - 1
        found: dict[int, int] = {}
        for right in self._rights:
            if points := bits & row:
                found[points] = found.get(points, 0) | right
            bits >>= size
        rectangles = self._plane.rectangles
        return [
            (rights, territories, languages)
            for points, rights in found.items()
            for territories, languages in rectangles[points]
        ]

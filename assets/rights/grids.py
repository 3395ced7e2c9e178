"""What is asked about as a grid: a bit for each set of points between which no deal makes a difference.

Rights, territories and languages are cut into parts by the boxes that meet what is asked about. A box is then the
product of its parts, one whole number; what boxes have in common, and what is left of them, takes one operation.
Many titles have territories and languages in common, so that these two are cut once for all of them (`Plane`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """Territories x languages in parts. It equals only itself: what is known of it is kept by that."""

    territories: tuple[int, ...]
    languages: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many bits it has."""
        return len(self.territories) * len(self.languages)


@lru_cache(maxsize=4096)
def _plane(territories: frozenset[int], languages: frozenset[int], where: int, spoken: int) -> Plane:
    return Plane(_parts(territories, where), _parts(languages, spoken))


@lru_cache(maxsize=65536)
def _on_plane(plane: Plane, territories: int, languages: int) -> int:
    """The bits of some territories x languages."""
    apart = len(plane.languages)
    return _spread(plane.territories, territories, apart) * _spread(plane.languages, languages, 1)


@lru_cache(maxsize=65536)
def _rectangles(plane: Plane, bits: int) -> tuple[tuple[int, int], ...]:
    """Bits of a plane as masks of territories and languages; territories with the same languages are told together."""
    row = (1 << len(plane.languages)) - 1
    found: dict[int, int] = {}
    for territories in plane.territories:
        if spoken := bits & row:
            found[spoken] = found.get(spoken, 0) | territories
        bits >>= len(plane.languages)
    return tuple((territories, _together(plane.languages, spoken)) for spoken, territories in found.items())


def _together(parts: Iterable[int], bits: int) -> int:
    return sum(part for number, part in enumerate(parts) if bits >> number & 1)


class Grid:
    """What is asked about in parts. The bits of one right are those of the plane, one right after the other.

    `blocks` are bits as rights x territories x languages; rights with the same two others are told together.
    """

    __slots__ = ("_bits", "_plane", "blocks", "whole")

    def __init__(self, asked: Box, boxes: Iterable[Box]) -> None:
        boxes = list(boxes)
        where, spoken = frozenset([box[1] for box in boxes]), frozenset([box[2] for box in boxes])
        self._plane = _plane(where, spoken, asked.territories, asked.languages)
        size = self._plane.size
        masks = {box[0] for box in boxes}
        rights = _parts(masks, asked.rights)
        self._bits = {mask: _spread(rights, mask, size) for mask in masks}
        self.blocks = Found(partial(_blocks, self._plane, rights))
        self.whole = (1 << size * len(rights)) - 1

    def bits(self, box: Box) -> int:
        """The bits of one of the boxes that it was made of; its time is of no matter."""
        return self._bits[box[0]] * _on_plane(self._plane, box[1], box[2])


def _blocks(plane: Plane, rights: Iterable[int], bits: int) -> list[tuple[int, int, int]]:
    size = plane.size
    row = (1 << size) - 1
    found: dict[int, int] = {}
    for right in rights:
        if rectangle := bits & row:
            found[rectangle] = found.get(rectangle, 0) | right
        bits >>= size
    return [
        (together, territories, languages)
        for rectangle, together in found.items()
        for territories, languages in _rectangles(plane, rectangle)
    ]

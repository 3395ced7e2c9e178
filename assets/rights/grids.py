"""What is asked about as a grid: a bit for each set of points between which no deal makes a difference.

Rights, territories and languages are cut into parts by the boxes that meet what is asked about. A box is then the
product of its parts, one whole number; what boxes have in common, and what is left of them, takes one operation.
Many titles have territories and languages in common, so that these two are cut once for all of them (`Plane`).
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial

from assets.rights.boxes import Box
from assets.rights.finding import Found


def _parts(masks: Iterable[int], whole: int) -> tuple[int, ...]:
    """A set of names in parts, each of which is wholly in or wholly out of each of the masks."""
    return tuple(_marked_parts(dict.fromkeys(masks, 0), whole))


def _marked_parts(masks: Mapping[int, int], whole: int) -> dict[int, int]:
    """A set of names in parts, each with the marks of the masks that it is wholly in; it is wholly out of others."""
    parts = {whole: 0}
    for mask, mark in masks.items():
        for part in [part for part in parts if part & mask]:
            known = parts.pop(part)
            inside = part & mask
            parts[inside] = known | mark
            if inside != part:
                parts[part ^ inside] = known
    return parts


def _spread(parts: Iterable[int], mask: int, step: int) -> int:
    """The bits of the parts that a mask has, so many bits apart."""
    return sum([1 << number * step for number, part in enumerate(parts) if part & mask])


class Plane:
    """Territories x languages in parts, a bit for each, and as many `languages` in a row as there are parts of them.

    `bits` are those of some territories and languages. `rectangles` are bits as territories x languages; territories
    with the same languages are told together.
    """

    __slots__ = ("bits", "rectangles", "size", "whole")

    def __init__(self, territories: tuple[int, ...], languages: tuple[int, ...]) -> None:
        self.size = len(territories) * len(languages)
        self.whole = (1 << self.size) - 1
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
    """What is asked about in parts. The bits of one right are those of the plane, one right after the other.

    `groups` are all points by the marks of the boxes that cover them. They are cut right by right, because few boxes
    speak of each, and all of them together would be very long numbers in a title with thousands of grants.
    """

    __slots__ = ("_plane", "_rights", "_rows", "groups")

    def __init__(self, asked: Box, marks: Mapping[Box, int]) -> None:
        where, spoken = frozenset([box[1] for box in marks]), frozenset([box[2] for box in marks])
        self._plane = plane = _plane(where, spoken, asked.territories, asked.languages)
        rights: dict[int, int] = {}
        for box, mark in marks.items():
            rights[box[0]] = rights.get(box[0], 0) | mark
        parts = _marked_parts(rights, asked.rights)
        self._rights = tuple(parts)
        planed = [(mark, plane.bits[box[1:3]]) for box, mark in marks.items()]
        self.groups: dict[int, int] = {}
        rows: dict[int, dict[int, int]] = {}
        place = 0
        for part, members in parts.items():
            cut = {0: plane.whole}
            for mark, points in planed:
                if mark & members:
                    cut = _divided(cut, mark, points)
            for group, points in cut.items():
                self.groups[group] = self.groups.get(group, 0) | points << place
                row = rows.setdefault(group, {})
                row[points] = row.get(points, 0) | part
            place += plane.size
        self._rows = {self.groups[group]: row for group, row in rows.items()}

    def blocks(self, bits: int) -> list[tuple[int, int, int]]:
        """Bits as rights x territories x languages; rights with the same two others are told together."""
        found = self._rows.get(bits) or self._in_rows(bits)  # most often they are those of one group
        rectangles = self._plane.rectangles
        return [
            (rights, territories, languages)
            for points, rights in found.items()
            for territories, languages in rectangles[points]
        ]

    def _in_rows(self, bits: int) -> dict[int, int]:
        """Rights by their points of the plane."""
        size = self._plane.size
        row = self._plane.whole
        found: dict[int, int] = {}
        for right in self._rights:
            if points := bits & row:
                found[points] = found.get(points, 0) | right
            bits >>= size
        return found


def _divided(groups: Mapping[int, int], mark: int, points: int) -> dict[int, int]:
    """Points by the entries that cover them, once some of them are covered by more."""
    found = {}
    for group, bits in groups.items():
        inside = bits & points
        if inside:
            found[group | mark] = inside
        if inside != bits:
            found[group] = bits ^ inside
    return found

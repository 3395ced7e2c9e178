"""Where in the raster the picture is: letterbox, pillarbox, and when that changes.

A dark scene has black edges too, so one picture says little. What is lit in any picture of a stretch belongs to its
box, which can only grow. Another framing begins where opposite sides have straight edges at other places than before
for two fifths of a second, or where both bars are lit for so long; subtitles that stand in one bar, and a curtain at
one side, are no new framing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assets.signals.black import is_black
from assets.signals.edges import Edges, Side, edges_of
from assets.signals.model import Box, Framing
from assets.timing import TICKS_PER_SECOND

if TYPE_CHECKING:
    from assets.signals.meters import Picture
    from assets.timing import Time

LONG_ENOUGH = TICKS_PER_SECOND * 2 // 5

_TOLERANCE = 4
_BAR = 3

Pair = tuple[Side, Side]
Sharp = tuple[int, int]


@dataclass(slots=True)
class _Axis:
    """Two opposite sides: the least black seen at each, and where straight edges were seen at both."""

    least: Sharp | None = None
    sharp: Sharp | None = None

    def differs(self, pair: Pair) -> bool:
        """Whether two sides cannot belong to the same framing."""
        if self.least is None:
            return False
        now = _sharp(pair)
        if now is None:
            depths = pair[0].depth, pair[1].depth
            return self.sharp is not None and min(self.sharp) >= _BAR and _all_less(depths, self.sharp)
        if self.sharp is not None:
            return not _near(now, self.sharp)
        # Without straight edges so far, more black is only another framing if something was lit there.
        return any(more > less + _TOLERANCE for more, less in zip(now, self.least, strict=True))

    def add(self, pair: Pair) -> None:
        """Takes two sides in."""
        now = _sharp(pair)
        if self.sharp is None and now is not None:
            self.sharp = self.least = now
        if self.sharp is None:
            depths = pair[0].depth, pair[1].depth
            least = self.least or depths
            self.least = min(least[0], depths[0]), min(least[1], depths[1])


@dataclass(slots=True)
class _Held:
    """A framing while its pictures go by."""

    start: Time
    end: Time
    across: _Axis = field(default_factory=_Axis)
    down: _Axis = field(default_factory=_Axis)

    def add(self, edges: Edges) -> None:
        self.across.add((edges.left, edges.right))
        self.down.add((edges.top, edges.bottom))

    def differs(self, edges: Edges) -> bool:
        return self.across.differs((edges.left, edges.right)) or self.down.differs((edges.top, edges.bottom))

    def framing(self) -> Framing:
        left, right = self.across.least or (0, 0)
        top, bottom = self.down.least or (0, 0)
        return Framing(self.start, self.end, Box(left, top, right, bottom))


class FramingMeter:
    """Keeps the framing that holds, and one that may follow it."""

    def __init__(self) -> None:
        self._held: _Held | None = None
        self._next: _Held | None = None
        self._edges: Edges | None = None
        self._is_black = False
        self._found: list[Framing] = []

    def see(self, picture: Picture) -> None:
        """One more picture."""
        if not picture.still:
            self._is_black = is_black(picture)
            self._edges = None if self._is_black else edges_of(picture)
        if self._is_black:
            return
        if self._held is None:
            self._held = _Held(picture.start, picture.end)
        if self._edges is not None and self._held.differs(self._edges):
            self._contradicted(picture, self._edges)
            return
        if self._edges is not None:
            self._next = None
            self._held.add(self._edges)
        if self._next is None:
            self._held.end = picture.end
        else:
            self._next.end = picture.end

    def _contradicted(self, picture: Picture, edges: Edges) -> None:
        """A picture that does not fit: when such pictures last, they are a framing of their own."""
        if self._next is None or self._next.differs(edges):
            self._next = _Held(picture.start, picture.end)
        self._next.add(edges)
        self._next.end = picture.end
        if self._held is not None and picture.end - self._next.start >= LONG_ENOUGH:
            self._close(self._held)
            self._held, self._next = self._next, None

    def _close(self, held: _Held) -> None:
        if held.end > held.start:
            self._found.append(held.framing())

    def result(self) -> dict[str, Any]:
        """The field `framings`."""
        if self._held is not None:
            if self._next is not None:
                self._held.end = max(self._held.end, self._next.end)
            self._close(self._held)
        return {"framings": tuple(self._found)}


def _sharp(pair: Pair) -> Sharp | None:
    """Where the straight edges of opposite sides are, if both have one at the same distance or nearly."""
    first, second = pair
    if not (first.is_sharp and second.is_sharp):
        return None
    depths = first.depth, second.depth
    return depths if abs(depths[0] - depths[1]) <= 2 * _TOLERANCE + max(depths) // 8 else None


def _near(one: Sharp, other: Sharp) -> bool:
    return all(abs(a - b) <= _TOLERANCE for a, b in zip(one, other, strict=True))


def _all_less(one: Sharp, other: Sharp) -> bool:
    return all(a < b - _TOLERANCE for a, b in zip(one, other, strict=True))

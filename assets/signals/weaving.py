"""How far apart in time two fields are that make a picture, told by the comb that weaving them gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assets.signals.model import Stretch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assets.signals.meters import Picture
    from assets.timing import Time

    Field = NDArray[np.int16]

Looks = Literal["progressive", "top", "bottom", "undecided"]

MOTION = 0.25
"""The mean change of a field, in 8-bit codes, from which on something moves."""

_APART = 1.25
_ALIKE = 1.2
_WOVEN = 0.68
_WHOLE = 0.8
_FEW = 3
_ALONE = 1


@dataclass(frozen=True, slots=True)
class Weaves:
    """How much comb a picture has, its top field with the bottom before, and its bottom field with the top before.

    `top_change` and `bottom_change` tell how much each field differs from the one before; all in 8-bit codes.
    """

    own: float
    top_with_last: float
    bottom_with_last: float
    top_change: float
    bottom_change: float

    def looks(self) -> Looks:
        """What the weaves say. Where all are alike, as in noise, or nothing moves, they say nothing."""
        near, far = sorted((self.top_with_last, self.bottom_with_last))
        if max(self.top_change, self.bottom_change) < MOTION or not near:
            return "undecided"
        if far >= _APART * near and self.own >= _WOVEN * near:
            return "top" if self.top_with_last < self.bottom_with_last else "bottom"
        return "progressive" if self.own <= _WHOLE * near and far <= _ALIKE * near else "undecided"


def weaves(now: tuple[Field, Field], last: tuple[Field, Field], scale: int) -> Weaves:
    """The weaves of a picture's fields, top and bottom, and those of the picture before; codes are times `scale`."""
    import numpy as np

    (top, bottom), (last_top, last_bottom) = now, last
    changes = (
        float(np.abs(field - before).sum(dtype=np.int64)) / (scale * field.size)
        for field, before in zip(now, last, strict=True)
    )
    return Weaves(
        _comb(top, bottom) / scale, _comb(top, last_bottom) / scale, _comb(last_top, bottom) / scale, *changes
    )


def _comb(top: Field, bottom: Field) -> float:
    """How much the rows of the bottom field differ from the mean of the rows above and below them."""
    import numpy as np

    # No overflow: twice the greatest 12-bit code is far inside 16 bits, and deeper codes come as 12 bits.
    comb = bottom[:-1] * 2
    comb -= top[:-1]
    comb -= top[1:]
    return float(np.abs(comb, out=comb).sum(dtype=np.int64)) / (2 * comb.size)


class Woven:
    """Collects the stretches in which pictures look woven; what says nothing belongs to what is around it."""

    def __init__(self) -> None:
        self._first: Time | None = None
        self._end: Time = 0
        self._count = 0
        self._found: list[tuple[Stretch, int]] = []

    def see(self, picture: Picture, looks: Looks) -> None:
        """One more picture, and what it looks like."""
        if looks == "progressive":
            self._close(min(self._end, picture.start))
        elif looks != "undecided":
            if self._first is None:
                self._first = picture.start
            self._count += 1
            self._end = picture.end

    def _close(self, end: Time) -> None:
        if self._first is not None and self._count > _ALONE and end > self._first:
            self._found.append((Stretch(self._first, end), self._count))
        self._first, self._count = None, 0

    def found(self, pulldown: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        """The stretches, without the short ones that belong to pull-down. No picture may follow."""
        self._close(self._end)
        return tuple(
            stretch for stretch, count in self._found if count > _FEW or not any(_near(stretch, of) for of in pulldown)
        )


def _near(stretch: Stretch, other: Stretch) -> bool:
    """Whether a stretch is in another one, or its own length before or after it."""
    length = stretch.end - stretch.start
    return stretch.end + length > other.start and stretch.start - length < other.end

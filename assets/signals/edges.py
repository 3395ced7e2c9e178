"""How far black reaches into a picture from each of its sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets.signals.black import black_limit
from assets.signals.meters import STEP

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assets.signals.meters import Picture, Plane

_LIT_SHARE = 0.05
_SHARP_SHARE = 0.5
_SHARP_WITHIN = 2


@dataclass(frozen=True, slots=True)
class Side:
    """The rows (or columns) of black at one side, and whether a straight edge follows: most of the next are lit."""

    depth: int
    is_sharp: bool


@dataclass(frozen=True, slots=True)
class Edges:
    """The four sides of a picture."""

    left: Side
    top: Side
    right: Side
    bottom: Side


_WHOLE = Edges(*(Side(0, is_sharp=True),) * 4)


def edges_of(picture: Picture) -> Edges | None:
    """The sides of a picture; None where hardly anything is lit."""
    import numpy as np

    small, black = picture.small, black_limit(picture)
    rim = small[0], small[-1], small[:, 0], small[:, -1]
    if all(np.count_nonzero(line > black) > _SHARP_SHARE * line.size for line in rim):
        return _WHOLE  # as most pictures are
    lit = small > black
    rows, columns = np.count_nonzero(lit, axis=1), np.count_nonzero(lit, axis=0)
    height, width = lit.shape
    in_rows, in_columns = np.flatnonzero(rows > _LIT_SHARE * width), np.flatnonzero(columns > _LIT_SHARE * height)
    if not len(in_rows) or not len(in_columns):
        return None
    top, bottom, left, right = int(in_rows[0]), int(in_rows[-1]), int(in_columns[0]), int(in_columns[-1])
    inside = max(1, right - left + 1), max(1, bottom - top + 1)
    luma = picture.planes[0]
    limit = black_limit(picture) << (picture.depth - 8)
    return Edges(
        left=_side(luma.T, left, columns, inside[1], limit),
        top=_side(luma, top, rows, inside[0], limit),
        right=_side(luma.T[::-1], width - 1 - right, columns[::-1], inside[1], limit),
        bottom=_side(luma[::-1], height - 1 - bottom, rows[::-1], inside[0], limit),
    )


def _side(luma: Plane, first: int, lit: NDArray[np.intp], inside: int, limit: int) -> Side:
    """One side, seen as the top: `first` is the first lit row of the small picture, `lit` how much of each is lit."""
    import numpy as np

    near = lit[first : first + _SHARP_WITHIN + 1]
    is_sharp = bool(near.max() >= _SHARP_SHARE * inside)
    # The edge itself lies among the rows between the last black one of the small picture and some rows on.
    start = max(0, (first - 1) * STEP)
    fine = luma[start : start + 3 * STEP, ::STEP] > limit
    counts = np.flatnonzero(np.count_nonzero(fine, axis=1) > _LIT_SHARE * fine.shape[1])
    return Side(start + int(counts[0]) if len(counts) else first * STEP, is_sharp)

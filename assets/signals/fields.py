"""Whether pictures are progressive, or woven of two fields that were taken one after the other.

`top` and `bottom` are the fields of a picture: its rows from 0 and from 1 in steps of two. Weaving two fields shows how far
apart in time they are: what moved between them becomes a comb. For each picture three weaves are compared: its own, its
top with the bottom before, and its bottom with the top before. In fields of distance these are

    progressive         0, 2, 2
    top field first     1, 1, 3
    bottom field first  1, 3, 1

so that order shows as a difference of the last two, whatever detail the picture has. 2:3 pull-down shows in what
is repeated: the top field of one picture is that of the picture before, two pictures later it is the bottom field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assets.signals.model import Fields
from assets.signals.pulldown import Pulldown
from assets.signals.stretches import Stretches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assets.signals.meters import Picture

    Strips = NDArray[np.int16]

_COLUMNS = 16
_ROWS = 16
_MOTION = 0.25
_APART = 1.12
_WHOLE = 1.08
_HOLD = 3


@dataclass(frozen=True, slots=True)
class Weaves:
    """How much comb three weaves of fields have (see above), and how much each field changed; in 8-bit codes."""

    own: float
    top_with_last: float
    bottom_with_last: float
    top_change: float
    bottom_change: float


class FieldsMeter:
    """Compares the fields of each picture with those of the picture before, in every sixteenth column."""

    def __init__(self) -> None:
        self._last: tuple[Strips, Strips] | None = None
        self._counts = {"progressive": 0, "top": 0, "bottom": 0, "undecided": 0}
        self._interlaced = 0
        self._repeated = 0
        self._woven = Woven()
        self._pulldown = Pulldown()

    def see(self, picture: Picture) -> None:
        """One more picture."""
        self._interlaced += picture.interlaced
        self._repeated += picture.repeat
        weaves = None
        if not picture.still or self._last is None:
            weaves = self._compare(picture)
        looks = _looks(weaves) if weaves else "undecided"
        self._counts[looks] += 1
        in_pulldown = self._pulldown.see(picture, weaves.top_change, weaves.bottom_change) if weaves else (
            self._pulldown.see(picture, 0.0, 0.0)
        )
        self._woven.see(picture, looks, in_pulldown)

    def _compare(self, picture: Picture) -> Weaves | None:
        import numpy as np

        luma = picture.planes[0][: picture.planes[0].shape[0] // 2 * 2, ::_COLUMNS]
        strips = luma.astype(np.int16)
        top, bottom = strips[::2], strips[1::2]
        last, self._last = self._last, (top, bottom)
        if last is None or last[0].shape != top.shape or min(top.shape) < 2:  # noqa: PLR2004 -- a row between two
            return None
        scale = 1 << (picture.depth - 8)
        last_top, last_bottom = last
        top_change, bottom_change = (float(np.abs(a - b).mean()) / scale for a, b in ((top, last_top), (bottom, last_bottom)))
        if max(top_change, bottom_change) < _MOTION:
            return Weaves(0, 0, 0, top_change, bottom_change)
        own, with_last, over_last = (
            _comb(a, b) / scale for a, b in ((top, bottom), (top, last_bottom), (last_top, bottom))
        )
        return Weaves(own, with_last, over_last, top_change, bottom_change)

    def result(self) -> dict[str, Any]:
        """The field `fields`."""
        counts = self._counts
        return {
            "fields": Fields(
                progressive=counts["progressive"],
                top_first=counts["top"],
                bottom_first=counts["bottom"],
                undecided=counts["undecided"],
                flagged_interlaced=self._interlaced,
                flagged_repeat=self._repeated,
                combed=self._woven.found(),
                telecine=self._pulldown.found(),
            )
        }

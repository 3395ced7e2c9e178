"""Whether pictures are progressive, or woven of two fields that were taken one after the other.

A picture's top field are its rows from 0, its bottom field those from 1, in steps of two. For each picture three weaves
are compared: its own, its top with the bottom before, its bottom with the top before. In fields of distance these are

    progressive         0, 2, 2
    top field first     1, 1, 3
    bottom field first  1, 3, 1

so that order shows as a difference of the last two, whatever detail the picture has.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from assets.signals.model import Fields
from assets.signals.pulldown import Pulldown
from assets.signals.weaving import Weaves, Woven, weaves

if TYPE_CHECKING:
    from assets.signals.meters import Picture, Plane
    from assets.signals.weaving import Field

_STRIPS = 12
_WIDTH = 8
_LEAST = 4
_DEEPEST = 12
_STANDS = Weaves(0.0, 0.0, 0.0, 0.0, 0.0)


class FieldsMeter:
    """Compares the fields of each picture with those of the picture before, in twelve strips."""

    def __init__(self) -> None:
        self._last: tuple[Field, Field] | None = None
        self._counts: Counter[str] = Counter()
        self._woven = Woven()
        self._pulldown = Pulldown()

    def see(self, picture: Picture) -> None:
        """One more picture."""
        compared = _STANDS if picture.still and self._last else self._compare(picture)
        looks = compared.looks()
        self._counts.update({looks: 1, "interlaced": int(picture.interlaced), "repeat": int(picture.repeat)})
        self._pulldown.see(picture, compared.top_change, compared.bottom_change)
        self._woven.see(picture, looks)

    def _compare(self, picture: Picture) -> Weaves:
        import numpy as np

        strips = _strips(picture.planes[0])
        spare = max(0, picture.depth - _DEEPEST)
        codes = (strips >> spare if spare else strips).astype(np.int16)
        now = codes[::2], codes[1::2]
        last, self._last = self._last, now
        if last is None or last[0].shape != now[0].shape or len(now[0]) < _LEAST:
            return _STANDS
        return weaves(now, last, 1 << (picture.depth - spare - 8))

    def result(self) -> dict[str, Any]:
        """The field `fields`."""
        pulldown = self._pulldown.found()
        fields = Fields(
            progressive=self._counts["progressive"],
            top_first=self._counts["top"],
            bottom_first=self._counts["bottom"],
            undecided=self._counts["undecided"],
            flagged_interlaced=self._counts["interlaced"],
            flagged_repeat=self._counts["repeat"],
            combed=self._woven.found(pulldown),
            telecine=pulldown,
        )
        return {"fields": fields}


def _strips(luma: Plane) -> Plane:
    """Strips of some columns, of an even number of rows; single columns would cost as much memory and tell less."""
    import numpy as np

    height, width = luma.shape
    starts = [max(0, width * (2 * number + 1) // (2 * _STRIPS) - _WIDTH // 2) for number in range(_STRIPS)]
    strips: Plane = np.hstack([luma[: height // 2 * 2, start : start + _WIDTH] for start in starts])  # type: ignore[assignment] # it keeps the kind
    return strips

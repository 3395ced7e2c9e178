"""Black pictures.

ffmpeg's blackdetect calls a picture black when 98 of 100 pixels are darker than a tenth of the range, for two
seconds. That swallows night scenes and small white titles on black. Here a picture is black when 9,999 of 10,000
samples are within a twenty-seventh of the range above black (Y' 24 of 8 bits: 0.04 cd/m2 on a display of 100 cd/m2
after ITU-R BT.1886, which nobody sees in a lit room, and more than what coding leaves on black) and no colour is in
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets.signals.stretches import Stretches

if TYPE_CHECKING:
    from assets.signals.meters import Picture

BLACKEST = {False: 16, True: 0}
"""The 8-bit code of black, by whether the range is full (ITU-R BT.709-6, digital representation)."""

MARGIN = 8
_GREY = 128
_COLOURLESS = 10
_BRIGHT_SHARE = 10_000


def black_limit(picture: Picture) -> int:
    """The highest code of `picture.small` that may be black."""
    return BLACKEST[picture.full_range] + MARGIN


def is_black(picture: Picture) -> bool:
    """Whether nothing is to be seen in a picture."""
    import numpy as np

    small = picture.small
    limit = black_limit(picture)
    if np.count_nonzero(small[::4, ::4] > limit) > small.size // _BRIGHT_SHARE:
        return False  # most pictures end here, at a sixteenth of the cost
    bright = np.count_nonzero(small > limit)
    return bool(bright * _BRIGHT_SHARE <= small.size) and not _coloured(picture)


def _coloured(picture: Picture) -> bool:
    """Whether there is a colour: a deep blue is as dark as black."""
    import numpy as np

    scale = 1 << (picture.depth - 8)
    for plane in picture.planes[1:]:
        sample = plane[::4, ::4]
        outside = (sample < (_GREY - _COLOURLESS) * scale) | (sample > (_GREY + _COLOURLESS) * scale)
        if np.count_nonzero(outside) * 1000 > sample.size:
            return True
    return False


class BlackMeter:
    """Finds the stretches of black pictures, single ones too."""

    def __init__(self) -> None:
        self._black = False
        self._stretches = Stretches()

    def see(self, picture: Picture) -> None:
        """One more picture."""
        if not picture.still:
            self._black = is_black(picture)
        self._stretches.see(picture.start, picture.end, holds=self._black)

    def result(self) -> dict[str, Any]:
        """The field `black`."""
        return {"black": self._stretches.found()}

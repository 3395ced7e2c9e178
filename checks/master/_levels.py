"""The codes of measured pictures against the limited range of ITU-R BT.709-6."""

from assets.media import VideoStream
from assets.signals.model import Levels, PictureSignals
from checks.core import CannotCheck

BLACK, WHITE = 16, 235
"""Y' of black and of white in 8 bits (ITU-R BT.709-6, digital representation)."""


def levels_of(picture: PictureSignals) -> Levels:
    """The codes that a picture uses. Raises CannotCheck if they were not measured."""
    if picture.levels is None:
        raise CannotCheck("its levels were not measured")
    return picture.levels


def at_depth(code: int, stream: VideoStream) -> int:
    """A code of 8 bits in the bit depth of a stream."""
    return code << max(0, stream.bit_depth - 8)


def ppm_text(millionths: int) -> str:
    """`1.25 %`: a share, rounded up, so that what is too much never reads like the limit."""
    hundredths = -(-millionths // 100)
    return f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".") + " %"

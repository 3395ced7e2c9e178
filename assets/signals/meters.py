"""What a meter sees of a decoded picture or a block of sound, and what a meter is.

A meter is told of every picture (or block) of one stream, in the order of presentation, and gives its part of the
record at the end. It keeps only what its answer needs: an 84-minute film has 126,000 pictures. To add a signal: a
field in model.py, a meter in a file of its own, one line in pictures.py or sounds.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from assets.timing import Time

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8] | NDArray[np.uint16]
    Small = NDArray[np.uint8]
    Samples = NDArray[np.float32]

STEP = 4
"""`Picture.small` has every fourth row and column: enough to see black, motion and cuts, at a sixteenth of the cost."""


@dataclass(slots=True)
class Picture:
    """One decoded picture.

    `planes` are views of the decoder's own memory, valid only until the next picture: Y' (height x width) and, if
    there is colour, C'B and C'R; 8-bit or 16-bit integers of which `depth` bits are used, right-aligned. `full_range`
    is the stream's tag. `small` is a copy of Y' as 8 bits, every `STEP`th row and column, for meters to keep. `still`
    says that every pixel is that of the picture before, so that what only depends on the pixels is known already.
    """

    start: Time
    end: Time
    planes: tuple[Plane, ...]
    depth: int
    full_range: bool
    small: Small
    still: bool
    interlaced: bool
    repeat: bool


class PictureMeter(Protocol):
    """Measures something of the pictures of a stream."""

    def see(self, picture: Picture) -> None:
        """One more picture."""

    def result(self) -> dict[str, Any]:
        """Fields of PictureSignals and their values, when all pictures were seen."""


@dataclass(slots=True)
class Block:
    """A block of sound: `samples` is channels x samples, between -1 and 1 (full scale), from `start` on.

    `rate` is the sample rate in hertz. Blocks follow each other without a hole; they have about a tenth of a second,
    all of the same length but the last.
    """

    start: Time
    rate: int
    samples: Samples


class SoundMeter(Protocol):
    """Measures something of a sound."""

    def hear(self, block: Block) -> None:
        """One more block."""

    def result(self) -> dict[str, Any]:
        """Fields of SoundSignals and their values, when all blocks were heard."""


@dataclass(frozen=True, slots=True)
class PictureSetting:
    """What is known of a stream of pictures before the first one: its size, its rate if it says one."""

    width: int
    height: int
    frame_rate: Fraction | None


@dataclass(frozen=True, slots=True)
class SoundSetting:
    """What is known of a sound before the first block. `labels` are its loudspeakers, one a channel: `FL`, `FR`."""

    layout: str
    labels: tuple[str, ...]
    rate: int
    start: Time

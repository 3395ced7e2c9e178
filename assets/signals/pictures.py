"""The meters of a stream of pictures. To add one: a file of its own, and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.signals.bars import BarsMeter
from assets.signals.black import BlackMeter
from assets.signals.cuts import CutsMeter
from assets.signals.fields import FieldsMeter
from assets.signals.flashes import FlashMeter
from assets.signals.framing import FramingMeter
from assets.signals.frozen import FrozenMeter
from assets.signals.lettering import LetteringMeter
from assets.signals.levels import LevelsMeter
from assets.signals.repeats import RepeatsMeter
from assets.signals.times import TimesMeter

if TYPE_CHECKING:
    from assets.signals.meters import PictureMeter, PictureSetting


def meters_for(setting: PictureSetting) -> list[PictureMeter]:  # noqa: ARG001 -- what a meter may need one day
    """New meters that together give all fields of PictureSignals but `stream`."""
    return [
        TimesMeter(),
        BlackMeter(),
        FrozenMeter(),
        BarsMeter(),
        CutsMeter(),
        FramingMeter(),
        LevelsMeter(),
        FieldsMeter(),
        RepeatsMeter(),
        FlashMeter(),
        LetteringMeter(),
    ]

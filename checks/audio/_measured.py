"""What the checks of measured sound share: which channels are empty, the loudness, and levels as they are shown."""

from decimal import Decimal
from fractions import Fraction

from assets.signals.model import ChannelSignals, Level, Loudness, SoundSignals
from assets.timing import Time, from_seconds
from checks.core import CannotCheck
from checks.signals import HUNDREDTHS, level_text
from checks.stretches import length, total

LFE = frozenset({"LFE", "LFE2"})
SURROUNDS = frozenset({"SL", "SR", "BL", "BR", "BC", "SDL", "SDR"})

_EMPTY_PERCENT = 99


def seconds(number: int) -> Time:
    """A limit in seconds as ticks."""
    return from_seconds(Fraction(number))


def is_empty(channel: ChannelSignals, sound: SoundSignals) -> bool:
    """Whether a channel is silent all the time, but for a click here and there."""
    return channel.peak is None or 100 * total(channel.silent) >= _EMPTY_PERCENT * length(sound)


def loudness_of(sound: SoundSignals) -> Loudness:
    """The loudness of a sound. Raises CannotCheck if it was not measured."""
    if sound.loudness is None:
        raise CannotCheck("its loudness was not measured")
    return sound.loudness


def as_shown(level: Level) -> Level:
    """A level to the tenth: a meter shows no more (EBU Tech 3341), and nobody could see why -23.54 is not -23.5."""
    return int(Decimal(level_text(level)) * HUNDREDTHS)

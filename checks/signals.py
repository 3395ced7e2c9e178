"""What the checks of measured pictures and sound share: the signals to judge, typed limits, and values in words."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import PlainValidator

from assets.media import MediaFile, VideoStream
from assets.signals.model import Level, PictureSignals, Signals, SoundSignals
from checks.core import At, CannotCheck
from checks.media import no_sound, sound_place

HUNDREDTHS = 100


def measured(media: MediaFile) -> Signals:
    """What the decode of a master told. Raises CannotCheck if it was not decoded: what is unknown has not passed."""
    if media.signals is None:
        raise CannotCheck(media.not_measured)
    return media.signals


def require(media: MediaFile, stream: int | None, signal: str) -> None:
    """Raises CannotCheck if a signal of a stream, by its name in the record, could not be measured, with the reason."""
    for item in measured(media).unmeasured:
        if item.signal == signal and item.stream in {stream, None}:
            raise CannotCheck(item.reason)


def pictures_measured(media: MediaFile, *signals: str) -> Iterator[tuple[At, PictureSignals, VideoStream]]:
    """The measured pictures with their places and what their stream says of itself.

    Raises CannotCheck if there are none, if some were left out, or if one of the named signals could not be measured.
    """
    streams = {stream.index: stream for stream in media.info.video}
    found = measured(media).pictures
    for stream in streams:
        require(media, stream, "frames")
    if not found:
        raise CannotCheck("the file has no picture that could be measured")
    for number, picture in enumerate(found):
        for signal in signals:
            require(media, picture.stream, signal)
        yield At("" if len(found) == 1 else f"video stream {number}"), picture, streams[picture.stream]


def sounds_measured(media: MediaFile, *signals: str) -> Iterator[tuple[At, SoundSignals]]:
    """The measured sounds with their places, numbered as in title.toml; several streams of one sound as `0-5`.

    Raises CannotCheck if there are none, if some was left out, or if one of the named signals could not be measured.
    """
    numbers = {stream.index: number for number, stream in enumerate(media.info.audio)}
    found = measured(media).sounds
    for stream in numbers:
        require(media, stream, "samples")
    if not found:
        raise no_sound(media, "the file has no sound that could be measured")
    for sound in found:
        for signal in signals:
            require(media, sound.streams[0], signal)
        yield sound_place(*(numbers[stream] for stream in sound.streams)), sound


def _decibels(value: object) -> Level:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{value!r} is no level; a number of decibels such as -24.0")  # noqa: TRY004 -- pydantic's way
    hundredths = Decimal(str(value)) * HUNDREDTHS
    if hundredths != hundredths.to_integral_value():
        raise ValueError(f"{value!r} is finer than a hundredth of a decibel; such as -24.0")
    return int(hundredths)


Decibels = Annotated[Level, PlainValidator(_decibels)]
"""A limit in dB or LU such as `-24.0`, kept as whole hundredths."""


def level_text(level: Level | None) -> str:
    """`-23.1`: a level to the nearest tenth, as meters show it; `-inf` where there is none."""
    if level is None:
        return "-inf"
    tenths = Decimal(level).scaleb(-2).quantize(Decimal("0.1"))
    return str(abs(tenths) if tenths == 0 else tenths)

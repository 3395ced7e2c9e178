"""What the checks of picture, sound and artwork share: the streams to judge, typed limits, and values in words."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, PlainValidator

from assets.media import AudioStream, Master, MediaFile, SoundFile, Stem, VideoStream
from assets.sounds import MONO, Sound, sounds_of
from assets.timing import TICKS_PER_MS, Time, rate_text
from checks.core import At, CannotCheck, NotAsked

T = TypeVar("T")

UNSTATED = ("", "unknown", "und")
"""How a reader spells what a file does not say."""


def pictures(media: MediaFile) -> Iterator[tuple[At, VideoStream]]:
    """The picture streams with their places. Raises CannotCheck if there is none: what is absent has not passed."""
    if not media.info.video:
        raise CannotCheck("the file has no picture")
    single = len(media.info.video) == 1
    for number, stream in enumerate(media.info.video):
        yield At("" if single else f"video stream {number}"), stream


def picture_beside(media: MediaFile) -> VideoStream:
    """The picture that a file's sound goes with, in the file itself or in the master of its version.

    Raises CannotCheck if there is none.
    """
    if isinstance(media, SoundFile | Stem):
        if media.picture is None:
            raise CannotCheck("the picture that the sound goes with could not be read")
        return media.picture
    return next(pictures(media))[1]


def sounds(media: MediaFile) -> Iterator[tuple[At, AudioStream]]:
    """The sound streams with their places, numbered as in title.toml. Raises CannotCheck if there is none."""
    if not media.info.audio:
        raise no_sound(media, "the file has no sound")
    for number, stream in enumerate(media.info.audio):
        yield sound_place(number), stream


def sounds_alike(media: MediaFile, fact: Callable[[AudioStream], object]) -> Iterator[tuple[At, AudioStream]]:
    """The sound streams with their places; stems of one sound that have a fact in common are one, told once.

    Raises CannotCheck if there is none.
    """
    streams = [stream for _, stream in sounds(media)]
    for sound in sounds_declared(media):
        for _, numbers in groupby(sound.numbers, lambda number: fact(streams[number])):
            alike = tuple(numbers)
            yield sound_place(*alike), streams[alike[0]]


def sounds_declared(media: MediaFile) -> tuple[Sound, ...]:
    """The sounds of a file. A stem that title.toml declares as mono is one by itself, and so are those of its group."""
    singles = {item.stream for item in media.audio_declarations if item.layout.lower() == MONO}
    return sounds_of(media.info.audio, singles)


def no_sound(media: MediaFile, why: str) -> CannotCheck:
    """Why a file without sound is not judged: nobody asks for sound in a master that has all of it beside it."""
    if isinstance(media, Master) and media.separate_audio and not media.audio_declarations:
        return NotAsked("its sound is in files of its own, which are judged by themselves")
    return CannotCheck(why)


def sound_place(*numbers: int) -> At:
    """The place of a sound stream, or of several in a row; they are counted from 0, as in title.toml."""
    return At(f"audio stream {numbers[0]}" if len(numbers) == 1 else f"audio streams {numbers[0]}-{numbers[-1]}")


def codec_text(stream: VideoStream | AudioStream) -> str:
    """`h264/High`, or `pcm_s24le` where there is no profile."""
    return stream.codec if stream.profile in UNSTATED else f"{stream.codec}/{stream.profile}"


def is_codec_allowed(stream: VideoStream | AudioStream, allowed: Sequence[str]) -> bool:
    """Whether a stream is one of `codec` or `codec/profile`, without regard to case.

    Raises CannotCheck where only some profiles of the codec are allowed and the file does not say which one it has.
    """
    names = {name.lower() for name in allowed}
    codec = stream.codec.lower()
    if names & {codec, codec_text(stream).lower()}:
        return True
    if stream.profile in UNSTATED and any(name.startswith(f"{codec}/") for name in names):
        raise CannotCheck(f"the file does not say which profile of {stream.codec} it has")
    return False


@dataclass(frozen=True, slots=True)
class Size:
    """A width and a height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


def _size(value: object) -> Size:
    match = re.fullmatch(r"([1-9]\d*)x([1-9]\d*)", value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{value!r} is no size in pixels; such as '1920x1080'")
    return Size(int(match[1]), int(match[2]))


def _ratio(value: object) -> Fraction:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(?::([1-9]\d*))?", value) if isinstance(value, str) else None
    if match is None or not Fraction(match[1]):
        raise ValueError(f"{value!r} is no aspect ratio; such as '16:9' or '2.40'")
    return Fraction(match[1]) / int(match[2] or 1)


def _filled(values: tuple[T, ...]) -> tuple[T, ...]:
    if not values:
        raise ValueError("the list is empty and would refuse everything; at least one")
    return values


PixelSize = Annotated[Size, PlainValidator(_size)]
"""A limit such as `1920x1080`."""
Ratio = Annotated[Fraction, PlainValidator(_ratio)]
"""A limit such as `16:9` or `2.40`."""
Milliseconds = Annotated[int, Field(ge=0)]
"""A limit in milliseconds."""
Several = Annotated[tuple[T, ...], AfterValidator(_filled)]
"""A limit that lists what is allowed, at least one."""
Names = Several[str]
"""A limit that lists what is allowed by name."""


def listed(values: Iterable[object]) -> str:
    """`mov, mp4`: what is allowed, in words."""
    return ", ".join(str(value) for value in values)


def rates_text(rates: Iterable[Fraction]) -> str:
    """`23.976, 25 fps`; a rate that is no whole number, with or without pull-down, is also written exactly."""
    return f"{listed(_rate_text(rate) for rate in rates)} fps"


def _rate_text(rate: Fraction) -> str:
    whole = (rate * 1001 / 1000).denominator == 1 or rate.denominator == 1
    return rate_text(rate) if whole else f"{rate_text(rate)} ({rate})"


def ms_text(time: Time) -> str:
    """`41.667 ms`, `-20 ms`: a short time, to the nearest microsecond."""
    microseconds = round(Fraction(abs(time) * 1000, TICKS_PER_MS))
    whole, rest = divmod(microseconds, 1000)
    digits = f"{whole}.{rest:03}".rstrip("0").rstrip(".")
    return f"{'-' if time < 0 else ''}{digits} ms"


def ratio_text(ratio: Fraction) -> str:
    """`16:9`, `2:3`; `2.4:1` for the wide formats and `0.667:1` for a ratio that nobody knows as a fraction."""
    if max(ratio.numerator, ratio.denominator) <= 16 and ratio <= 2:  # noqa: PLR2004 -- the figures of 16:9
        return f"{ratio.numerator}:{ratio.denominator}"
    return f"{float(ratio):.3f}".rstrip("0").rstrip(".") + ":1"

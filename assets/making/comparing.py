"""What a product has to be like, taken from its source, and where it differs: it is measured like any master."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from assets.media import Measured, VideoStream
from assets.signals.model import Level, Signals, Stretch
from assets.timing import TICKS_PER_SECOND, Time, from_ms, ms_text, rate_text

LOUDNESS_SLACK: Level = 20
"""As far as a coder of sound may move the loudness: ffmpeg's AAC takes 0.16 LU from white noise at any bit rate."""

CODER_SLACK = from_ms(100)
"""A coder of sound works in frames: the last one is filled up, and the first ones may be its warming up."""

_TWENTIETH, _MOST = Fraction(1, 20), Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What is compared of a sound: its channels, its length, its gated loudness."""

    channels: int
    length: Time
    loudness: Level | None


@dataclass(frozen=True, slots=True)
class Expected:
    """What is asked of a product. None is not asked.

    `colour` are primaries, transfer, matrix and range. The loudness of `sounds` may differ by `loudness_slack`, their
    lengths by `length_slack`. `outside` is how long levels are outside legal range, `errors` how many complaints the
    decoder may have. `picture` is what the picture of streams that were only copied has to stay.
    """

    frames: int
    rate: Fraction | None
    runtime: Time
    colour: tuple[str, ...]
    sounds: tuple[SoundFacts, ...]
    loudness_slack: Level | None
    length_slack: Time
    outside: Time | None
    errors: int
    timecode: str | None
    picture: tuple[str, ...] | None = None


def expected(source: Measured, *, start_timecode: str | None) -> Expected:
    """What a viewing copy of a source has to be like: the same pictures and sound, coded anew."""
    video = source.info.video[0]
    return Expected(
        frames=_frames(source),
        rate=video.frame_rate,
        runtime=video.duration,
        colour=_colour(video),
        sounds=sounds_of(source.signals),
        loudness_slack=LOUDNESS_SLACK,
        length_slack=CODER_SLACK,
        outside=_outside(source.signals),
        errors=len(source.signals.errors),
        timecode=start_timecode,
    )


def picture_facts(video: VideoStream) -> tuple[str, ...]:
    """What stays the same of a picture that is copied."""
    return (
        f"{video.codec} {video.profile}".strip(),
        f"{video.width}x{video.height}",
        video.pixel_format,
        f"pixels {video.sample_aspect.numerator}:{video.sample_aspect.denominator}",
    )


def differences(wanted: Expected, product: Measured) -> tuple[str, ...]:
    """Where a product is not what was wanted: `what it has, what is expected`; nothing if it is right."""
    if len(product.info.video) != 1:
        return (f"{len(product.info.video)} pictures, expected: 1",)
    return (*_picture(wanted, product), *_levels(wanted, product), *_sound(wanted, product))


def _picture(wanted: Expected, product: Measured) -> Iterator[str]:
    video = product.info.video[0]
    if (found := _frames(product)) != wanted.frames:
        yield f"{found} frames, expected: {wanted.frames}"
    if video.frame_rate != wanted.rate:
        yield f"frame rate {_rate(video.frame_rate)}, expected: {_rate(wanted.rate)}"
    if abs(video.duration - wanted.runtime) > _half_a_frame(wanted.rate):
        yield f"runtime {ms_text(video.duration)}, expected: {ms_text(wanted.runtime)}"
    if (tags := _colour(video)) != wanted.colour:
        yield f"colour {' '.join(tags)}, expected: {' '.join(wanted.colour)}"
    if wanted.timecode is not None and _label(product.info.timecode) != _label(wanted.timecode):
        yield f"start timecode {product.info.timecode or 'none'}, expected: {wanted.timecode}"
    if wanted.picture is not None and (facts := picture_facts(video)) != wanted.picture:
        yield f"picture {', '.join(facts)}, expected: {', '.join(wanted.picture)}"
    if len(product.signals.errors) > wanted.errors:
        error = product.signals.errors[0]
        yield f"the decoder complains {len(product.signals.errors)} times, as {error.text!r}; expected: {wanted.errors}"


def _levels(wanted: Expected, product: Measured) -> Iterator[str]:
    """A range that was stretched or squeezed shows in how long levels are outside of it."""
    found, known = _outside(product.signals), wanted.outside
    if known is None or found is None:
        return
    stretched = found > known + wanted.runtime * _TWENTIETH
    squeezed = known > wanted.runtime * _MOST and found < wanted.runtime * _TWENTIETH
    if stretched or squeezed:
        yield f"levels outside legal range for {ms_text(found)}, expected: {ms_text(known)}"


def _sound(wanted: Expected, product: Measured) -> Iterator[str]:
    found = sounds_of(product.signals)
    if (channels := _channels(found)) != _channels(wanted.sounds):
        yield f"channels {channels}, expected: {_channels(wanted.sounds)}"
        return
    for number, (sound, given) in enumerate(zip(found, wanted.sounds, strict=True)):
        slack = wanted.loudness_slack
        if slack is not None and not _is_near(sound.loudness, given.loudness, slack):
            yield f"audio {number} has {_lufs(sound.loudness)}, expected: {_lufs(given.loudness)}"
        if abs(sound.length - given.length) > wanted.length_slack:
            yield f"audio {number} lasts {ms_text(sound.length)}, expected: {ms_text(given.length)}"


def sounds_of(signals: Signals) -> tuple[SoundFacts, ...]:
    """What is compared of each sound."""
    return tuple(
        SoundFacts(len(sound.channels), sound.end - sound.start, sound.loudness.gated if sound.loudness else None)
        for sound in signals.sounds
    )


def _frames(measured: Measured) -> int:
    index = measured.info.video[0].index
    return sum(picture.frames for picture in measured.signals.pictures if picture.stream == index)


def _colour(video: VideoStream) -> tuple[str, ...]:
    """Primaries, transfer, matrix, range. A range that is not said is limited range, as every player takes it."""
    tags = (video.colour_primaries, video.colour_transfer, video.colour_matrix)
    return (*tags, "full" if video.colour_range == "full" else "limited")


def _is_near(found: Level | None, wanted: Level | None, slack: Level) -> bool:
    if found is None or wanted is None:
        return found == wanted
    return abs(found - wanted) <= slack


def _outside(signals: Signals) -> Time | None:
    """How long levels are outside legal range, None where they were not measured."""
    levels = [picture.levels for picture in signals.pictures]
    known = [item for item in levels if item is not None]
    return sum((_length(item.outside) for item in known), 0) if known and len(known) == len(levels) else None


def _length(stretches: Iterable[Stretch]) -> Time:
    return sum((stretch.end - stretch.start for stretch in stretches), 0)


def _half_a_frame(rate: Fraction | None) -> Time:
    return round(TICKS_PER_SECOND / rate / 2) if rate else from_ms(1)


def _label(text: str | None) -> str:
    """A timecode with its separators as colons: containers write the mark of drop-frame in more than one way."""
    return (text or "").replace(";", ":").replace(".", ":")


def _rate(rate: Fraction | None) -> str:
    return rate_text(rate) if rate else "unknown"


def _channels(sounds: Iterable[SoundFacts]) -> str:
    return "+".join(str(sound.channels) for sound in sounds) or "none"


def _lufs(level: Level | None) -> str:
    return f"{level / 100:.2f} LUFS" if level is not None else "no loudness"

"""A master without some of its head or its tail, to the frame and to the sample: nothing is coded anew."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from assets import encode
from assets.errors import Refused, UsageError
from assets.making.comparing import Expected, SoundFacts, expected, picture_facts
from assets.making.finishing import make_checked
from assets.making.rewrapped import container_of, container_options, length_slack, sound_codecs
from assets.making.sameness import Part, Samples, cut, is_pcm, unlike
from assets.making.source import How, Source, constant_rate, opened, start_timecode
from assets.media import AudioStream
from assets.timing import Time, from_frames, from_ms, from_seconds, rate_text

_ROUNDING = from_ms(1)


@dataclass(frozen=True, slots=True)
class Trim:
    """How many frames are taken away at the head and at the tail."""

    head: int
    tail: int


def whole_frames(time: Time, rate: Fraction, shown: str) -> int:
    """How many frames a time is. Raises UsageError for a time that is negative or ends inside a frame."""
    frames = round(Fraction(time) / from_frames(1, rate))
    if time < 0:
        raise UsageError(f"{shown}: nothing can be added by trimming; a time from 0")
    if abs(from_frames(frames, rate) - time) > _ROUNDING:
        raise UsageError(f"{shown}: is no whole number of frames at {rate_text(rate)}; the nearest is {frames}f")
    return frames


def trim(source: Source, out: Path, amount: Trim, how: How) -> None:
    """Write a master without its first and last frames. The timecode goes on from the first frame that is kept.

    Packets of pictures are dropped by their number, samples by theirs. Raises Refused with the reasons where that is
    not possible without coding anew, UsageError where nothing would be left or `out` cannot be, InputError if the
    container cannot hold the streams, Refused if what came out is not that part, bit for bit.
    """
    container = container_of(out)
    part = part_of(source, amount)
    label = start_timecode(source, amount.head)
    whole = opened(source)
    cuts = [
        cut(whole[str(sound.index)], samples) for sound, samples in zip(source.info.audio, part.samples, strict=True)
    ]
    options = {
        "c:v": "copy",
        "bsf:v": f"noise=drop='lt(n,{part.first})+gte(n,{part.last})':amount=0,setts=pts=PTS-STARTPTS:dts=PTS-STARTPTS",
        **sound_codecs(source.info.audio, container, copied=False),
        **container_options(source, container, label),
    }

    def write(path: Path) -> None:
        told = how.making(source.picture.duration)
        streams = (whole[str(source.picture.index)], *cuts)
        encode.make(path, *streams, options=options, ffmpeg=how.ffmpeg, timeout_seconds=how.seconds, told=told)

    make_checked(
        out,
        replace(_wanted(source, part, label), length_slack=length_slack(source, container)),
        write,
        how,
        lambda made: unlike(source, part, made, how),
    )


def part_of(source: Source, amount: Trim) -> Part:
    """The part that is kept. Raises Refused with each reason against trimming, UsageError if nothing is left."""
    if reasons := tuple(_against(source)):
        raise Refused(f"{source.name}: cannot be trimmed without coding it anew", reasons)
    rate, last = constant_rate(source), source.frames - amount.tail
    if amount.head >= last:
        raise UsageError(f"{source.name}: has {source.frames} frames; {amount.head} and {amount.tail} leave nothing")
    return Part(
        amount.head,
        last,
        tuple(
            Samples(
                round(amount.head * sound.sample_rate / rate),
                round(last * sound.sample_rate / rate) if amount.tail else None,
            )
            for sound in source.info.audio
        ),
    )


def _against(source: Source) -> Iterator[str]:
    picture = source.picture
    if picture.longest_gop != 1:
        length = f"groups of up to {picture.longest_gop}" if picture.longest_gop else "groups of unknown length"
        yield f"its {picture.codec} pictures depend on each other, in {length}; only intra-coded ones can be cut apart"
    for number, sound in enumerate(source.info.audio):
        if not is_pcm(sound):
            yield f"audio stream {number} is {sound.codec}, coded in frames; only PCM can be cut at a sample"
        if abs(sound.start - picture.start) * sound.sample_rate > from_seconds(Fraction(1)):
            yield f"audio stream {number} does not begin with the picture"


def _wanted(source: Source, part: Part, label: str | None) -> Expected:
    """What the part has to be like. Its loudness is its own: what was cut away counted in that of the whole."""
    whole = expected(source.measured, start_timecode=label)
    first_of = {stream.index: number for number, stream in enumerate(source.info.audio)}
    numbers = [first_of[sound.streams[0]] for sound in source.measured.signals.sounds]
    sounds = tuple(
        SoundFacts(facts.channels, _length(facts.length, source.info.audio[number], part.samples[number]), None)
        for facts, number in zip(whole.sounds, numbers, strict=True)
    )
    frames = part.last - part.first
    runtime = from_frames(frames, constant_rate(source))
    return replace(
        whole,
        frames=frames,
        runtime=runtime,
        sounds=sounds,
        loudness_slack=None,
        outside=None,
        picture=picture_facts(source.picture),
    )


def _length(whole: Time, sound: AudioStream, samples: Samples) -> Time:
    """How long a part of a sound is, of one that may be shorter than its picture."""

    def at(sample: int) -> Time:
        return from_seconds(Fraction(sample, sound.sample_rate))

    end = whole if samples.end is None else min(whole, at(samples.end))
    return max(0, end - at(samples.start))

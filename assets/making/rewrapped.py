"""The same streams in another container: nothing is coded anew, and every picture and sample is compared."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assets import encode
from assets.errors import Refused, UsageError
from assets.making.comparing import expected, picture_facts
from assets.making.finishing import make_checked
from assets.making.sameness import Part, Samples, is_pcm, unlike
from assets.making.source import How, Source, constant_rate, opened, start_timecode
from assets.media import AudioStream, OtherStream
from assets.timing import Time, from_frames, from_ms

CONTAINERS = {".mov": "mov", ".mp4": "mp4", ".mxf": "mxf"}
"""The containers that are written, by the suffix of the file's name."""

_SAMPLE_SLACK = from_ms(1)


def container_of(out: Path) -> str:
    """The container that a name asks for. Raises UsageError for others."""
    if out.suffix.lower() not in CONTAINERS:
        raise UsageError(f"{out}: no container is known by that name; it ends in {', '.join(CONTAINERS)}")
    return CONTAINERS[out.suffix.lower()]


def left_out(source: Source) -> tuple[OtherStream, ...]:
    """What does not come along: streams that are no picture, sound or timecode, such as subtitles and covers."""
    kept = {item.source for item in source.info.timecodes}
    return tuple(item for item in source.info.other if f"{item.kind} stream {item.index}" not in kept)


def rewrap(source: Source, out: Path, how: How) -> None:
    """Write the picture and the sounds of a master, as they are, into the container of the name `out`.

    Raises UsageError for another container or a file that exists, InputError if the container cannot hold the streams,
    Refused if what came out is not the same, bit for bit.
    """
    container = container_of(out)
    label = start_timecode(source) if source.info.timecode else None
    whole = opened(source)
    streams = [whole[str(index)] for index in (source.picture.index, *(sound.index for sound in source.info.audio))]
    options = {
        "c:v": "copy",
        **sound_codecs(source.info.audio, container),
        **container_options(source, container, label),
    }
    part = Part(0, source.frames, tuple(Samples() for _ in source.info.audio))
    wanted = replace(
        expected(source.measured, start_timecode=label),
        loudness_slack=int(container == "mxf"),
        length_slack=length_slack(source, container),
        picture=picture_facts(source.picture),
    )

    def write(path: Path) -> None:
        told = how.making(source.picture.duration)
        encode.make(path, *streams, options=options, ffmpeg=how.ffmpeg, timeout_seconds=how.seconds, told=told)

    make_checked(out, wanted, write, how, lambda made: unlike(source, part, made, how))


def length_slack(source: Source, container: str) -> Time:
    """By how much a sound may be longer: MXF holds whole frames, and the last one is filled up with silence."""
    rate = source.picture.frame_rate
    return from_frames(1, rate) if container == "mxf" and rate else _SAMPLE_SLACK


def sound_codecs(sounds: Sequence[AudioStream], container: str, *, copied: bool = True) -> dict[str, str | int]:
    """How each sound is written: copied, or as the same samples where the container wants their bytes in its order.

    Without `copied` samples are written anew, which only PCM survives unchanged. Raises Refused for MXF and sound that
    is not PCM.
    """
    options: dict[str, str | int] = {}
    for number, sound in enumerate(sounds):
        if container == "mxf" and not is_pcm(sound):
            raise Refused("MXF cannot hold it", [f"audio stream {number} is {sound.codec}; MXF takes PCM"])
        native = sound.codec.removesuffix("be") + "le" if sound.codec.endswith("be") else sound.codec
        wanted = native if container == "mxf" else sound.codec
        options[f"c:a:{number}"] = "copy" if copied and wanted == sound.codec else wanted
    return options


def container_options(source: Source, container: str, label: str | None) -> dict[str, str | int]:
    """What the writer of a container is told: the timecode and its rate, and the index before the media."""
    options: dict[str, str | int] = {} if container == "mxf" else {"movflags": "+faststart"}
    if label is None:
        return options
    rate = constant_rate(source)  # MXF does not say it where the writer looks for it
    return {**options, "metadata": f"timecode={label}", "r:v": f"{rate.numerator}/{rate.denominator}"}

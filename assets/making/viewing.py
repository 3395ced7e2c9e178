"""Small copies for viewing: H.264 and AAC in MP4, with the frames, the colours and the sounds of their master."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from assets import encode
from assets.errors import UsageError
from assets.making.comparing import expected
from assets.making.finishing import make_checked
from assets.making.source import How, Source, opened, require_components, start_timecode
from assets.media import AudioStream, VideoStream

SUFFIX = ".mp4"
_BITS_PER_CHANNEL = 160_000
_AAC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in square pixels, both even."""

    width: int
    height: int


def size_of(picture: VideoStream, most_lines: int) -> Size:
    """The size of a small copy: the picture's shape, at most so many lines, never enlarged."""
    height = max(2, min(most_lines, picture.height) // 2 * 2)
    shape = Fraction(picture.width, picture.height) * picture.sample_aspect
    return Size(max(2, round(height * shape / 2) * 2), height)


def small_picture(source: Source, size: Size) -> encode.Stream:
    """The picture at that size, 8 bits and 4:2:0; fields become whole pictures, one a frame.

    Areas are averaged: other ways of making a picture small overshoot at edges, beyond legal levels.
    """
    stream = opened(source)[str(source.picture.index)]
    if source.picture.scan.startswith("interlaced"):
        stream = encode.filtered("bwdif", stream, {"mode": "send_frame", "deint": "all"})
    stream = encode.filtered("scale", stream, {"w": size.width, "h": size.height, "flags": "area+accurate_rnd"})
    stream = encode.filtered("format", encode.filtered("setsar", stream, {"sar": "1"}), {"pix_fmts": "yuv420p"})
    tags = _tags(source.picture)
    return encode.filtered("setparams", stream, tags) if tags else stream


def write_copy(source: Source, out: Path, picture: encode.Stream, how: How) -> None:
    """Write a copy for viewing, checked. Raises as `make_checked`, and UsageError if `out` is no MP4 file."""
    if out.suffix.lower() != SUFFIX:
        raise UsageError(f"{out}: a copy for viewing is an MP4 file; its name ends in {SUFFIX}")
    require_components(source)
    label = start_timecode(source)
    whole = opened(source)
    streams = [picture, *(whole[str(sound.index)] for sound in source.info.audio)]
    options = {**_PICTURE, **_sound_options(source.info.audio)}
    if label is not None:
        options["metadata"] = f"timecode={label}"
    runtime = source.picture.duration

    def write(path: Path) -> None:
        told = how.making(runtime)
        encode.make(path, *streams, options=options, ffmpeg=how.ffmpeg, timeout_seconds=how.seconds, told=told)

    make_checked(out, expected(source.measured, start_timecode=label), write, how)


_PICTURE: encode.Options = {
    "c:v": "libx264",
    "preset": "veryfast",
    "crf": 23,
    "fps_mode": "passthrough",
    "movflags": "+faststart",
    "map_chapters": -1,
}


def _sound_options(sounds: tuple[AudioStream, ...]) -> dict[str, str | int]:
    """AAC for each stream; what it has no sample rate for gets the nearest one below."""
    options: dict[str, str | int] = {"c:a": "aac"} if sounds else {}
    for number, sound in enumerate(sounds):
        options[f"b:a:{number}"] = _BITS_PER_CHANNEL * sound.channels
        if sound.sample_rate not in _AAC_RATES:
            options[f"ar:a:{number}"] = next((rate for rate in _AAC_RATES if rate < sound.sample_rate), _AAC_RATES[-1])
    return options


_TRANSFERS = {"gamma22": "bt470m", "gamma28": "bt470bg", "srgb": "iec61966-2-1"} | {
    "pq": "smpte2084",
    "hlg": "arib-std-b67",
}
"""Where ffmpeg has another name than this tool."""


def _tags(picture: VideoStream) -> dict[str, str | int]:
    """The colour tags of the master, whichever of its headers has them; what it does not say stays unsaid."""
    transfer = picture.colour_transfer
    said = {
        "color_primaries": picture.colour_primaries,
        "color_trc": _TRANSFERS.get(transfer, transfer),
        "colorspace": picture.colour_matrix,
        "range": picture.colour_range,
    }
    return {name: value for name, value in said.items() if value != "unknown"}

"""What a media file says of itself: container, streams and packets, without decoding more than one frame."""

from dataclasses import dataclass
from fractions import Fraction

from assets.signals.model import Signals
from assets.timing import Time
from assets.title import AssetFile, AudioDeclaration, Programme, Version


@dataclass(frozen=True, slots=True)
class VideoStream:
    """A picture stream. Rates are exact; None and `unknown` mean that the file does not say.

    `scan` is `progressive`, `interlaced-tff`, `interlaced-bff` or `unknown`. `colour_range` is `limited`, `full` or
    `unknown`. `chroma` is `4:2:0`, `4:2:2`, `4:4:4` or the pixel format. `min_frame_ticks` and `max_frame_ticks` are
    the shortest and longest time between two frames; they differ by more than rounding in variable frame rate.
    """

    index: int
    codec: str
    profile: str
    width: int
    height: int
    sample_aspect: Fraction
    frame_rate: Fraction | None
    scan: str
    pixel_format: str
    bit_depth: int
    chroma: str
    colour_primaries: str
    colour_transfer: str
    colour_matrix: str
    colour_range: str
    bit_rate: int | None
    start: Time
    duration: Time
    frames: int
    min_frame_ticks: Time
    max_frame_ticks: Time
    language: str | None = None


@dataclass(frozen=True, slots=True)
class AudioStream:
    """A sound stream. `bit_depth` is that of PCM and lossless codecs, None for lossy ones."""

    index: int
    codec: str
    profile: str
    channels: int
    layout: str
    sample_rate: int
    bit_depth: int | None
    bit_rate: int | None
    start: Time
    duration: Time
    language: str | None = None


@dataclass(frozen=True, slots=True)
class OtherStream:
    """A stream that is neither picture nor sound: `kind` is `subtitle`, `data` or `attachment`."""

    index: int
    kind: str
    codec: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """A media file's container and streams. `container` is `mov`, `mp4`, `mxf`, `mkv`, `mpegts` or FFmpeg's name."""

    container: str
    duration: Time
    bit_rate: int | None
    video: tuple[VideoStream, ...]
    audio: tuple[AudioStream, ...]
    other: tuple[OtherStream, ...] = ()
    timecode: str | None = None


@dataclass(frozen=True, slots=True)
class Master:
    """A master that could be read. `version` is the first version that names it; versions may share a master.

    `audio_declarations` is the sound in this file that any of its versions declares, `separate_audio` the names of
    declared files of sound beside it. `signals` is what its decode told, None if it was not decoded; `not_measured`
    then says why.
    """

    file: AssetFile
    version: Version
    programme: Programme
    info: MediaInfo
    size: int
    sha256: str
    audio_declarations: tuple[AudioDeclaration, ...] = ()
    separate_audio: tuple[str, ...] = ()
    signals: Signals | None = None
    not_measured: str = "its picture and sound were not measured"

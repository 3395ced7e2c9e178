"""What a media file says of itself: container, streams and packets, without decoding more than one frame."""

from dataclasses import dataclass, field
from fractions import Fraction

from assets.media_facts import BitRates, Chapter, ContainerSays, EditList, HdrMetadata, PictureSays, StartTimecode
from assets.signals.model import Signals
from assets.timing import Time
from assets.title import AssetFile, AudioDeclaration, Programme, StemDeclaration, Version


@dataclass(frozen=True, slots=True)
class VideoStream:
    """A picture stream. Rates are exact; None and `unknown` mean that the file does not say.

    `scan` is `progressive`, `interlaced-tff`, `interlaced-bff` or `unknown`. `colour_range` is `limited`, `full` or
    `unknown`. `chroma` is `4:2:0`, `4:2:2`, `4:4:4` or the pixel format. `min_frame_ticks` and `max_frame_ticks` are
    the shortest and longest time between two frames; they differ by more than rounding in variable frame rate.

    `declared_duration` is that of the header. `longest_gop` counts the pictures from one key frame to the next, 0 where
    unknown; `is_gop_open` if some of them need the group before. `captions` tells whether closed captions (CEA-608 or
    CEA-708) lie in the coded picture. `dolby_vision` is a profile such as `8.1` or `5`, or `present`.
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
    title: str = ""
    dispositions: tuple[str, ...] = ()
    encoder: str = ""
    container_says: ContainerSays = field(default_factory=ContainerSays)
    picture_says: PictureSays = field(default_factory=PictureSays)
    declared_duration: Time | None = None
    bit_rates: BitRates | None = None
    longest_gop: int = 0
    is_gop_open: bool = False
    captions: bool = False
    hdr: HdrMetadata | None = None
    has_dynamic_hdr: bool = False
    dolby_vision: str | None = None


@dataclass(frozen=True, slots=True)
class AudioStream:
    """A sound stream. `bit_depth` is that of PCM and lossless codecs, None for lossy ones.

    `labels` are the loudspeakers of its channels (`FL`, `FR`, `LFE`), a dash for a channel without a label.
    """

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
    title: str = ""
    dispositions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    declared_duration: Time | None = None


@dataclass(frozen=True, slots=True)
class OtherStream:
    """A stream that is neither picture nor sound: `kind` is `subtitle`, `data` or `attachment`.

    It is `video` for an attached picture, which its `dispositions` tell, and for a picture that nothing decodes.
    """

    index: int
    kind: str
    codec: str
    language: str | None = None
    title: str = ""
    dispositions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """A media file's container and streams. `container` is `mov`, `mp4`, `mxf`, `mkv`, `mpegts` or FFmpeg's name.

    `timecode` is the first of `timecodes`, which name all places that have one. `declared_duration` is the header's.
    `is_fast_start` tells whether the index of a MOV or MP4 file comes before its media, None for other containers.
    `encryption` is the scheme of an encrypted file (`cenc`, `cbcs`), `writer` the program that wrote the container.
    """

    container: str
    duration: Time
    bit_rate: int | None
    video: tuple[VideoStream, ...]
    audio: tuple[AudioStream, ...]
    other: tuple[OtherStream, ...] = ()
    timecode: str | None = None
    timecodes: tuple[StartTimecode, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    edit_lists: tuple[EditList, ...] = ()
    declared_duration: Time | None = None
    is_fast_start: bool | None = None
    encryption: str | None = None
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """A media file that was decoded: what it says, what it is, and its bytes."""

    info: MediaInfo
    signals: Signals
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A media file of a title that could be read. `version` is the first version that names it; versions may share it.

    `audio_declarations` is the sound in this file that any of its versions declares. `signals` is what its decode told,
    None if it was not decoded; `not_measured` then says why.
    """

    file: AssetFile
    version: Version
    programme: Programme
    info: MediaInfo
    size: int
    sha256: str
    audio_declarations: tuple[AudioDeclaration, ...] = ()
    signals: Signals | None = None
    not_measured: str = "its picture and sound were not measured"


@dataclass(frozen=True, slots=True)
class Media(MediaFile):
    """A media file with the picture or the sound of the programme itself, as somebody sees and hears it."""


@dataclass(frozen=True, slots=True)
class Master(Media):
    """A master: a file with the picture. `separate_audio` are the names of declared files of sound beside it."""

    separate_audio: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoundFile(Media):
    """A file of sound beside a master. `picture` is what it goes with: the first picture of its version's master."""

    picture: VideoStream | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem(MediaFile):
    """A part of the mix beside a master: it may be silent for long, and is no programme by itself.

    `picture` is what it goes with: the first picture of its version's master.
    """

    declaration: StemDeclaration
    picture: VideoStream | None = None

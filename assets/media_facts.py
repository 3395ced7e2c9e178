"""Facts of a media file that are more than a word or a number: parts of the records in `assets.media`."""

from dataclasses import dataclass
from fractions import Fraction

from assets.timing import Time


@dataclass(frozen=True, slots=True)
class Colour:
    """Colour tags by this tool's names (`assets.probing.values`); `unknown` where nothing is said."""

    primaries: str = "unknown"
    transfer: str = "unknown"
    matrix: str = "unknown"
    range: str = "unknown"


@dataclass(frozen=True, slots=True)
class ContainerSays:
    """What the container's own header says of a picture, whatever the coded picture in it says.

    `clean_aperture` is the width and height that are meant to be shown, in pixels: the box `clap` of MOV and MP4.
    """

    colour: Colour = Colour()
    sample_aspect: Fraction | None = None
    scan: str = "unknown"
    clean_aperture: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class PictureSays:
    """What the coded picture itself says; None and `unknown` where it leaves it to the container."""

    colour: Colour = Colour()
    sample_aspect: Fraction | None = None
    is_interlaced: bool | None = None


@dataclass(frozen=True, slots=True)
class BitRates:
    """A curve: the bits of each whole second of the file's clock, the first one at `start`."""

    start: Time
    bits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HdrMetadata:
    """Static metadata of HDR pictures: SMPTE ST 2086 (display) and CTA-861.3 (content light level).

    Luminances are candelas per square metre; each is None where it is absent.
    """

    has_primaries: bool = False
    max_luminance: Fraction | None = None
    min_luminance: Fraction | None = None
    max_content_light: int | None = None
    max_average_light: int | None = None


@dataclass(frozen=True, slots=True)
class StartTimecode:
    """The first frame's timecode, `text` (`;` before the frames: drop-frame), as one `source` in the file has it."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter mark."""

    start: Time
    end: Time
    title: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of an edit list: shows the stream from `media_start` on for `duration` at `rate`; None shows nothing."""

    media_start: Time | None
    duration: Time
    rate: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class EditList:
    """How a MOV or MP4 file plays the stream with this index: its edits, and how long the stream itself is."""

    stream: int
    media_duration: Time
    edits: tuple[Edit, ...]

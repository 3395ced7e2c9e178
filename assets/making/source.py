"""The measured master that something is made from, and how it is made."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from assets import encode
from assets.errors import Refused
from assets.media import Measured, MediaInfo, VideoStream
from assets.probe import FORMATS
from assets.timing import DROP_FRAME_RATES, Time, from_frames, from_ms, timecode, to_seconds

_TIMECODE = re.compile(r"([0-9]{2}):([0-5][0-9]):([0-5][0-9])([:;.])([0-9]{2,3})", re.ASCII)
_ROUNDING = from_ms(1)
_OTHER_COLOURS = ("rgb", "bgr", "gbr", "argb", "abgr", "xyz", "pal8")


@dataclass(frozen=True, slots=True)
class Source:
    """A master, as people know it (`name`), where it is, and what its decode told."""

    name: str
    path: Path
    measured: Measured

    @property
    def info(self) -> MediaInfo:
        """What the file says of itself."""
        return self.measured.info

    @property
    def picture(self) -> VideoStream:
        """The picture. Raises Refused if there is none, or more than one."""
        if len(self.info.video) != 1:
            raise Refused(f"{self.name}: nothing is made of it", [f"it has {len(self.info.video)} pictures; one"])
        return self.info.video[0]

    @property
    def frames(self) -> int:
        """How many pictures were decoded."""
        return sum(item.frames for item in self.measured.signals.pictures if item.stream == self.picture.index)


@dataclass(frozen=True, slots=True)
class How:
    """How something is made: by which ffmpeg (None: the tool's own), in how many seconds, and who is told.

    `told` is called with a few words for the step, and how much of it is done, from 0 to 1.
    """

    ffmpeg: str | None = None
    seconds: int = 86_400
    told: Callable[[str, float], None] = lambda _step, _share: None

    def making(self, runtime: Time) -> Callable[[Fraction], None]:
        """What ffmpeg tells while it makes something of that length."""
        length = max(Fraction(1), to_seconds(runtime))
        return lambda seconds: self.told("making", float(min(Fraction(1), seconds / length)))


def opened(source: Source) -> encode.Stream:
    """The master as ffmpeg's input: by the demuxers that read one file, whatever it claims to be."""
    return encode.from_file(source.path, {"format_whitelist": FORMATS})


def constant_rate(source: Source) -> Fraction:
    """The frame rate of a picture whose frames all last equally long. Raises Refused: others cannot be counted."""
    picture = source.picture
    what = f"{source.name}: its frames cannot be counted by timecode"
    if picture.frame_rate is None:
        raise Refused(what, ["it has no frame rate"])
    if picture.max_frame_ticks - picture.min_frame_ticks > _ROUNDING:
        raise Refused(what, ["its frame rate varies; encode it at the constant rate of its source first"])
    return picture.frame_rate


def require_components(source: Source) -> None:
    """Raises Refused for a picture that is not Y'CBCR or grey: its colours would have to be converted."""
    if source.picture.pixel_format.startswith(_OTHER_COLOURS):
        reason = f"its pixels are {source.picture.pixel_format}; what is made for viewing keeps Y'CBCR as it is"
        raise Refused(f"{source.name}: its colours cannot be kept", [reason])


def start_timecode(source: Source, later: int = 0) -> str | None:
    """The label of the first frame, or of the one that is `later` frames after it; None if the file has no timecode.

    `HH:MM:SS;FF` is drop-frame timecode, only at 29.97 and 59.94. After 23:59:59 it goes on with 00:00:00. Raises
    Refused for a text that is no timecode, or for a label that the rate does not have.
    """
    from assets.subtitles import frames

    text = source.info.timecode
    if text is None:
        return None
    rate, match = constant_rate(source), _TIMECODE.fullmatch(text)
    nominal = round(rate)
    if match is None or int(match[1]) > 23 or int(match[5]) >= nominal:  # noqa: PLR2004 -- hours of a day
        raise Refused(f"{source.name}: its start timecode cannot be kept", [f"{text[:40]!r} is no timecode at {rate}"])
    drop = match[4] != ":" and rate in DROP_FRAME_RATES
    label = (int(match[1]), int(match[2]), int(match[3]), int(match[5]))
    day = frames.count((24, 0, 0, 0), nominal, drop=drop)
    return timecode(from_frames((frames.count(label, nominal, drop=drop) + later) % day, rate), rate, drop=drop)

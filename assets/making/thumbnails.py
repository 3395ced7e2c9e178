"""Small still pictures of a master at given times, as what a report found there."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from assets import encode
from assets.errors import Fault, InputError
from assets.making.finishing import require_new
from assets.making.source import How, Source
from assets.making.viewing import Size, size_of
from assets.probe import FORMATS
from assets.timing import TICKS_PER_SECOND, Time, from_frames, ms_text, to_seconds

MOST_LINES = 270
_MICROSECOND = 1_000_000
_INDEXED = frozenset({"mov", "mp4", "mxf", "mkv"})


@dataclass(frozen=True, slots=True)
class Still:
    """A picture that is wanted: the one that is shown at `at`, as the file `name`."""

    at: Time
    name: str


def write_thumbnails(source: Source, stills: Sequence[Still], folder: Path, how: How) -> None:
    """Write a JPEG for each time into a folder; ffmpeg goes straight to each, so that a long film takes no longer.

    A time before the first or after the last picture gives that one. Raises UsageError for a file that exists,
    InputError if ffmpeg fails.
    """
    size = size_of(source.picture, MOST_LINES)
    paths = [folder / still.name for still in stills]
    for path in paths:
        require_new(path)
    for number, (still, path) in enumerate(zip(stills, paths, strict=True)):
        _write(source, still.at, path, size, how)
        how.told("thumbnails", (number + 1) / len(stills))


def _write(source: Source, at: Time, path: Path, size: Size, how: How) -> None:
    place, later = _place(source, _seen(source, at))
    stream = encode.from_file(source.path, {**place, "format_whitelist": FORMATS})[str(source.picture.index)]
    stream = encode.filtered("trim", stream, {"start": _seconds(later)})
    stream = encode.filtered("scale", stream, {"w": size.width, "h": size.height, "flags": "area", "out_range": "full"})
    stream = encode.filtered("format", stream, {"pix_fmts": "yuvj420p"})
    options: encode.Options = {"frames:v": 1, "q:v": 4, "update": 1, "f": "image2", "c:v": "mjpeg"}
    encode.make(path, stream, options=options, ffmpeg=how.ffmpeg, timeout_seconds=how.seconds)
    if not path.exists():
        raise InputError(Fault(source.name, ms_text(at), "no picture can be decoded here"))


def _place(source: Source, seen: Time) -> tuple[encode.Options, Time]:
    """Where ffmpeg starts to read, counted from the first stream's start, and how long after that it is to look.

    A file without an index is read from before the key frame that the picture needs, or from its start.
    """
    first = min([source.picture.start, *(sound.start for sound in source.info.audio)])
    start = max(seen, first)
    if source.info.container not in _INDEXED:
        rate = source.picture.frame_rate or 1
        start = seen - from_frames(source.picture.longest_gop, Fraction(rate)) - TICKS_PER_SECOND
        if start <= first:  # without a place to go to, ffmpeg counts from the stream that it reads
            return {}, max(0, seen - source.picture.start)
    return {"ss": _seconds(start - first)}, max(0, seen - start)


def _seen(source: Source, at: Time) -> Time:
    """Half a frame before the picture that is seen at a time: ffmpeg shows the first one that begins after that."""
    picture = source.picture
    if not picture.frame_rate:
        return max(picture.start, min(at, picture.start + picture.duration - 1))
    frame = Fraction(TICKS_PER_SECOND) / picture.frame_rate
    number = min(max(0, int((at - picture.start) / frame + Fraction(1, 20))), max(0, source.frames - 1))
    return picture.start + int((number - Fraction(1, 2)) * frame)


def _seconds(time: Time) -> str:
    """Decimal seconds, as ffmpeg reads them."""
    whole = round(to_seconds(time) * _MICROSECOND)
    sign, whole = ("-" if whole < 0 else ""), abs(whole)
    return f"{sign}{whole // _MICROSECOND}.{whole % _MICROSECOND:06}"

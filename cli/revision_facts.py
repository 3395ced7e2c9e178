"""What tells two media files or two pictures from each other: facts and measured signals, as rows side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assets.media import AudioStream, MediaInfo, VideoStream
from assets.signals.model import PictureSignals, Signals, SoundSignals, Stretch
from assets.timing import ms_text, rate_text
from checks.signals import level_text
from cli.render.words import count_text, size_text

NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Row:
    """A fact of two files; empty where a file has nothing of the kind."""

    name: str
    old: str
    new: str

    @property
    def differs(self) -> bool:
        """Whether what is known of the files differs; what was measured of one of them alone does."""
        return self.old != self.new


def side_by_side(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Row, ...]:
    """The facts of two files, in the order of the first one, those that only the second has after them."""
    names = dict.fromkeys([*old, *new])
    return tuple(Row(name, old.get(name, ""), new.get(name, "")) for name in names)


def of_file(size: int, sha256: str) -> dict[str, str]:
    """What every file has."""
    return {"size": f"{size_text(size)} ({size} bytes)", "SHA-256": sha256}


def of_media(info: MediaInfo) -> dict[str, str]:
    """What a media file says of itself."""
    found = {
        "container": info.container,
        "duration": ms_text(info.duration),
        "timecode": info.timecode or "none",
        "streams": f"{len(info.video)} video, {len(info.audio)} audio, {len(info.other)} other",
    }
    for number, picture in enumerate(info.video):
        found |= {f"video {number} {name}": text for name, text in _video(picture)}
    for number, sound in enumerate(info.audio):
        found |= {f"audio {number} {name}": text for name, text in _audio(sound)}
    return found


def _video(item: VideoStream) -> Iterator[tuple[str, str]]:
    yield "codec", f"{item.codec} {item.profile}".strip()
    yield "raster", f"{item.width}x{item.height}, sample aspect {item.sample_aspect}"
    yield "frame rate", rate_text(item.frame_rate) if item.frame_rate else "unknown"
    yield "frames", str(item.frames)
    yield "scan", item.scan
    yield "samples", f"{item.chroma}, {item.bit_depth} bits"
    colour = (item.colour_primaries, item.colour_transfer, item.colour_matrix, item.colour_range)
    yield "colour", ", ".join(colour)
    yield "bit rate", _bit_rate(item.bit_rate)


def _audio(item: AudioStream) -> Iterator[tuple[str, str]]:
    yield "codec", f"{item.codec} {item.profile}".strip()
    yield "channels", f"{item.channels}, {item.layout}"
    yield "sample rate", f"{item.sample_rate} Hz"
    yield "language", item.language or "none"
    yield "bit rate", _bit_rate(item.bit_rate)


def _bit_rate(bits: int | None) -> str:
    return "unknown" if bits is None else f"{bits // 1000} kb/s"


def of_signals(signals: Signals | None, named: Sequence[str] = ()) -> dict[str, str]:
    """What the decode of a file told; for a file that was not measured the rows `named`, which say so."""
    if signals is None:
        return dict.fromkeys(named or ("measured signals",), NOT_MEASURED)
    found: dict[str, str] = {}
    for number, picture in enumerate(signals.pictures):
        found |= {f"picture {number} {name}": text for name, text in _picture(picture)}
    for number, sound in enumerate(signals.sounds):
        found |= {f"sound {number} {name}": text for name, text in _sound(sound)}
    found["decode errors"] = str(len(signals.errors))
    return found


def _picture(item: PictureSignals) -> Iterator[tuple[str, str]]:
    yield "decoded frames", str(item.frames)
    yield "shot changes", str(len(item.cuts))
    yield "black", _stretches(item.black)
    yield "frozen", _stretches(item.frozen)
    yield "flashes", _stretches(item.flashes)
    boxes = dict.fromkeys((part.box.left, part.box.top, part.box.right, part.box.bottom) for part in item.framings)
    yield "black edges (left, top, right, bottom)", "; ".join(", ".join(map(str, box)) for box in boxes) or "none"
    if item.levels:
        yield "Y' codes", f"{item.levels.luma.lowest} to {item.levels.luma.highest}"
    if item.fields:
        fields = item.fields
        yield "fields", f"{fields.progressive} progressive, {fields.top_first} TFF, {fields.bottom_first} BFF"


def _sound(item: SoundSignals) -> Iterator[tuple[str, str]]:
    yield "layout", item.layout
    if item.loudness:
        yield "loudness", f"{level_text(item.loudness.gated)} LUFS"
        yield "true peak", f"{level_text(item.loudness.true_peak)} dBTP"
        yield "loudness range", "none" if item.loudness.lra is None else f"{level_text(item.loudness.lra)} LU"
    yield "silence", _stretches(item.silence)


def _stretches(found: Sequence[Stretch]) -> str:
    """`2 stretches, 00:00:01.500 in all, the first at 00:00:00.000`."""
    if not found:
        return "none"
    length = sum(item.end - item.start for item in found)
    number = "1 stretch" if len(found) == 1 else f"{len(found)} stretches"
    return f"{number}, {ms_text(length)} in all, the first at {ms_text(found[0].start)}"


def of_picture(width: int, height: int, mode: str, form: str) -> dict[str, str]:
    """What a piece of artwork is."""
    return {"format": form, "raster": f"{width}x{height}", "colour mode": mode}


def summary(rows: Sequence[Row]) -> str:
    """`3 facts differ, 20 are the same`."""
    differing = sum(row.differs for row in rows)
    return f"{count_text(differing, 'fact')} {'differs' if differing == 1 else 'differ'}, {len(rows) - differing} same"

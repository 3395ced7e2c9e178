"""A media file -> MediaInfo, by PyAV, in a worker process. Packets are read, one frame is decoded, nothing else."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets import timing
from assets.media import AudioStream, MediaInfo, OtherStream, VideoStream
from assets.worker import run_isolated

if TYPE_CHECKING:
    import av.container

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mxf,mpegts,mpeg,avi,wav,w64,aiff,flac,gxf,mpegvideo,h264,hevc"
"""Demuxers that read one file and nothing beside it: a playlist is not among them."""

PROBE_SECONDS = 900.0

_CONTAINERS = {"matroska,webm": "mkv", "mov,mp4,m4a,3gp,3g2,mj2": "mp4"}
_PRIMARIES = {1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020", 11: "smpte431", 12: "smpte432"}
_TRANSFERS = {1: "bt709", 4: "gamma22", 5: "gamma28", 6: "smpte170m", 13: "srgb", 14: "bt2020-10", 15: "bt2020-12"} | {
    16: "pq",
    18: "hlg",
}
_MATRICES = {0: "rgb", 1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020nc", 10: "bt2020c"}
_RANGES = {1: "limited", 2: "full"}
_SCANS = {1: "progressive", 2: "interlaced-tff", 3: "interlaced-bff", 4: "interlaced-tff", 5: "interlaced-bff"}
_CHROMA = {(1, 1): "4:4:4", (2, 1): "4:2:2", (2, 2): "4:2:0", (4, 1): "4:1:1"}
_PCM = re.compile(r"^pcm_[a-z]+(\d+)")


def probe(path: Path, seconds: float = PROBE_SECONDS) -> MediaInfo:
    """What a media file says. Raises assets.worker.WorkerError with one line if it cannot be read."""
    info = run_isolated(read_media, str(path), seconds=seconds)
    if not isinstance(info, MediaInfo):
        raise TypeError(info)
    return info


_Colour = tuple[str, str, str, str]


class _Packets:
    """The times of one stream's packets, in units of its time base."""

    def __init__(self) -> None:
        self.times: list[int] = []
        self.end = 0
        self.size = 0

    def add(self, time: int, duration: int, size: int) -> None:
        self.times.append(time)
        self.end = max(self.end, time + duration)
        self.size += size


def read_media(name: str) -> MediaInfo:
    """The file `name`, read in this process; use `probe`. Raises whatever the media library raises."""
    import av

    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
    with av.open(name, options=options, metadata_errors="replace") as container:
        video: list[Any] = [
            stream for stream in container.streams.video if not stream.disposition & stream.disposition.attached_pic
        ]
        video = [stream for stream in video if stream.codec_context is not None]  # no decoder: an OtherStream below
        sound: list[Any] = [*container.streams.audio]
        sound = [stream for stream in sound if stream.codec_context is not None]
        tags = {stream.index: _colour(stream.codec_context) for stream in video}  # before a decoder overwrites them
        frames = {stream.index: _first_frame(container, stream) for stream in video}
        packets = _read_packets(container)
        streams = {stream.index: stream for stream in container.streams}
        used = {stream.index for stream in video} | {stream.index for stream in sound}
        return MediaInfo(
            container=_container_name(container),
            duration=max((_end(streams[i], packets[i]) for i in used), default=0),
            bit_rate=container.bit_rate or None,
            video=tuple(
                _video(stream, packets[stream.index], frames[stream.index], tags[stream.index]) for stream in video
            ),
            audio=tuple(_audio(stream, packets[stream.index]) for stream in sound),
            other=tuple(
                OtherStream(index, str(stream.type), _codec(stream), _language(stream))
                for index, stream in streams.items()
                if index not in used
            ),
            timecode=_timecode(container),
        )


def _first_frame(container: av.container.InputContainer, stream: Any) -> Any:  # noqa: ANN401 -- PyAV's own types
    """The first frame that can be decoded, for what only frames say; None if there is none."""
    import av

    try:
        return next(container.decode(stream), None)
    except av.FFmpegError:
        return None
    finally:
        container.seek(0)


def _read_packets(container: av.container.InputContainer) -> dict[int, _Packets]:
    found = {stream.index: _Packets() for stream in container.streams}
    for packet in container.demux():
        time = packet.pts if packet.pts is not None else packet.dts
        if time is not None and packet.size and packet.stream_index in found:
            found[packet.stream_index].add(time, packet.duration or 0, packet.size)
    return found


def _time(stream: Any, units: int) -> timing.Time:  # noqa: ANN401
    return timing.from_seconds(units * Fraction(stream.time_base))


def _start(stream: Any, packets: _Packets) -> timing.Time:  # noqa: ANN401
    """When the stream is first presented; an encoder's priming samples, which an edit list skips, come before it."""
    if stream.start_time is not None:
        return _time(stream, stream.start_time)
    return _time(stream, min(packets.times)) if packets.times else 0


def _end(stream: Any, packets: _Packets) -> timing.Time:  # noqa: ANN401
    return _time(stream, packets.end)


def _container_name(container: av.container.InputContainer) -> str:
    name = _CONTAINERS.get(container.format.name, container.format.name)
    return "mov" if name == "mp4" and container.metadata.get("major_brand", "").strip() in {"qt", ""} else name


def _colour(source: Any) -> _Colour:  # noqa: ANN401
    """Primaries, transfer, matrix and range of a codec context or a frame."""
    return (
        _PRIMARIES.get(int(source.color_primaries), "unknown"),
        _TRANSFERS.get(int(source.color_trc), "unknown"),
        _MATRICES.get(int(source.colorspace), "unknown"),
        _RANGES.get(int(source.color_range), "unknown"),
    )


def _video(stream: Any, packets: _Packets, frame: Any, tags: _Colour) -> VideoStream:  # noqa: ANN401
    context = stream.codec_context
    depth, chroma, pixel_format = _pixels(context)
    rate = Fraction(stream.average_rate or stream.base_rate or 0) or None
    shortest, longest = _frame_times(stream, packets, rate)
    start, end = _start(stream, packets), _end(stream, packets)
    decoded = _colour(frame) if frame is not None else tags
    # What the essence itself says goes first: that is what a decoder will show.
    colour = [inner if inner != "unknown" else outer for inner, outer in zip(decoded, tags, strict=True)]
    return VideoStream(
        index=stream.index,
        codec=_codec(stream),
        profile=context.profile or "",
        width=context.width,
        height=context.height,
        sample_aspect=Fraction(stream.sample_aspect_ratio or 1),
        frame_rate=rate,
        scan=_scan(context, frame),
        pixel_format=pixel_format,
        bit_depth=depth,
        chroma=chroma,
        colour_primaries=colour[0],
        colour_transfer=colour[1],
        colour_matrix=colour[2],
        colour_range=colour[3],
        bit_rate=_bit_rate(packets, end - start),
        start=start,
        duration=end - start,
        frames=len(packets.times),
        min_frame_ticks=shortest,
        max_frame_ticks=longest,
        language=_language(stream),
    )


def _frame_times(stream: Any, packets: _Packets, rate: Fraction | None) -> tuple[timing.Time, timing.Time]:  # noqa: ANN401
    """The shortest and the longest time between two frames.

    A container with a coarse time base (Matroska: 1 ms) rounds each time, so that neighbours differ by one unit at a
    constant rate; that is no variable frame rate and both are then the nominal time of a frame.
    """
    times = sorted(packets.times)
    deltas = {later - earlier for earlier, later in itertools.pairwise(times)}
    if not deltas:
        return 0, 0
    if max(deltas) - min(deltas) <= 1 and rate:
        return timing.from_seconds(1 / rate), timing.from_seconds(1 / rate)
    return _time(stream, min(deltas)), _time(stream, max(deltas))


def _pixels(context: Any) -> tuple[int, str, str]:  # noqa: ANN401
    pixels = context.format
    if pixels is None:
        return 0, "unknown", "unknown"
    depth = max((component.bits for component in pixels.components), default=0)
    if len(pixels.components) < 3:  # noqa: PLR2004 -- no colour difference planes
        return depth, "4:0:0", pixels.name
    ratio = (
        context.width // max(pixels.chroma_width(context.width), 1),
        context.height // max(pixels.chroma_height(context.height), 1),
    )
    return depth, _CHROMA.get(ratio, pixels.name), pixels.name


def _scan(context: Any, frame: Any) -> str:  # noqa: ANN401
    """The scan as the stream's header says it; a frame that is flagged interlaced outweighs a silent header."""
    said = _SCANS.get(int(context.field_order), "unknown")
    if said == "unknown" and frame is not None:
        return "interlaced-tff" if frame.interlaced_frame else "progressive"
    return said


def _audio(stream: Any, packets: _Packets) -> AudioStream:  # noqa: ANN401
    context = stream.codec_context
    start, end = _start(stream, packets), _end(stream, packets)
    codec = _codec(stream)
    return AudioStream(
        index=stream.index,
        codec=codec,
        profile=context.profile or "",
        channels=context.layout.nb_channels,
        layout=context.layout.name,
        sample_rate=context.sample_rate,
        bit_depth=_sample_depth(codec, context),
        bit_rate=_bit_rate(packets, end - start),
        start=start,
        duration=end - start,
        language=_language(stream),
    )


def _sample_depth(codec: str, context: Any) -> int | None:  # noqa: ANN401
    """The bits of a sample: PCM names them, 16-bit lossless decodes to 16; 24-bit decodes to 32, which says nothing."""
    if match := _PCM.match(codec):
        return int(match[1])
    lossless = codec in {"flac", "alac", "wavpack", "truehd"}
    return 16 if lossless and context.format is not None and context.format.bits == 16 else None  # noqa: PLR2004


def _bit_rate(packets: _Packets, duration: timing.Time) -> int | None:
    return packets.size * 8 * timing.TICKS_PER_SECOND // duration if duration > 0 else None


def _codec(stream: Any) -> str:  # noqa: ANN401
    context = stream.codec_context
    return str(context.codec.canonical_name if context is not None else "unknown")


def _language(stream: Any) -> str | None:  # noqa: ANN401
    language = stream.metadata.get("language", "")
    return language if language and language != "und" else None


def _timecode(container: av.container.InputContainer) -> str | None:
    for tags in (container.metadata, *(stream.metadata for stream in container.streams)):
        if "timecode" in tags:
            return str(tags["timecode"])
    return None

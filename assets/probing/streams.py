"""The streams of a file as records, from what its header, its packets and its first picture say."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assets import timing
from assets.media import AudioStream, OtherStream, VideoStream
from assets.media_facts import Colour, ContainerSays, PictureSays
from assets.probing import values
from assets.probing.first_picture import FirstPicture
from assets.probing.packets import Packets
from assets.timing import Time

WITHOUT_HEADER = frozenset({"mpegts", "mpeg", "mpegvideo", "h264", "hevc"})
"""Formats that are no more than packets: nothing declares their length, and their clock starts anywhere."""

_UNLABELLED = {"NONE", "UNKNOWN", "UNSD", "UNU"}


@dataclass(frozen=True, slots=True)
class Header:
    """What the container says of a stream of pictures, taken before a decoder overwrites it."""

    says: ContainerSays
    tags: Colour
    dolby_vision: str | None = None


def video_stream(stream: Any, packets: Packets, header: Header, first: FirstPicture) -> VideoStream:  # noqa: ANN401
    """A stream of pictures."""
    context = stream.codec_context
    pixels = values.pixels(context)
    rate = Fraction(stream.average_rate or stream.base_rate or 0) or None
    shortest, longest = packets.frame_times(rate)
    start, end = start_of(stream, packets), packets.time(packets.end)
    colour = _joined(first.colour, header.tags)
    return VideoStream(
        index=stream.index,
        codec=values.codec_name(stream),
        profile=context.profile or "",
        width=context.width,
        height=context.height,
        sample_aspect=Fraction(stream.sample_aspect_ratio or 1),
        frame_rate=rate,
        scan=_scan(context, first),
        pixel_format=pixels.name,
        bit_depth=pixels.bit_depth,
        chroma=pixels.chroma,
        colour_primaries=colour.primaries,
        colour_transfer=colour.transfer,
        colour_matrix=colour.matrix,
        colour_range=colour.range,
        bit_rate=_bit_rate(packets, end - start),
        start=start,
        duration=end - start,
        frames=packets.count,
        min_frame_ticks=shortest,
        max_frame_ticks=longest,
        language=values.language(stream),
        title=values.text(stream.metadata, "title"),
        dispositions=values.dispositions(stream),
        encoder=values.text(stream.metadata, "encoder", "vendor_id"),
        container_says=header.says,
        picture_says=PictureSays(first.colour, values.aspect(context.sample_aspect_ratio), first.is_interlaced),
        declared_duration=_declared(stream),
        bit_rates=packets.bit_rates(),
        longest_gop=packets.longest_gop,
        is_gop_open=packets.is_gop_open,
        captions=packets.has_captions or first.has_captions,
        hdr=first.hdr,
        has_dynamic_hdr=first.has_dynamic_hdr,
        dolby_vision=header.dolby_vision or ("present" if first.has_dolby_vision else None),
    )


def audio_stream(stream: Any, packets: Packets) -> AudioStream:  # noqa: ANN401
    """A stream of sound."""
    context = stream.codec_context
    start, end = start_of(stream, packets), packets.time(packets.end)
    codec = values.codec_name(stream)
    return AudioStream(
        index=stream.index,
        codec=codec,
        profile=context.profile or "",
        channels=context.layout.nb_channels,
        layout=context.layout.name,
        sample_rate=context.sample_rate,
        bit_depth=values.sample_depth(codec, context),
        bit_rate=_bit_rate(packets, end - start),
        start=start,
        duration=end - start,
        language=values.language(stream),
        title=values.text(stream.metadata, "title"),
        dispositions=values.dispositions(stream),
        labels=tuple("-" if item.name in _UNLABELLED else item.name for item in context.layout.channels),
        declared_duration=_declared(stream),
    )


def other_stream(stream: Any) -> OtherStream:  # noqa: ANN401
    """A stream that is neither picture nor sound."""
    return OtherStream(
        index=stream.index,
        kind=str(stream.type),
        codec=values.codec_name(stream),
        language=values.language(stream),
        title=values.text(stream.metadata, "title"),
        dispositions=values.dispositions(stream),
    )


def start_of(stream: Any, packets: Packets) -> Time:  # noqa: ANN401
    """When the stream is first presented; an encoder's priming samples, which an edit list skips, come before it."""
    return packets.time(stream.start_time if stream.start_time is not None else packets.first or 0)


def _joined(inner: Colour, outer: Colour) -> Colour:
    """What the essence itself says goes first: that is what a decoder will show."""
    return Colour(
        *(
            said if said != values.UNKNOWN else other
            for said, other in (
                (inner.primaries, outer.primaries),
                (inner.transfer, outer.transfer),
                (inner.matrix, outer.matrix),
                (inner.range, outer.range),
            )
        )
    )


def _scan(context: Any, first: FirstPicture) -> str:  # noqa: ANN401
    """The scan as the stream's header says it; a frame that is flagged interlaced outweighs a silent header."""
    said = values.scan(int(context.field_order))
    if said == values.UNKNOWN and first.is_interlaced is not None:
        return "interlaced-tff" if first.is_interlaced else "progressive"
    return said


def _declared(stream: Any) -> Time | None:  # noqa: ANN401
    if not stream.duration or stream.container.format.name in WITHOUT_HEADER:
        return None
    return timing.from_seconds(stream.duration * Fraction(stream.time_base))


def _bit_rate(packets: Packets, duration: Time) -> int | None:
    return packets.size * 8 * timing.TICKS_PER_SECOND // duration if duration > 0 else None

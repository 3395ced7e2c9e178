"""What only a decoded picture tells: its own tags, and HDR metadata."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from assets.media_facts import Colour, HdrMetadata
from assets.probing import values

_DISPLAY = struct.Struct("=20i2i")
"""FFmpeg's AVMasteringDisplayMetadata: three primaries, white, least and most luminance as fractions; two flags."""

_LIGHT = struct.Struct("=2I")
"""FFmpeg's AVContentLightMetadata: most and average light."""

_DYNAMIC = ("DYNAMIC_HDR_PLUS", "DYNAMIC_HDR_VIVID")
_DOLBY = ("DOVI_RPU_BUFFER", "DOVI_METADATA")


@dataclass(frozen=True, slots=True)
class FirstPicture:
    """The facts of the first picture that could be decoded; an empty one where none could."""

    colour: Colour = field(default_factory=Colour)
    is_interlaced: bool | None = None
    hdr: HdrMetadata | None = None
    has_dynamic_hdr: bool = False
    has_dolby_vision: bool = False
    has_captions: bool = False


def first_picture(frame: Any) -> FirstPicture:  # noqa: ANN401 -- PyAV's own types
    """What a decoded frame says. The frame itself is not kept."""
    side = {item.type.name: item for item in frame.side_data}
    return FirstPicture(
        colour=values.colour_of(frame),
        is_interlaced=bool(frame.interlaced_frame),
        hdr=_hdr(side),
        has_dynamic_hdr=any(name in side for name in _DYNAMIC),
        has_dolby_vision=any(name in side for name in _DOLBY),
        has_captions="A53_CC" in side,
    )


def _hdr(side: dict[str, Any]) -> HdrMetadata | None:
    display = bytes(side["MASTERING_DISPLAY_METADATA"]) if "MASTERING_DISPLAY_METADATA" in side else b""
    light = bytes(side["CONTENT_LIGHT_LEVEL"]) if "CONTENT_LIGHT_LEVEL" in side else b""
    if len(display) < _DISPLAY.size and len(light) < _LIGHT.size:
        return None
    numbers = _DISPLAY.unpack_from(display) if len(display) >= _DISPLAY.size else (0,) * 22
    has_primaries, has_luminance = numbers[20:22]
    most, average = _LIGHT.unpack_from(light) if len(light) >= _LIGHT.size else (None, None)
    return HdrMetadata(
        has_primaries=bool(has_primaries),
        max_luminance=_ratio(*numbers[18:20]) if has_luminance else None,
        min_luminance=_ratio(*numbers[16:18]) if has_luminance else None,
        max_content_light=most,
        max_average_light=average,
    )


def _ratio(above: int, below: int) -> Fraction | None:
    return Fraction(above, below) if below else None

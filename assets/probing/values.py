"""How this tool names what the media library and the headers of a file give as numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assets.media_facts import Colour

UNKNOWN = "unknown"

# ITU-T H.273, tables 2 to 4: the code points that are in use in films.
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
_MAX_TEXT = 200


def colour_of(source: Any) -> Colour:  # noqa: ANN401 -- PyAV's own types
    """The colour tags of a codec context or a frame."""
    return colour(int(source.color_primaries), int(source.color_trc), int(source.colorspace), int(source.color_range))


def colour(primaries: int, transfer: int, matrix: int, code_range: int = 0) -> Colour:
    """Colour tags from the numbers of ITU-T H.273; `code_range` is 1 for limited, 2 for full, else not said."""
    return Colour(
        _PRIMARIES.get(primaries, UNKNOWN),
        _TRANSFERS.get(transfer, UNKNOWN),
        _MATRICES.get(matrix, UNKNOWN),
        _RANGES.get(code_range, UNKNOWN),
    )


def scan(field_order: int) -> str:
    """`progressive`, `interlaced-tff` or `interlaced-bff` from FFmpeg's number; `unknown` for what it does not know."""
    return _SCANS.get(field_order, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Pixels:
    """A pixel format: bits of a sample, sampling of colour, FFmpeg's name."""

    bit_depth: int
    chroma: str
    name: str


def pixels(context: Any) -> Pixels:  # noqa: ANN401
    """The pixel format of a codec context."""
    form = context.format
    if form is None:
        return Pixels(0, UNKNOWN, UNKNOWN)
    depth = max((component.bits for component in form.components), default=0)
    if len(form.components) < 3:  # noqa: PLR2004 -- no colour difference planes
        return Pixels(depth, "4:0:0", form.name)
    ratio = (
        context.width // max(form.chroma_width(context.width), 1),
        context.height // max(form.chroma_height(context.height), 1),
    )
    return Pixels(depth, _CHROMA.get(ratio, form.name), form.name)


def sample_depth(codec: str, context: Any) -> int | None:  # noqa: ANN401
    """The bits of a sample: PCM names them, 16-bit lossless decodes to 16; 24-bit decodes to 32, which says nothing."""
    if match := _PCM.match(codec):
        return int(match[1])
    lossless = codec in {"flac", "alac", "wavpack", "truehd"}
    return 16 if lossless and context.format is not None and context.format.bits == 16 else None  # noqa: PLR2004


def codec_name(stream: Any) -> str:  # noqa: ANN401
    """FFmpeg's name of a stream's codec, `unknown` where nothing decodes it."""
    context = stream.codec_context
    return str(context.codec.canonical_name if context is not None else UNKNOWN)


def language(stream: Any) -> str | None:  # noqa: ANN401
    """The language tag of a stream as the file has it; None where it has none or `und`."""
    tag = stream.metadata.get("language", "")
    return tag if tag and tag != "und" else None


def dispositions(stream: Any) -> tuple[str, ...]:  # noqa: ANN401
    """What a stream is meant for, by FFmpeg's names: `default`, `forced`, `hearing_impaired`, `comment` ..."""
    said = stream.disposition
    return tuple(kind.name for kind in type(said) if said & kind and kind.name)


def text(tags: Any, *names: str) -> str:  # noqa: ANN401
    """The first of several tags that is there, as one short line; empty if none is."""
    folded = {key.lower(): value for key, value in tags.items()}
    found = next((str(folded[name]) for name in names if folded.get(name)), "")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in found).split())[:_MAX_TEXT]


def aspect(value: Any) -> Fraction | None:  # noqa: ANN401
    """An aspect ratio that is one: None for 0 and for what is not said."""
    return Fraction(value) if value else None

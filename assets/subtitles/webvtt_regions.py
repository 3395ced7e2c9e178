"""REGION blocks of WebVTT, read and written (WebVTT 4.3, 7.2): rows of 6 % of the picture's height each."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from assets.subtitles.model import Cue, Region
from assets.subtitles.ttml_region import MADE
from assets.subtitles.webvtt_place import NONE, WHOLE, percent, percent_text, read, write

_ROW = Fraction(6)
_MOST_DIGITS = 6

Named = tuple[str, Region]
"""The id of a region in the file, and the region."""


def parse(lines: Sequence[str]) -> tuple[str, Region, list[str]]:
    """The id of a region, the region, and the settings that are not kept. Its rows stand at its lower edge."""
    name, width, rows, anchor, viewport = "", WHOLE, 3, (NONE, WHOLE), (NONE, WHOLE)
    lost = []
    for setting in " ".join(lines).split():
        key, _, value = setting.partition(":")
        share, pair = percent(value), _pair(value)
        if key == "id" and value:
            name = value
        elif key == "width" and share is not None:
            width = share
        elif key == "lines" and value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS:
            rows = int(value)
        elif key == "regionanchor" and pair:
            anchor = pair
        elif key == "viewportanchor" and pair:
            viewport = pair
        else:
            lost.append(setting)
    height = rows * _ROW
    x, y = viewport[0] - anchor[0] * width / 100, viewport[1] - anchor[1] * height / 100
    return name, Region(x, y, width, height, "after", "lrtb", "" if MADE.fullmatch(name) else name), lost


def _pair(text: str) -> tuple[Fraction, Fraction] | None:
    first, _, second = text.partition(",")
    x, y = percent(first), percent(second)
    return None if x is None or y is None else (x, y)


def named(cues: Iterable[Cue]) -> dict[Region, str]:
    """The regions that are written as REGION blocks, with their ids, each of which is used once."""
    found: dict[Region, str] = {}
    used: set[str] = set()
    for cue in cues:
        region = cue.region
        if region is None or region in found or not needs_block(cue):
            continue
        name = region.id if region.id and region.id not in used else f"rp-region{len(used) + 1}"
        used.add(name)
        found[region] = name
    return found


def needs_block(cue: Cue) -> bool:
    """Whether a cue's region is told by a block, and not by settings."""
    return cue.region is not None and _fits_block(cue.region) and read(write(cue), {}, cue.text).region != cue.region


def _fits_block(region: Region) -> bool:
    return parse(block("", region))[1] == _plain(region) and _is_id(region.id)


def _plain(region: Region) -> Region:
    return Region(region.x, region.y, region.width, region.height, region.align, region.writing)


def _is_id(name: str) -> bool:
    """Whether a region's id can be written, and is not one that is made up."""
    return len(name.split()) == bool(name) and name == name.strip() and "-->" not in name and not MADE.fullmatch(name)


def block(name: str, region: Region) -> list[str]:
    """The settings of a region, one a line."""
    return [
        f"id:{name}",
        f"width:{percent_text(region.width)}",
        f"lines:{max(round(region.height / _ROW), 0)}",
        "regionanchor:0%,0%",
        f"viewportanchor:{percent_text(region.x)},{percent_text(region.y)}",
    ]

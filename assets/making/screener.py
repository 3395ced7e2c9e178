"""A screener: a small copy with the name of whom it is for in every picture, so that a leak names its source."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assets import encode
from assets.errors import UsageError
from assets.making.fonts import font_for, one_line
from assets.making.source import How, Source
from assets.making.viewing import Size, size_of, small_picture, write_copy

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

MOST_LINES = 720

# Grey letters with a dark edge: seen on white and on black, through which the picture is seen; inside legal range.
_LETTERS, _EDGE = (200, 200, 200, 130), (40, 40, 40, 130)
_SMALL_LETTERS, _SMALL_EDGE = (200, 200, 200, 170), (40, 40, 40, 170)
_LARGE, _SMALL, _SMALLEST = 9, 30, 45
"""Letters are that part of the height, at least the last one."""

_SHARE = 90
"""A line takes at most so many hundredths of the width."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Whom a copy is for. Texts of people in any script; nothing in them is a command.

    `grant` is the id under which the copy is recorded, or empty; it stands beside the date.
    """

    name: str
    company: str
    date: str
    grant: str = ""

    def lines(self) -> tuple[str, ...]:
        """The lines that are drawn. Raises UsageError for a part with nothing to see."""
        parts = {"name": one_line(self.name), "company": one_line(self.company), "date": one_line(self.date)}
        for what, text in parts.items():
            if not text:
                raise UsageError(f"the watermark needs a {what}; a copy without one names nobody")
        if self.grant:
            parts["date"] += f" · {one_line(self.grant)}"
        return tuple(parts.values())


def write_screener(source: Source, mark: Mark, out: Path, how: How, font: Path | None = None) -> None:
    """Write the screener of a master, checked.

    The mark is drawn once as a picture and laid over every frame; ffmpeg never reads the text. Raises UsageError if
    no font has its letters, if it is too long to be read, or if `out` exists or is no MP4 file; InputError if the copy
    cannot be made.
    """
    size = size_of(source.picture, MOST_LINES)
    drawn = draw(mark, size, font)
    with tempfile.TemporaryDirectory(prefix="screener-") as folder:
        overlay = Path(folder) / "mark.png"
        drawn.save(overlay)
        picture = encode.filtered(
            "overlay", [small_picture(source, size), encode.from_file(overlay)], {"format": "yuv420", "x": 0, "y": 0}
        )
        write_copy(source, out, picture, how)


def draw(mark: Mark, size: Size, font: Path | None = None) -> Image:
    """The mark as a picture to lay over: large in the middle, small in two corners, transparent elsewhere."""
    from PIL import Image, ImageDraw

    lines = mark.lines()
    image = Image.new("RGBA", (size.width, size.height))
    draw = ImageDraw.Draw(image)
    fonts = [_fitting(line, size, size.height // _LARGE, font) for line in lines]
    step = size.height // _LARGE * 5 // 4
    top = size.height // 2 - step * (len(lines) - 1) // 2
    for number, (line, large) in enumerate(zip(lines, fonts, strict=True)):
        place = (size.width // 2, top + number * step)
        draw.text(place, line, _LETTERS, large, "mm", stroke_width=max(1, size.height // 180), stroke_fill=_EDGE)
    _corners(draw, lines, size, font)
    return image


def _corners(draw: ImageDraw, lines: tuple[str, ...], size: Size, font: Path | None) -> None:
    """The same small and stronger: what is cut away around the middle still has a name."""
    margin = size.height // 30
    line = " · ".join(lines)
    try:
        small = _fitting(line, size, size.height // _SMALL, font)
    except UsageError:  # together too long, or in scripts that no one font has: the name alone tells enough
        line = lines[0]
        small = _fitting(line, size, size.height // _SMALL, font)
    for place, anchor in (((margin, margin), "la"), ((size.width - margin, size.height - margin), "rd")):
        draw.text(place, line, _SMALL_LETTERS, small, anchor, stroke_width=1, stroke_fill=_SMALL_EDGE)


def _fitting(line: str, size: Size, pixels: int, font: Path | None) -> FreeTypeFont:
    """A font in which the line is as large as asked, or as it can be. Raises UsageError if that is too small."""
    found = font_for(line, max(8, pixels), font)
    room = size.width * _SHARE // 100
    length = found.getlength(line)
    if length > room:
        found = found.font_variant(size=int(found.size * room / length))
    if found.size < max(6, size.height // _SMALLEST):
        raise UsageError(f"{line[:40]!r}…: is too long to be read on a picture of {size.width} pixels; shorten it")
    return found

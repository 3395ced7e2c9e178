"""Pictures of two masters at the same times, side by side on one sheet that a person can look over."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assets.making.finishing import require_new
from assets.timing import Time, ms_text

if TYPE_CHECKING:
    from PIL.Image import Image

COLUMNS = 2
"""Pairs beside each other."""

_MARGIN, _LINE, _GAP = 16, 26, 4
_PAPER, _INK, _SAME, _OTHER = "white", "black", "#2e7d32", "#b3261e"
_NOISE_PER_MILLE = 4
"""Up to which mean difference two small JPEG pictures may be of one frame: they were coded twice."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures of one time."""

    at: Time
    first: Path
    second: Path


def write_sheet(pairs: Sequence[Pair], labels: tuple[str, str], path: Path) -> int:
    """Write the sheet as a PNG; gives how many pairs differ. `labels` are what the two masters are called.

    Above each pair stand its time and by how much it differs, in per cent of the whole range, mean over all pixels.
    Raises UsageError if the file exists.
    """
    from PIL import Image, ImageDraw, ImageFont

    require_new(path)
    pictures = [(_opened(pair.first), _opened(pair.second)) for pair in pairs]
    width = max(picture.width for both in pictures for picture in both)
    height = max(picture.height for both in pictures for picture in both)
    cell = (2 * width + _GAP + _MARGIN, height + _LINE + _MARGIN)
    rows = -(-len(pairs) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * cell[0] + _MARGIN, rows * cell[1] + 2 * _LINE), _PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=18)
    draw.text((_MARGIN, _LINE // 2), f"left: {labels[0]}     right: {labels[1]}", _INK, font)
    differing = 0
    for number, (pair, both) in enumerate(zip(pairs, pictures, strict=True)):
        left, top = _MARGIN + number % COLUMNS * cell[0], 2 * _LINE + number // COLUMNS * cell[1]
        away = difference(*both)
        is_other = away is None or away > _NOISE_PER_MILLE
        differing += is_other
        words = "of another size" if away is None else f"{away // 10}.{away % 10} % away" if is_other else "the same"
        draw.text((left, top), f"{ms_text(pair.at)}  {words}", _OTHER if is_other else _SAME, font)
        sheet.paste(both[0], (left, top + _LINE))
        sheet.paste(both[1], (left + width + _GAP, top + _LINE))
    sheet.save(path, "PNG")
    return differing


def _opened(path: Path) -> "Image":
    from PIL import Image

    with Image.open(path) as picture:
        return picture.convert("RGB")


def difference(first: "Image", second: "Image") -> int | None:
    """The mean difference of two pictures in thousandths of the whole range; None for pictures of two sizes."""
    from PIL import ImageChops

    if first.size != second.size:
        return None
    counts = ImageChops.difference(first, second).histogram()
    total = sum(count * (place % 256) for place, count in enumerate(counts))
    return total * 1000 // (255 * 3 * first.width * first.height)

"""The sample title's artwork, drawn: rails that run to a low sun, and the title."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

TITLE = ("KIM IL SUNG'S", "CHILDREN")
SIZES = {"poster.jpg": (2000, 3000), "key-art.jpg": (1920, 1080)}

_SKY_TOP, _SKY_LOW = (28, 34, 58), (214, 132, 84)
_SNOW_FAR, _SNOW_NEAR = (196, 178, 172), (92, 98, 120)
_SUN, _STEEL, _WOOD, _PAPER = (244, 208, 150), (48, 46, 58), (78, 66, 66), (244, 238, 226)


def write(folder: Path) -> None:
    """Draw the poster and the key art into a folder."""
    folder.mkdir(parents=True)
    for name, (width, height) in SIZES.items():
        _draw(width, height).save(folder / name, "JPEG", quality=90)


def _draw(width: int, height: int) -> "Image.Image":
    from PIL import Image, ImageDraw

    horizon = height * 58 // 100
    image = Image.new("RGB", (width, height))
    image.paste(_ramp(width, horizon, _SKY_TOP, _SKY_LOW), (0, 0))
    draw = ImageDraw.Draw(image)
    radius = min(width, height) // 9
    draw.circle((width // 2, horizon), radius, _SUN)
    image.paste(_ramp(width, height - horizon, _SNOW_FAR, _SNOW_NEAR), (0, horizon))
    _rails(draw, width, height, horizon)
    _words(draw, width, height)
    return image


def _ramp(width: int, height: int, top: tuple[int, int, int], low: tuple[int, int, int]) -> "Image.Image":
    from PIL import Image, ImageOps

    return ImageOps.colorize(Image.linear_gradient("L").resize((width, height)), top, low)


def _rails(draw: "ImageDraw.ImageDraw", width: int, height: int, horizon: int) -> None:
    """A straight track to the horizon. Sleepers at equal distances stand in the picture at 1/distance."""
    middle, depth, gauge = width // 2, height - horizon, min(width, height) * 2 // 5
    for number in range(1, 400):
        near, far = depth * 10 // (9 + number), depth * 20 // (19 + 2 * number)
        left = gauge * 13 * near // (20 * depth)
        draw.rectangle((middle - left, horizon + far, middle + left, horizon + near), _WOOD)
    for side in (-1, 1):
        foot = middle + side * gauge // 2
        tread = max(gauge // 24, 4)
        draw.polygon([(middle, horizon), (foot - tread, height), (foot + tread, height)], _STEEL)


def _words(draw: "ImageDraw.ImageDraw", width: int, height: int) -> None:
    """The title in the font that Pillow carries; it has Latin letters only."""
    from PIL import ImageFont

    size = min(width, height) // 10
    font = ImageFont.load_default(size)
    for number, line in enumerate(TITLE):
        draw.text((width // 2, height // 10 + number * size * 5 // 4), line, _PAPER, font, "ma")

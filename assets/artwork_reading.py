"""A picture -> its pixels' facts: decoded once, in a worker process, with a limit to what is decoded at all."""

import hashlib
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 150_000_000
"""Pixels that are decoded: a square of 12 247, more than any platform takes; more is a bomb or a mistake."""

_ORIENTATION = 274
"""The EXIF tag that says how a picture has to be turned to stand upright (EXIF 2.32, 4.6.4: Orientation)."""

_PROFILE_SPACE = slice(16, 20)
"""Where an ICC profile's header names its colour space (ICC.1:2010, 7.2.6)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What decoding a picture tells beside its size: all of it about the first frame, except `frames`.

    `orientation` is EXIF's, 1 is upright. `least_alpha` is that of the most transparent pixel, from 0 to 255, None
    without transparency. `profile` is the description of its ICC profile, `profile_space` the space that it is for.
    `is_blank` is a picture of one colour, `is_doubled` one in which each pixel stands four times, in a square.
    `pixels` is the digest of the decoded pixels: two files of one picture have the same.
    """

    frames: int = 1
    orientation: int = 1
    is_progressive: bool = False
    profile: str = ""
    profile_space: str = ""
    least_alpha: int | None = None
    is_blank: bool = False
    is_doubled: bool = False
    pixels: str = ""


def read_image(name: str) -> tuple[int, int, str, str, Picture]:
    """Width, height, colour mode and format of a picture, and what its pixels tell; all of its first frame decoded.

    Raises ValueError for a picture of more than MAX_PIXELS, and what Pillow raises.
    """
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is ours
        try:
            image = Image.open(Path(name))
        except Image.DecompressionBombError as error:
            raise ValueError(f"it has far more than {MAX_PIXELS} pixels, which is the most that is decoded") from error
        except UnidentifiedImageError as error:  # whose text names the file as this machine does
            raise ValueError("it is no picture of a known format") from error
        with image:
            if image.width * image.height > MAX_PIXELS:
                raise ValueError(f"it has {image.width}x{image.height} pixels; at most {MAX_PIXELS} are decoded in all")
            frames = getattr(image, "n_frames", 1)
            image.load()
            return image.width, image.height, image.mode, image.format or "unknown", _picture(image, frames)


def _picture(image: "Image.Image", frames: int) -> Picture:
    is_blank = _is_blank(image)
    profile, space = _profile(image)
    return Picture(
        frames=frames,
        orientation=_orientation(image),
        is_progressive=bool(image.info.get("progressive") or image.info.get("interlace")),
        profile=profile,
        profile_space=space,
        least_alpha=_least_alpha(image),
        is_blank=is_blank,
        is_doubled=not is_blank and _is_doubled(image),
        pixels=hashlib.sha256(f"{image.mode} {image.size}".encode() + image.tobytes()).hexdigest(),
    )


def _orientation(image: "Image.Image") -> int:
    value = image.getexif().get(_ORIENTATION, 1)
    return value if isinstance(value, int) else 1


def _is_blank(image: "Image.Image") -> bool:
    extrema = image.getextrema()
    pairs = extrema if isinstance(extrema[0], tuple) else (extrema,)
    return all(least == most for least, most in pairs)


def _is_doubled(image: "Image.Image") -> bool:
    """Whether the picture is exactly another one of half its width and height, enlarged without a filter."""
    from PIL import Image, ImageChops

    if image.width % 2 or image.height % 2 or image.mode not in {"L", "RGB", "RGBA", "CMYK"}:
        return False
    half = image.resize((image.width // 2, image.height // 2), Image.Resampling.NEAREST)
    whole = half.resize(image.size, Image.Resampling.NEAREST)
    return all(
        ImageChops.difference(left, right).getbbox() is None
        for left, right in zip(image.split(), whole.split(), strict=True)
    )


def _least_alpha(image: "Image.Image") -> int | None:
    if "transparency" in image.info and image.mode in {"1", "L", "P", "RGB"}:
        image = image.convert("RGBA")
    if "A" not in image.getbands():
        return None
    least = image.getchannel("A").getextrema()[0]
    return int(least) if isinstance(least, int | float) else None


def _profile(image: "Image.Image") -> tuple[str, str]:
    """The ICC profile's description and the colour space it is for; both empty without a profile."""
    import io

    from PIL import ImageCms

    data = image.info.get("icc_profile")
    if not data:
        return "", ""
    space = bytes(data[_PROFILE_SPACE]).decode("latin-1").strip()
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data))).strip() or "unnamed", space
    except (ImageCms.PyCMSError, OSError):
        return "unreadable", space

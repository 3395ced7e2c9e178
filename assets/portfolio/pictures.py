"""Small copies of artwork for a page: nothing of the original but its picture goes along.

Pictures are decoded in a process of their own, many in one; where one of them ends it, they are tried one by one.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assets.artwork_reading import MAX_PIXELS
from assets.worker import WorkerError, run_isolated

if TYPE_CHECKING:
    from PIL import Image

FORM = 1
"""Raised when the same picture gives other bytes."""
WIDTHS = {"poster": (320, 640), "wide": (800, 1600)}
"""The widths of the copies, in pixels, by the shape of a place on the page."""
_QUALITY = 82
_BATCH = 32
_SECONDS_EACH = 30


@dataclass(frozen=True, slots=True)
class Job:
    """A copy to be made: of a file, to a file, at most so many pixels wide."""

    source: Path
    target: Path
    width: int


def name_of(sha256: str, width: int) -> str:
    """The file name of a copy, by what it is made from and how: another picture has another name."""
    from PIL import __version__ as library

    made = hashlib.sha256(f"{sha256} {width} {FORM} {library}".encode()).hexdigest()
    return f"{made[:20]}.jpg"


def make(jobs: Sequence[Job], told: Callable[[int], None]) -> dict[Path, str]:
    """Make the copies; why one could not be made, by its target. `told` is how many are done."""
    failed: dict[Path, str] = {}
    for first in range(0, len(jobs), _BATCH):
        batch = jobs[first : first + _BATCH]
        try:
            failed |= _together(batch)
        except WorkerError:
            for job in batch:
                failed |= _alone(job)
        told(first + len(batch))
    return failed


def _together(jobs: Sequence[Job]) -> dict[Path, str]:
    found = run_isolated(_copy_all, jobs, seconds=_SECONDS_EACH * len(jobs))
    return {jobs[number].target: str(why) for number, why in found}


def _alone(job: Job) -> dict[Path, str]:
    try:
        return _together([job])
    except WorkerError as error:
        return {job.target: str(error)}


def _copy_all(jobs: Sequence[Job]) -> list[tuple[int, str]]:
    """The numbers of the copies that could not be made, and why; runs in the worker."""
    failed = []
    for number, job in enumerate(jobs):
        try:
            copy(job)
        except Exception as error:  # noqa: BLE001 -- over a hostile file any error is a fact about the file
            failed.append((number, f"{type(error).__name__}: {error}"))
    return failed


def copy(job: Job) -> None:
    """Write one copy as a JPEG in sRGB, upright, without metadata. Raises ValueError, and what Pillow raises."""
    from PIL import Image, ImageOps

    with Image.open(job.source) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError(f"it has {image.width}x{image.height} pixels; at most {MAX_PIXELS}")
        profile = image.info.get("icc_profile")
        image.draft("RGB", (job.width * 2, job.width * 2))
        upright = ImageOps.exif_transpose(image)
        height = max(1, (upright.height * job.width + upright.width // 2) // upright.width)
        if job.width < upright.width:
            upright = upright.convert(_mode(upright.mode)).resize((job.width, height), Image.Resampling.LANCZOS)
        plain = Image.new("RGB", upright.size)
        plain.paste(_in_srgb(upright, profile))
        plain.save(job.target, "JPEG", quality=_QUALITY, optimize=True, progressive=True)


def _mode(mode: str) -> str:
    """The mode in which a picture is resized: palettes and single bits have no shades between."""
    return mode if mode in {"L", "RGB", "RGBA", "CMYK"} else "RGBA"


def _in_srgb(image: "Image.Image", profile: object) -> "Image.Image":
    """The picture in sRGB, on white where it is transparent; a profile that cannot be used is left out."""
    import io

    from PIL import Image, ImageCms

    if image.mode in {"RGBA", "LA", "PA"}:
        on_white = Image.new("RGBA", image.size, "white")
        on_white.alpha_composite(image.convert("RGBA"))
        image = on_white.convert("RGB")
    if isinstance(profile, bytes) and image.mode in {"RGB", "CMYK", "L"}:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert("RGB")
    return image.convert("RGB")

"""The check master/raster."""

from assets.media import Master
from checks.core import Limits, Problem, Problems, check
from checks.media import PixelSize, Several, Size, listed, pictures


class Raster(Limits):
    """The frames a picture may have, such as `1920x1080`; where `cropped`, it fills the width or height of one."""

    frames: Several[PixelSize]
    cropped: bool = False


@check("master/raster", on=Master, limits=Raster)
def raster(master: Master, limits: Raster) -> Problems:
    """The picture has another width and height than the platform takes.

    Deliver the native size without scaling it up. An odd width or height cannot be stored with subsampled colour.
    """
    allowed = listed(limits.frames) + (" or cropped from one of them" if limits.cropped else "")
    for at, stream in pictures(master):
        size = Size(stream.width, stream.height)
        if not any(_fits(size, frame, cropped=limits.cropped) for frame in limits.frames):
            yield Problem("picture of {measured}, allowed: {allowed}", at, measured=size, allowed=allowed)
        elif size.width % 2 or size.height % 2:
            yield Problem("picture of {measured}, allowed: {allowed}", at, measured=size, allowed="even sides")


def _fits(size: Size, frame: Size, *, cropped: bool) -> bool:
    if not cropped:
        return size == frame
    fills = size.width == frame.width or size.height == frame.height
    return fills and size.width <= frame.width and size.height <= frame.height

"""The meters of pictures, all of which see every picture of a stream."""

from assets.signals.meters import PictureMeter, PictureSetting
from assets.signals.times import TimesMeter


def meters_for(setting: PictureSetting) -> list[PictureMeter]:
    """New meters for a stream of pictures."""
    return [TimesMeter()]

"""Measured repetitions of pictures."""

from assets.signals.model import PictureSignals, Repeats
from checks.core import CannotCheck


def repeats_of(picture: PictureSignals) -> Repeats:
    """The repetitions in a picture. Raises CannotCheck if they were not measured."""
    if picture.repeats is None:
        raise CannotCheck("its repeated pictures were not measured")
    return picture.repeats

"""The check master/timestamps."""

from collections.abc import Iterator
from dataclasses import replace

from assets.media import Master
from assets.signals.model import PictureSignals
from checks.core import At, Problem, Problems, check
from checks.signals import pictures_measured
from checks.stretches import length, length_text, placed, shortened


@check("master/timestamps", on=Master)
def timestamps(master: Master) -> Problems:
    """The times of the pictures leave a gap, or go backwards.

    A player holds the last picture or drops one, and sound and picture part. Write the file again from its source.
    """
    for at, picture, _ in pictures_measured(master, "gaps", "backwards"):
        yield from shortened(_gaps(at, picture))
        yield from shortened(_backwards(at, picture))


def _gaps(at: At, picture: PictureSignals) -> Iterator[Problem]:
    for gap in picture.gaps:
        yield Problem("no picture for {measured}", placed(at, gap), measured=length_text(length(gap)))


def _backwards(at: At, picture: PictureSignals) -> Iterator[Problem]:
    for time in picture.backwards:
        yield Problem("the time of a picture is not after that of the one before", replace(at, start=time))

"""The check master/framing-changes."""

from collections.abc import Iterator

from assets.media import Master, VideoStream
from assets.signals.model import Box, PictureSignals
from assets.timing import from_ms
from checks.core import At, Limits, Problem, Problems, check
from checks.master._framing import Pixels, differs_by, framings_in, shape_text, usual_box
from checks.media import Milliseconds
from checks.signals import pictures_measured
from checks.stretches import length, placed, shortened


class FramingChanges(Limits):
    """By how many pixels an edge of the picture may move, and how long it stays before it counts."""

    max_px: Pixels
    min_ms: Milliseconds = 0


@check("master/framing-changes", on=Master, limits=FramingChanges)
def framing_changes(master: Master, limits: FramingChanges) -> Problems:
    """The picture has another shape for a part of the programme.

    Archive footage in its own shape is meant so; a shot that was forgotten in the conform is not. What is smaller in
    both directions is left out: lettering on black looks like that.
    """
    for at, picture, stream in pictures_measured(master, "framings", "black", "bars", "frozen"):
        yield from shortened(_found(at, picture, stream, limits))


def _found(at: At, picture: PictureSignals, stream: VideoStream, limits: FramingChanges) -> Iterator[Problem]:
    framings = framings_in(picture)
    usual = usual_box(framings, limits.max_px)
    for framing in framings:
        if length(framing) < from_ms(limits.min_ms) or differs_by(framing.box, usual) <= limits.max_px:
            continue
        if not _is_within(framing.box, usual):
            yield Problem(
                "picture of {measured}, elsewhere {allowed}",
                placed(at, framing),
                measured=shape_text(framing.box, stream),
                allowed=shape_text(usual, stream),
            )


def _is_within(box: Box, usual: Box) -> bool:
    """Whether a box is narrower and lower than the usual one."""
    return box.left + box.right > usual.left + usual.right and box.top + box.bottom > usual.top + usual.bottom

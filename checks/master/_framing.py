"""The picture's place within its raster: which box holds for most of the programme, and its shape."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from assets.media import VideoStream
from assets.signals.model import Box, Framing, PictureSignals
from assets.timing import Time
from checks.core import CannotCheck
from checks.master._edges import programme_of
from checks.media import Size, ratio_text
from checks.stretches import length

Pixels = Annotated[int, Field(ge=0)]

CANDIDATES = 100
"""Boxes that are compared with all others: one that held for less time than a hundred others is not the usual one."""


def framings_in(picture: PictureSignals) -> list[Framing]:
    """The framings of the programme, without its head and tail. Raises CannotCheck if all of it is black."""
    programme = programme_of(picture)
    found = [
        replace(framing, start=max(framing.start, programme.start), end=min(framing.end, programme.end))
        for framing in picture.framings
        if framing.end > programme.start and framing.start < programme.end
    ]
    if not found:
        raise CannotCheck("the programme has no picture that is not black")
    return found


def usual_box(framings: Iterable[Framing], tolerance: int) -> Box:
    """The box that holds for the longest time, together with those that differ by no more than the tolerance."""
    times: dict[Box, Time] = {}
    for framing in framings:
        times[framing.box] = times.get(framing.box, 0) + length(framing)

    def together(box: Box) -> tuple[Time, Time]:
        near = sum(time for other, time in times.items() if differs_by(box, other) <= tolerance)
        return near, times[box]

    return max(sorted(times, key=lambda box: -times[box])[:CANDIDATES], key=together)


def differs_by(one: Box, other: Box) -> int:
    """The most pixels by which an edge of one box is away from that of the other."""
    return max(abs(edge - before) for edge, before in zip(edges(one), edges(other), strict=True))


def edges(box: Box) -> tuple[int, int, int, int]:
    """Left, top, right and bottom."""
    return box.left, box.top, box.right, box.bottom


def size_in(box: Box, stream: VideoStream) -> Size:
    """The size of the picture within its raster."""
    return Size(stream.width - box.left - box.right, stream.height - box.top - box.bottom)


def shape_text(box: Box, stream: VideoStream) -> str:
    """`1920x804 (2.388:1)`: the size of the picture and the shape in which it is shown."""
    size = size_in(box, stream)
    if size.width <= 0 or size.height <= 0:
        raise CannotCheck("the raster that the file states is smaller than its picture")
    return f"{size} ({ratio_text(Fraction(size.width, size.height) * stream.sample_aspect)})"

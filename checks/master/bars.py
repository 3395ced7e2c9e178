"""The check master/bars."""

from collections.abc import Iterator
from typing import Literal

from assets.media import Master
from assets.signals.model import PictureSignals, Stretch
from assets.timing import from_ms
from checks.core import At, Limits, Problem, Problems, check
from checks.master._edges import Head, head_of
from checks.media import Milliseconds
from checks.signals import pictures_measured
from checks.stretches import length, length_text, placed, shortened


class Bars(Limits):
    """Whether colour bars stand before the programme, and how long bars, slate and black of such a head are.

    Each length is right within `tolerance_ms`; one that is not given may be any.
    """

    at_head: Literal["forbidden", "allowed", "required"]
    bars_ms: Milliseconds | None = None
    slate_ms: Milliseconds | None = None
    black_ms: Milliseconds | None = None
    tolerance_ms: Milliseconds = 1000


@check("master/bars", on=Master, limits=Bars)
def bars(master: Master, limits: Bars) -> Problems:
    """Colour bars stand where the platform does not want them, or the head lacks its bars, slate or black.

    Streaming services show the file from its first picture to its last; broadcasters line up by the bars and read the
    slate. Cut the head off, or put one before the programme.
    """
    for at, picture, _ in pictures_measured(master, "bars", "black", "frozen"):
        head = head_of(picture)
        if head.bars is None and limits.at_head == "required":
            yield Problem("no colour bars before the programme")
        elif head.bars is not None and limits.at_head != "forbidden":
            yield from _head(at, head, limits)
        yield from shortened(_elsewhere(at, picture, None if limits.at_head == "forbidden" else head.bars))


def _elsewhere(at: At, picture: PictureSignals, allowed: Stretch | None) -> Iterator[Problem]:
    for found in picture.bars:
        if found != allowed:
            yield Problem("colour bars for {measured}", placed(at, found), measured=length_text(length(found)))


def _head(at: At, head: Head, limits: Bars) -> Iterator[Problem]:
    parts = (
        ("colour bars", head.bars, limits.bars_ms),
        ("slate", head.slate, limits.slate_ms),
        ("black after it", head.black, limits.black_ms),
    )
    for name, part, milliseconds in parts:
        if milliseconds is None:
            continue
        allowed = f"{length_text(from_ms(milliseconds))} ± {length_text(from_ms(limits.tolerance_ms))}"
        if part is None:
            yield Problem("no {part} in the head, required: {allowed}", at, "none", allowed, {"part": name})
        elif abs(length(part) - from_ms(milliseconds)) > from_ms(limits.tolerance_ms):
            measured = length_text(length(part))
            yield Problem(
                "{part}: {measured}, required: {allowed}", placed(at, part), measured, allowed, {"part": name}
            )

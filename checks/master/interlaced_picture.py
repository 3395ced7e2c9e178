"""The check master/interlaced-picture."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assets.media import Master
from assets.signals.model import Fields, Stretch
from assets.timing import TICKS_PER_SECOND
from checks.core import At, CannotCheck, Limits, Problem, Problems, check
from checks.master._fields import FEWEST, INTERLACED, Percent, fields_of, percent, woven
from checks.signals import pictures_measured
from checks.stretches import length, length_text, placed, shortened


class InterlacedPicture(Limits):
    """The share of woven pictures, in per cent, that a progressive stream may have, as archive footage does.

    `min_interlaced_percent` is the least share that a stream needs to be called interlaced; 0 where films are
    broadcast as whole pictures in an interlaced stream.
    """

    max_woven_percent: Percent
    min_interlaced_percent: Percent = 0


@check("master/interlaced-picture", on=Master, limits=InterlacedPicture)
def interlaced_picture(master: Master, limits: InterlacedPicture) -> Problems:
    """The picture looks woven of two fields though the stream says that it is progressive, or the other way round.

    A player only deinterlaces what is flagged, so that the picture is combed; a progressive picture that is flagged as
    interlaced loses half its lines. Correct the flag if that is wrong; otherwise go back to a source that is right.
    A share within the limit is reported as borderline, with its times.
    """
    for at, picture, stream in pictures_measured(master, "fields"):
        fields = fields_of(picture)
        if stream.scan in INTERLACED:
            yield from _too_whole(at, fields, limits)
            continue
        telling = fields.progressive + woven(fields)
        mild = not woven(fields) or percent(woven(fields), telling) < limits.max_woven_percent
        yield from shortened(
            Problem(
                "looks woven of two fields for {measured}, the stream says {scan}",
                placed(at, stretch),
                measured=length_text(length(stretch)),
                values={"scan": stream.scan},
                borderline=mild,
            )
            for stretch in _joined(fields.combed)
        )


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Stretches less than a second apart as one: at a cut nothing tells how a picture is woven."""
    last: Stretch | None = None
    for stretch in stretches:
        if last is not None and stretch.start - last.end < TICKS_PER_SECOND:
            last = replace(last, end=max(last.end, stretch.end))
            continue
        if last is not None:
            yield last
        last = stretch
    if last is not None:
        yield last


def _too_whole(at: At, fields: Fields, limits: InterlacedPicture) -> Problems:
    if not limits.min_interlaced_percent:
        return
    telling = fields.progressive + woven(fields)
    if telling < FEWEST:
        raise CannotCheck("too little moves in the picture to tell whether it is interlaced")
    if percent(woven(fields), telling) < limits.min_interlaced_percent:
        yield Problem(
            "{measured} of the pictures with motion look interlaced, at least {allowed} in an interlaced stream",
            at,
            measured=f"{percent(woven(fields), telling)} %",
            allowed=f"{limits.min_interlaced_percent} %",
        )

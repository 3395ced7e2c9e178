"""The check master/telecine."""

from assets.media import Master
from checks.core import Limits, Problem, Problems, check
from checks.master._fields import Percent, fields_of
from checks.signals import pictures_measured
from checks.stretches import length, length_text, placed, shortened, total


class Telecine(Limits):
    """Up to which share of the programme, in per cent, pull-down is borderline: archive footage may have it."""

    archive_percent: Percent


@check("master/telecine", on=Master, limits=Telecine)
def telecine(master: Master, limits: Telecine) -> Problems:
    """Pictures were made from film by 2:3 pull-down, or the stream asks a player to do so.

    Two of five pictures are woven of two, and pans judder. Deliver the film at its own rate: inverse telecine restores
    it where the cadence was not cut.
    """
    for at, picture, _ in pictures_measured(master, "fields"):
        fields = fields_of(picture)
        mild = 100 * total(fields.telecine) <= limits.archive_percent * length(picture)
        yield from shortened(
            Problem("2:3 pull-down for {measured}", placed(at, part), length_text(length(part)), borderline=mild)
            for part in fields.telecine
        )
        if fields.flagged_repeat:
            yield Problem(
                "{measured} of {frames} pictures ask for a field to be shown again (pull-down flags)",
                at,
                measured=fields.flagged_repeat,
                values={"frames": picture.frames},
            )

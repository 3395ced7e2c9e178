"""The check master/slate-suspected."""

from assets.media import Master
from checks.core import Problem, Problems, check
from checks.master._edges import head_of
from checks.signals import pictures_measured
from checks.stretches import length, length_text, placed


@check("master/slate-suspected", on=Master)
def slate_suspected(master: Master) -> Problems:
    """A card stands still before the programme, next to black or colour bars, as a slate does.

    A slate is not part of the programme: streaming services refuse it. If it is one, cut it off; a title card that is
    cut hard against black looks the same, so that a person has to look.
    """
    for at, picture, _ in pictures_measured(master, "frozen", "black", "bars"):
        slate = head_of(picture).slate
        if slate is not None:
            yield Problem(
                "{measured} of what looks like a slate", placed(at, slate), measured=length_text(length(slate))
            )

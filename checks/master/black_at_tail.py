"""The check master/black-at-tail."""

from assets.media import Master
from checks.core import Problems, check
from checks.master._black import Black, judged
from checks.master._edges import black_at_tail as tail_of
from checks.signals import pictures_measured


class BlackAtTail(Black):
    """Black after the programme: its fewest frames, and its most milliseconds if there is a most.

    `other_min_frames` and `other_max_ms` are what another text allows: what lies between the two is borderline.
    """


@check("master/black-at-tail", on=Master, limits=BlackAtTail)
def black_at_tail(master: Master, limits: BlackAtTail) -> Problems:
    """The programme ends with less black than the platform asks for, or with more.

    Without black a player holds the last picture; with much of it, what follows comes late and the runtime is wrong.
    Trim the tail, or add black to it.
    """
    for at, picture, stream in pictures_measured(master, "black"):
        yield from judged(at, tail_of(picture), stream, limits)

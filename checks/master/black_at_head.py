"""The check master/black-at-head."""

from assets.media import Master
from checks.core import Problems, check
from checks.master._black import Black, judged
from checks.master._edges import head_of
from checks.signals import pictures_measured


class BlackAtHead(Black):
    """Black before the programme: its fewest frames, and its most milliseconds if there is a most.

    `other_min_frames` and `other_max_ms` are what another text allows: what lies between the two is borderline.
    """


@check("master/black-at-head", on=Master, limits=BlackAtHead)
def black_at_head(master: Master, limits: BlackAtHead) -> Problems:
    """The programme starts with less black than the platform asks for, or with more.

    A stream that starts on the first picture may lose it when a player fades in; long black looks like a film that does
    not start. Trim the head, or add black to it; sound and subtitles move with it.
    """
    for at, picture, stream in pictures_measured(master, "black", "bars", "frozen"):
        yield from judged(at, head_of(picture).black, stream, limits)

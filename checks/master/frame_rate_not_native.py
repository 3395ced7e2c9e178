"""The check master/frame-rate-not-native."""

from fractions import Fraction

from assets.media import Master
from checks.core import Problem, Problems, check
from checks.master._edges import rate_of
from checks.master._repeats import repeats_of
from checks.media import rates_text
from checks.signals import pictures_measured

DRAWN_ON = (2, 3)
"""Animation is drawn on twos or threes: every picture stands for two or three frames of film."""

FASTEST_FILM = Fraction(30)


@check("master/frame-rate-not-native", on=Master)
def frame_rate_not_native(master: Master) -> Problems:
    """Pictures are repeated at regular distances: the programme was made at another rate.

    Converted in this way, motion judders for everyone. Deliver the rate in which it was shot or finished. Animation on
    twos or threes looks the same, and is borderline.
    """
    for at, picture, stream in pictures_measured(master, "repeats"):
        every = repeats_of(picture).every
        if every <= 1:
            continue
        rate = rate_of(stream)
        yield Problem(
            "one picture in {every} repeats the one before: {measured}, though it was made at {allowed}",
            at,
            measured=rates_text([rate]),
            allowed=rates_text([rate * (every - 1) / every]),
            values={"every": every},
            borderline=every in DRAWN_ON and rate <= FASTEST_FILM,
        )

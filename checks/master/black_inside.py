"""The check master/black-inside."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from assets.media import Master, VideoStream
from assets.signals.model import PictureSignals
from assets.timing import from_ms
from checks.core import At, Limits, Problem, Problems, check
from checks.master._black import frames_text
from checks.master._edges import frames_in, inside, programme_of
from checks.media import Milliseconds
from checks.signals import pictures_measured
from checks.stretches import length, length_text, placed, shortened


class BlackInside(Limits):
    """The longest black within the programme, and the fewest frames that are no slip of an edit."""

    max_ms: Milliseconds
    min_frames: Annotated[int, Field(ge=1)] = 1


@check("master/black-inside", on=Master, limits=BlackInside)
def black_inside(master: Master, limits: BlackInside) -> Problems:
    """The programme turns black for long, as for commercials, or for a frame or two, as where an edit slipped.

    Commercial blacks are cut out for streaming; a lost shot is black too. Black that the film has on purpose may stay.
    """
    for at, picture, stream in pictures_measured(master, "black", "bars", "frozen"):
        yield from shortened(_found(at, picture, stream, limits))


def _found(at: At, picture: PictureSignals, stream: VideoStream, limits: BlackInside) -> Iterator[Problem]:
    for black in inside(picture.black, programme_of(picture)):
        if length(black) > from_ms(limits.max_ms):
            allowed = length_text(from_ms(limits.max_ms))
            yield Problem(
                "{measured} of black, at most {allowed}", placed(at, black), length_text(length(black)), allowed
            )
        elif limits.min_frames > 1 and frames_in(black, stream) < limits.min_frames:
            frames = frames_text(frames_in(black, stream))
            yield Problem("{measured} of black, at least {allowed}", placed(at, black), frames, limits.min_frames)

"""The check master/frozen-inside."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from assets.media import Master
from assets.signals.model import PictureSignals, Stretch
from assets.timing import from_ms
from checks.core import At, Limits, Problem, Problems, check
from checks.master._edges import programme_of
from checks.media import Milliseconds
from checks.signals import pictures_measured
from checks.stretches import length, length_text, overlap, placed, shortened

Percent = Annotated[int, Field(ge=0, le=50)]


class FrozenInside(Limits):
    """How long a picture may stand still, but for titles: the first and the last so many percent of the programme."""

    max_ms: Milliseconds
    titles_percent: Percent = 0
    credits_percent: Percent = 0


@check("master/frozen-inside", on=Master, limits=FrozenInside)
def frozen_inside(master: Master, limits: FrozenInside) -> Problems:
    """The picture stands still within the programme, without the least change.

    A recorder or an export that lost its input leaves one picture standing while the sound goes on. A photograph or a
    title that stands on purpose may stay.
    """
    for at, picture, _ in pictures_measured(master, "frozen", "black", "bars"):
        yield from shortened(_found(at, picture, limits))


def _found(at: At, picture: PictureSignals, limits: FrozenInside) -> Iterator[Problem]:
    judged = _between_titles(programme_of(picture), limits)
    for still in picture.frozen:
        if overlap(still, [judged]) > from_ms(limits.max_ms):
            yield Problem(
                "the picture stands still for {measured}, at most {allowed}",
                placed(at, still),
                measured=length_text(length(still)),
                allowed=length_text(from_ms(limits.max_ms)),
            )


def _between_titles(programme: Stretch, limits: FrozenInside) -> Stretch:
    percent = length(programme) // 100
    return Stretch(programme.start + limits.titles_percent * percent, programme.end - limits.credits_percent * percent)

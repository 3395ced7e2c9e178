"""What stands before and after the programme: leader, colour bars, slate and black, as their signals show them.

A broadcaster's head is bars, slate and black in this order; a streaming master has at most some black. A slate is a
still card, or a running clock between the bars and the black.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from assets.media import VideoStream
from assets.signals.model import PictureSignals, Stretch
from assets.timing import Time, from_ms, to_seconds
from checks.core import CannotCheck
from checks.stretches import length

JOINT = from_ms(100)
"""Two parts follow each other directly if no more lies between them: a fade takes longer."""

LONGEST_CLOCK = from_ms(30_000)
"""A clock that runs between bars and black is no longer than this."""

SHORTEST_CARD = from_ms(5_000)
"""A still card without bars is taken for a slate only if it stands as long as this: titles of a film are shorter."""


@dataclass(frozen=True, slots=True)
class Head:
    """What was found before the programme, which starts at `end`; `black` is what stands right before it."""

    end: Time
    bars: Stretch | None = None
    slate: Stretch | None = None
    black: Stretch | None = None


def head_of(picture: PictureSignals) -> Head:
    """The head of a file. Its end is the first picture of the programme."""
    leader = next(_from(picture.black, picture.start), None)
    start = leader.end if leader else picture.start
    bars = next(_from(picture.bars, start), None)
    if bars:
        return _after_bars(picture, bars)
    card = next(_from(picture.frozen, start), None)
    after = next(_from(picture.black, card.end), None) if card else None
    if card and length(card) >= SHORTEST_CARD and (leader or after):
        return Head(after.end if after else card.end, slate=card, black=after)
    return Head(start, black=leader)


def _after_bars(picture: PictureSignals, bars: Stretch) -> Head:
    """Black, a card, or a clock may follow the bars, and black again."""
    black = next(_from(picture.black, bars.end), None)
    end = black.end if black else bars.end
    slate = next(_from(picture.frozen, end), None)
    if slate is None and black is None:
        slate = _clock(picture.black, end)
    if slate is None:
        return Head(end, bars, black=black)
    black = next(_from(picture.black, slate.end), None)
    return Head(black.end if black else slate.end, bars, slate, black)


def _clock(blacks: Iterable[Stretch], end: Time) -> Stretch | None:
    """What lies between the end of the bars and the next black, if it is as short as a clock is."""
    black = next((black for black in blacks if black.start >= end), None)
    return Stretch(end, black.start) if black and black.start - end <= LONGEST_CLOCK else None


def _from(parts: Iterable[Stretch], start: Time) -> Iterator[Stretch]:
    """The parts that begin at a time."""
    return (part for part in parts if abs(part.start - start) <= JOINT)


def black_at_tail(picture: PictureSignals) -> Stretch | None:
    """The black with which the file ends."""
    return next((black for black in picture.black if black.end >= picture.end), None)


def programme_of(picture: PictureSignals) -> Stretch:
    """The pictures between head and tail."""
    head, tail = head_of(picture), black_at_tail(picture)
    return Stretch(head.end, max(head.end, tail.start) if tail else max(head.end, picture.end))


def inside(parts: Iterable[Stretch], programme: Stretch) -> list[Stretch]:
    """The parts that begin in the programme."""
    return [part for part in parts if programme.start <= part.start < programme.end]


def frames_in(part: Stretch, stream: VideoStream) -> int:
    """How many pictures a part has. Raises CannotCheck if the file does not state its rate."""
    return round(to_seconds(length(part)) * rate_of(stream))


def rate_of(stream: VideoStream) -> Fraction:
    """The rate of a stream. Raises CannotCheck if the file does not state it."""
    if stream.frame_rate is None:
        raise CannotCheck("the file does not state its frame rate")
    return stream.frame_rate

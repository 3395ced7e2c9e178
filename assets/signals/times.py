"""The times of the pictures: how many there are, from when to when, and where one is missing or out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets.signals.model import Stretch

if TYPE_CHECKING:
    from assets.signals.meters import Picture
    from assets.timing import Time


class TimesMeter:
    """Counts the pictures and compares the time of each with that of the one before.

    A gap is at least half as long as the picture before it: containers that count in milliseconds leave holes of
    less.
    """

    def __init__(self) -> None:
        self._frames = 0
        self._start: Time = 0
        self._last: tuple[Time, Time] | None = None
        self._end: Time = 0
        self._gaps: list[Stretch] = []
        self._backwards: list[Time] = []

    def see(self, picture: Picture) -> None:
        """One more picture."""
        self._frames += 1
        if self._last is None:
            self._start, self._end = picture.start, picture.end
        else:
            start, end = self._last
            if picture.start <= start:
                self._backwards.append(picture.start)
            elif 2 * (picture.start - end) >= end - start and picture.start > end:
                self._gaps.append(Stretch(end, picture.start))
            self._start, self._end = min(self._start, picture.start), max(self._end, picture.end)
        self._last = picture.start, picture.end

    def result(self) -> dict[str, Any]:
        """The fields `frames`, `start`, `end`, `gaps` and `backwards`."""
        return {
            "frames": self._frames,
            "start": self._start,
            "end": self._end,
            "gaps": tuple(self._gaps),
            "backwards": tuple(self._backwards),
        }

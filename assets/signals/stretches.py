"""Stretches of consecutive pictures for which something holds."""

from assets.signals.model import Stretch
from assets.timing import Time


class Stretches:
    """Collects stretches while pictures go by; one ends where the first picture begins for which it no longer holds."""

    def __init__(self, shortest: Time = 0) -> None:
        self._shortest = shortest
        self._since: Time | None = None
        self._end: Time = 0
        self._found: list[Stretch] = []

    def see(self, start: Time, end: Time, *, holds: bool) -> None:
        """One more picture, from `start` to `end`: it holds for it, or it does not."""
        if not holds:
            self._close(start)
            return
        if self._since is None:
            self._since = start
        self._end = end

    def found(self) -> tuple[Stretch, ...]:
        """All of them, those apart that are shorter than the shortest that counts. No picture may follow."""
        self._close(self._end)
        return tuple(self._found)

    def _close(self, end: Time) -> None:
        # A file whose times go backwards can end a stretch before it began: that is no stretch.
        if self._since is not None and end > self._since and end - self._since >= self._shortest:
            self._found.append(Stretch(self._since, end))
        self._since = None

"""What the media library complains about while it decodes, each with the time of the packet in hand."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from assets.signals.model import DecodeError
from assets.timing import Time

KEPT = 1000
"""A file of garbage makes a decoder complain a million times; the rest is counted."""


class Complaints(logging.Handler):
    """Collects errors. `at` is the time of the packet that is being decoded; decoders run a few pictures behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.at: Time | None = None
        self._kept: dict[DecodeError, None] = {}
        self._more = 0

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listens to the media library's log inside the block."""
        import av.logging

        log = logging.getLogger("libav")
        propagates, level = log.propagate, av.logging.get_level()
        log.addHandler(self)
        log.propagate = False
        av.logging.set_level(av.logging.ERROR)
        try:
            yield
        finally:
            av.logging.set_level(level)
            log.propagate = propagates
            log.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """A line of the media library's log."""
        self.add(record.getMessage())

    def add(self, text: str) -> None:
        """One complaint; the same words at the same time are one."""
        error = DecodeError(self.at, " ".join(text.split()))
        if len(self._kept) < KEPT:
            self._kept[error] = None
        elif error not in self._kept:
            self._more += 1

    def all(self) -> tuple[DecodeError, ...]:
        """The complaints, and how many more there were."""
        more = (DecodeError(None, f"and {self._more} more errors"),) if self._more else ()
        return (*self._kept, *more)

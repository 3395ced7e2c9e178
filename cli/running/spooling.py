"""Reports of many titles on disk, so that their number does not matter to the memory of a run."""

import os
import pickle
import tempfile
import weakref
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import IO, overload

from checks.report import Report
from cli import troubles

_FAST = 1

_Place = tuple[int, int] | bytes
"""Where a report is: the place and the length of its bytes in the file, or the bytes."""


def packed(report: Report) -> bytes:
    """A report as few bytes, which a worker makes: the coordinator hands them on, and need not look into them."""
    return zlib.compress(pickle.dumps(report, pickle.HIGHEST_PROTOCOL), _FAST)


def unpacked(data: bytes) -> Report:
    """The report that was packed."""
    found = pickle.loads(zlib.decompress(data))  # noqa: S301 -- packed by this tool, here or in a worker that is trusted
    if not isinstance(found, Report):
        raise TypeError(found)
    return found


class Spooled(Sequence[Report]):
    """Reports in a file of this process that has no name and goes with it; each is read when it is asked for.

    `add` takes those of a target by its number, packed; they are in the order of the numbers, whichever came first.
    """

    def __init__(self) -> None:
        self._is_told = False
        self._file: IO[bytes] = BytesIO()
        with self._telling():
            self._file = tempfile.TemporaryFile(prefix="releaseprint-", buffering=0)  # noqa: SIM115 -- as long as this is there
        weakref.finalize(self, self._file.close)
        self._places: dict[int, list[_Place]] = {}
        self._order: list[_Place] | None = None

    def add(self, number: int, reports: Iterable[bytes]) -> None:
        """Put the reports of a target behind those that are there."""
        for data in reports:
            self._places.setdefault(number, []).append(self._put(data))
        self._order = None

    def _put(self, data: bytes) -> _Place:
        """Where a report is from now on: in the file, and where that has no room for it, in memory."""
        with self._telling():
            start = self._file.seek(0, os.SEEK_END)
            if self._file.write(data) == len(data):
                return start, len(data)
        return data

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """A disk that is full is said, once, and ends nothing."""
        try:
            yield
        except OSError as error:
            if not self._is_told:
                self._is_told = True
                troubles.say(f"no temporary file can be written: {error.strerror}\nThe reports are kept in memory.")

    def __len__(self) -> int:
        return len(self._ordered())

    def __iter__(self) -> Iterator[Report]:
        return map(self._read, self._ordered())

    @overload
    def __getitem__(self, index: int) -> Report: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Report]: ...
    def __getitem__(self, index: int | slice) -> Report | Sequence[Report]:
        places = self._ordered()[index]
        return [self._read(place) for place in places] if isinstance(places, list) else self._read(places)

    def _ordered(self) -> list[_Place]:
        if self._order is None:
            self._order = [place for number in sorted(self._places) for place in self._places[number]]
        return self._order

    def _read(self, place: _Place) -> Report:
        if isinstance(place, bytes):
            return unpacked(place)
        start, length = place
        self._file.seek(start)
        return unpacked(self._file.read(length))

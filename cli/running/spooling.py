"""Reports of many titles on disk, so that their number does not matter to the memory of a run."""

import pickle
import tempfile
import weakref
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from checks.report import Report

_FAST = 1


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
        self._file = tempfile.TemporaryFile(prefix="releaseprint-")  # noqa: SIM115 -- as long as the sequence is there
        weakref.finalize(self, self._file.close)
        self._places: dict[int, list[tuple[int, int]]] = {}
        self._order: list[tuple[int, int]] | None = None

    def add(self, number: int, reports: Iterable[bytes]) -> None:
        """Put the reports of a target behind those that are there. Raises OSError if the disk is full."""
        for data in reports:
            start = self._file.seek(0, 2)
            self._file.write(data)
            self._places.setdefault(number, []).append((start, len(data)))
        self._order = None

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

    def _ordered(self) -> list[tuple[int, int]]:
        if self._order is None:
            self._order = [place for number in sorted(self._places) for place in self._places[number]]
        return self._order

    def _read(self, place: tuple[int, int]) -> Report:
        start, length = place
        self._file.seek(start)
        return unpacked(self._file.read(length))

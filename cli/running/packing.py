"""What is the same for all tasks of a run: pickled once by the coordinator, and unpacked once by each worker.

A platform is many times the size of a title; as a plain argument it would be pickled, sent and made anew for each one.
"""

import pickle
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar, cast

T = TypeVar("T")

_KEPT = 4
"""So many values a worker keeps: those of a few runs that share it."""


@dataclass(frozen=True, slots=True)
class Packed(Generic[T]):
    """A value as compressed bytes, which are cheap to hand over again and again."""

    data: bytes

    @classmethod
    def of(cls, value: T) -> "Packed[T]":
        """Pack a value that can be pickled and that nobody changes."""
        return cls(zlib.compress(pickle.dumps(value)))

    def value(self) -> T:
        """The value; the same object for the same bytes, as long as a worker remembers them."""
        return cast(T, _unpacked(self.data))


@lru_cache(maxsize=_KEPT)
def _unpacked(data: bytes) -> object:
    return pickle.loads(zlib.decompress(data))  # noqa: S301 -- from the coordinator, like the task itself

"""What is found out once and then looked up, where that happens too often for a call each time."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Found(dict[K, V]):
    """What a function says of each key, worked out when it is first looked up.

    A function that refers to its holder keeps both alive while no cycles are looked for (`assets.collecting`).
    """

    __slots__ = ("_work_out",)

    def __init__(self, work_out: Callable[[K], V]) -> None:
        self._work_out = work_out

    def __missing__(self, key: K) -> V:
        value = self[key] = self._work_out(key)
        return value

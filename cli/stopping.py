"""Whoever ends the process from outside ends it as with ^C, so that it cleans up and stops what it has started.

ffmpeg, workers and hooks run in sessions of their own: a key of the terminal reaches the tool alone, which stops them.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Never

_NAMES = ("SIGTERM", "SIGHUP")
"""What `kill` and a terminal that is closed send; a system may not have the second."""


@contextmanager
def stopped_like_a_key() -> Iterator[None]:
    """KeyboardInterrupt for what would end the process at once; what it was started to ignore (`nohup`) it ignores."""
    numbers = [signal.Signals[name] for name in _NAMES if name in signal.Signals.__members__]
    earlier = {number: signal.getsignal(number) for number in numbers}
    changed = {number: handler for number, handler in earlier.items() if handler is signal.SIG_DFL}
    for number in changed:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in changed.items():
            signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> Never:
    raise KeyboardInterrupt

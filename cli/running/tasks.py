"""A task, what became of it, and what a worker does with it."""

import os
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assets.errors import InputError, StoreError


@dataclass(frozen=True, slots=True)
class Task:
    """A function of a module and its arguments, all picklable.

    `key` names what the result depends on: digests, the measurement's version, the platform's revision. `label` is
    what a person calls it, `number` its place among the others. One that is not `is_repeatable` is never done twice at
    the same time. `weight` is how much work it is beside others of its function. `renew` makes its arguments anew when
    what it was lent has ended; it stays with the coordinator, and is given what the task has come to.
    """

    key: str
    label: str
    function: Callable[..., Any]
    arguments: tuple[object, ...] = ()
    number: int = 0
    is_repeatable: bool = True
    weight: int = 1
    renew: Callable[[Any], tuple[object, ...]] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task: a `value`, or a `fault` in one line; `worker` did it, in `seconds`, after so many `tries`.

    `error` is the InputError that the function raised, if that was the fault: one of the input and not of the work.
    One that has `straggled` took so long that another worker began it, too; the first answer counted.
    """

    task: Task
    value: Any = None
    fault: str = ""
    error: InputError | None = None
    worker: str = ""
    seconds: float = 0.0
    tries: int = 1
    straggled: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back from a worker. `has_ended`: with other arguments it may be more, see `EndedError`."""

    value: Any
    worker: str
    seconds: float
    error: InputError | None = None
    fault: str = ""
    has_ended: bool = False


class EndedError(Exception):
    """What a task was lent, such as a link, ended before the task did.

    `value` is what it came to all the same; None if that is nothing, and the text is then its fault.
    """

    def __init__(self, why: str, value: object = None) -> None:
        self.value = value
        super().__init__(why)


class WrongToolError(Exception):
    """A worker has another version of the tool: what it finds would not be what is asked for."""


class ClusterError(StoreError):
    """Workers cannot be reached, or none of them can do the work."""


def work(identity: str, function: Callable[..., Any], arguments: tuple[object, ...]) -> Answer:
    """Do a task in a worker. `identity` is that of the coordinator's tool, empty where it cannot be another.

    What the function raises is an answer too: an exception of another library may not be there to be unpickled.
    """
    begun = time.monotonic()
    if identity:
        from cli.running.identity import tool_identity

        if identity != (own := tool_identity()):
            raise WrongToolError(f"{worker_name()} has {own}, and {identity} is asked for")
    try:
        value = function(*arguments)
    except InputError as error:
        return Answer(None, worker_name(), time.monotonic() - begun, error=error)
    except EndedError as error:
        fault = str(error) if error.value is None else ""
        return Answer(error.value, worker_name(), time.monotonic() - begun, fault=fault, has_ended=True)
    except Exception as error:  # noqa: BLE001 -- a fault of one title must not end the run of the others
        return Answer(None, worker_name(), time.monotonic() - begun, fault=fault_text(error))
    return Answer(value, worker_name(), time.monotonic() - begun)


def is_wanted() -> Callable[[], bool]:
    """Tells whether somebody still waits for the task that is being done; true where that cannot be known."""
    if "distributed" not in sys.modules:
        return lambda: True
    from cli.running.cluster import is_waited_for

    return is_waited_for()


def fault_text(error: BaseException) -> str:
    """An exception in one line."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def worker_name() -> str:
    """This process, as a run's report names it."""
    return f"{socket.gethostname()}:{os.getpid()}"

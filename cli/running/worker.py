"""A worker for a cluster: processes that do tasks, begun again when they die or when the scheduler was lost."""

import asyncio
import logging
import signal
from collections.abc import Callable

from assets.errors import UsageError
from cli.running.cluster import quiet, require_address, require_certificates, resource

AGAIN_SECONDS = 2.0
"""How long a worker waits before it looks for its scheduler again."""

_CONNECT_SECONDS = 60
"""So long a process may take to begin and to reach its scheduler, also on a machine that is busy."""

_LEAST_BYTES = 1_000_000


def serve(address: str, slots: int, memory: str, told: Callable[[str], None]) -> None:
    """Do tasks of the scheduler at `address`, in `slots` processes of at most `memory` each, until a signal ends it.

    Each process does one task at a time. `told` hears what happens. Raises UsageError without the extra `cluster`, for
    an address or a size that is none, and for tls:// without certificates.
    """
    require_address(address)
    try:
        import distributed  # noqa: F401 -- only whether it is there
    except ImportError as error:
        raise UsageError("a worker needs dask: pip install '.[cluster]' in a clone of the tool") from error
    require_certificates(address, "worker")
    quiet(logging.ERROR)
    asyncio.run(_serve(address, slots, _bytes(memory), told))


def _bytes(memory: str) -> int:
    from dask.utils import parse_bytes

    try:
        found = int(parse_bytes(memory))
    except ValueError:
        found = 0
    if found < _LEAST_BYTES:
        raise UsageError(f"--memory: {memory!r} is no size of a process; such as 8GB or 512MiB, from 1MB on")
    return found


async def _serve(address: str, slots: int, memory: int, told: Callable[[str], None]) -> None:
    over = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    going = [asyncio.create_task(_slot(address, memory, told)) for _ in range(slots)]
    ended = asyncio.create_task(over.wait())
    await asyncio.wait((ended, *going), return_when=asyncio.FIRST_COMPLETED)
    failed = [task for task in going if task.done()]  # none of them ends of itself
    for task in (ended, *going):
        task.cancel()
    await asyncio.gather(ended, *going, return_exceptions=True)
    for task in failed:
        task.result()


async def _slot(address: str, memory: int, told: Callable[[str], None]) -> None:
    """One process at a time: the nanny begins another one when it dies, and we a new nanny when it gave up."""
    from distributed import Nanny

    while True:
        try:
            async with Nanny(
                address,
                nthreads=1,
                memory_limit=memory,
                resources={resource(): 1},
                death_timeout=_CONNECT_SECONDS,
                dashboard=False,
                env={"DASK_LOGGING__DISTRIBUTED": "error"},
            ) as nanny:
                told(f"{nanny.worker_address}: at work for {address}")
                await nanny.finished()
            told(f"{address}: the scheduler was lost; looking for it again")
        except (OSError, TimeoutError, RuntimeError) as error:
            told(f"{address}: no scheduler answers: {error}")
        except AssertionError:  # how Dask ends a process that has not begun by then
            told(f"{address}: a process did not begin within {_CONNECT_SECONDS} s; trying again")
        await asyncio.sleep(AGAIN_SECONDS)

"""The engine for many machines: a Dask cluster that is there already (https://distributed.dask.org).

Tasks go only to workers that offer `resource()`, which `releaseprint worker` does for the tool that it belongs to: one
of another version never gets any. Dask itself hands a task over again when its worker dies, and gives a task up that
several workers have died of. A lost scheduler loses what was under way; it is handed over again when one is there.
"""

import logging
import re
import time
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from assets.errors import UsageError
from cli.running.identity import tool_identity
from cli.running.tasks import ClusterError

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 30.0
"""So long a scheduler may take to answer, and to have the first worker that can do the work."""

RESTART_SECONDS = 300.0
"""So long a run waits for a scheduler and a worker that went away."""

IDLE_SECONDS = 20.0
"""Tasks that no worker has had for so long were forgotten with a scheduler or with all workers."""

_LOOK_SECONDS = 0.2
_SCHEMES = frozenset({"tcp", "tls"})
_LAST_PORT = 65535
_PREFIX = "releaseprint-"


def resource() -> str:
    """What a worker with this very tool offers, one for each task that it does at a time."""
    return _PREFIX + "-".join(re.findall(r"[\w.+]+", tool_identity().removeprefix(_PREFIX.replace("-", " "))))


def require_address(address: str) -> None:
    """Raises UsageError for what cannot be the address of a scheduler."""
    scheme, _, place = address.partition("://")
    host, _, port = place.rpartition(":")
    if scheme not in _SCHEMES or not host or not (port.isascii() and port.isdigit() and int(port) <= _LAST_PORT):
        raise UsageError(f"{address!r} is no cluster; tcp://HOST:PORT or tls://HOST:PORT of a Dask scheduler")


def require_certificates(address: str, role: str) -> None:
    """Raises UsageError if Dask has none for that role (`client`, `worker`), which `tls://` needs."""
    from distributed.security import Security

    try:
        found = Security().get_connection_args(role).get("ssl_context")
    except (OSError, ValueError) as error:
        raise UsageError(f"{address}: the certificates of Dask's configuration cannot be read: {error}") from error
    if found is None and address.startswith("tls://"):
        raise UsageError(
            f"{address}: there are no certificates; Dask's configuration names them (distributed.comm.tls)"
        )


def quiet(level: int) -> None:
    """Have Dask tell nothing below a level; some of its loggers have one of their own."""
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(level)


def is_waited_for() -> Callable[[], bool]:
    """Tells whether a client still waits for the task that this thread of a worker does; true where there is none."""
    from distributed import get_worker

    try:
        worker = get_worker()
        key = worker.get_current_task()
    except ValueError:
        return lambda: True

    def waited_for() -> bool:
        task = worker.state.tasks.get(key)
        return task is not None and task.state == "executing"

    return waited_for


class Cluster:
    """The scheduler at `address`, `tcp://host:port` or `tls://…`; see `cli.running.runner.Engine`.

    Raises UsageError for an address of another form or where the extra is not installed, ClusterError if nobody
    answers there or no worker has this tool.
    """

    def __init__(self, address: str, wait_seconds: float = CONNECT_SECONDS) -> None:
        require_address(address)
        self.identity = tool_identity()
        self.address = address
        self._begin(wait_seconds)

    @property
    def slots(self) -> int:
        """What the workers that have this tool offer, all together, as of now."""
        return max(1, int(sum(worker["resources"].get(resource(), 0) for worker in self._workers().values())))

    @property
    def is_lost(self) -> bool:
        """Whether the connection is gone, another scheduler answers, or nobody has worked on our tasks for long."""
        if self._client.status != "running" or self._scheduler() != self._known:
            return True
        now, ours = time.monotonic(), set(self._client.futures)
        try:
            if any(key in ours for keys in self._client.processing().values() for key in keys):
                self._idle_since = now
        except (OSError, TimeoutError):
            return True
        return now - self._idle_since > IDLE_SECONDS

    def submit(self, function: Callable[..., Any], *arguments: object) -> "Future[Any]":
        """Hand a call over. Raises ConnectionError if the client has given up on its scheduler."""
        if self._client.status == "closed":
            raise ConnectionError(f"{self.address}: the scheduler was lost")
        future: Future[Any] = self._executor.submit(function, *arguments)
        return future

    def restart(self) -> None:
        """Wait until the scheduler, or another one at its address, has a worker again. Raises ClusterError."""
        self._close()
        self._begin(RESTART_SECONDS)

    def others(self) -> list[str]:
        """The workers of the cluster that do not have this tool, each with what it has."""
        return sorted(
            f"{worker['name']}: {', '.join(_tools(worker)) or 'was not started by `releaseprint worker`'}"
            for worker in self._workers().values()
            if not worker["resources"].get(resource())
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _begin(self, wait_seconds: float) -> None:
        self._client = self._connected(wait_seconds)
        self._known = self._scheduler()
        self._executor = self._client.get_executor(resources={resource(): 1}, pure=False)
        self._idle_since = time.monotonic()

    def _connected(self, wait_seconds: float) -> "Client":
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError("--cluster needs dask: pip install '.[cluster]' in a clone of the tool") from error
        require_certificates(self.address, "client")
        quiet(logging.CRITICAL)  # what it says, we say in our words
        until = time.monotonic() + wait_seconds
        try:
            client = Client(self.address, timeout=wait_seconds, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterError(f"{self.address}: no scheduler answers: {error}") from error
        if self._has_workers(client, until):
            return client
        client.close()
        raise ClusterError(
            f"{self.address}: no worker has {tool_identity()}; `releaseprint worker {self.address}` starts one"
        )

    def _has_workers(self, client: "Client", until: float) -> bool:
        self._client = client
        while not any(worker["resources"].get(resource()) for worker in self._workers().values()):
            if time.monotonic() > until:
                return False
            time.sleep(_LOOK_SECONDS)
        return True

    def _workers(self) -> dict[str, Any]:
        try:
            workers: dict[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
        except (OSError, TimeoutError, KeyError):
            return {}
        return workers

    def _scheduler(self) -> str:
        """The id of the scheduler that answers, which is another one for each that is started."""
        try:
            return str(self._client.scheduler_info(n_workers=-1)["id"])
        except (OSError, TimeoutError, KeyError):
            return ""

    def _close(self) -> None:
        self._executor.shutdown(wait=False)
        self._client.close()


def _tools(worker: dict[str, Any]) -> list[str]:
    return sorted(name.removeprefix(_PREFIX) for name in worker["resources"] if name.startswith(_PREFIX))

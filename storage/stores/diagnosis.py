"""What a store tells of itself before anything is sent: whether it answers, to whom, and by which clock."""

import os
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assets.errors import StoreError
from storage.stores.folder import FolderStore
from storage.stores.store import Store

_CONNECT_SECONDS = 5
_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


@dataclass(slots=True)
class Heard:
    """What the answers of an S3 store said by the way: how many seconds its clock is before ours, None if unknown."""

    is_signed: bool = False
    ahead_seconds: int | None = None

    def sent(self, request: Any, **_: object) -> None:  # noqa: ANN401 -- botocore has no type for it
        """A request leaves: whether it is signed, and not how."""
        self.is_signed = self.is_signed or "Authorization" in request.headers

    def came(self, response_dict: Mapping[str, Any], **_: object) -> None:
        """An answer came."""
        self.ahead_seconds = ahead_seconds(str(response_dict.get("headers", {}).get("date", "")), datetime.now(UTC))


@contextmanager
def heard(store: Store) -> Iterator[Heard]:
    """Listen to what an S3 store answers while the block runs; of another store nothing is heard."""
    listener = Heard()
    client = getattr(store, "handle", (None,))[0]
    if client is None:
        yield listener
        return
    events = client.meta.events
    events.register("before-send.s3", listener.sent)
    events.register("response-received.s3", listener.came)
    try:
        yield listener
    finally:
        events.unregister("before-send.s3", listener.sent)
        events.unregister("response-received.s3", listener.came)


def ahead_seconds(date: str, now: datetime) -> int | None:
    """How far the clock of an answer's Date header is before ours, in seconds; None if the header is no date."""
    try:
        then = parsedate_to_datetime(date)
    except ValueError:
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return round((then - now).total_seconds())


def endpoint(store: Store) -> str | None:
    """The address of an S3 store's server; None for a folder."""
    client = getattr(store, "handle", (None,))[0]
    return None if client is None else str(client.meta.endpoint_url)


def conditional_writes(store: Store) -> bool | None:
    """What is known of a store's conditional writes before one is tried; a folder keeps them."""
    return True if isinstance(store, FolderStore) else getattr(store, "known_conditions", None)


def require_answer(address: str) -> None:
    """Raises StoreError if nothing listens at an address: the library would try for minutes. A proxy is not judged."""
    if any(os.environ.get(name) for name in _PROXIES):
        return
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((host, port), timeout=_CONNECT_SECONDS).close()
    except socket.gaierror as error:
        raise StoreError(f"{host}: there is no such host; see endpoint, region and the network") from error
    except TimeoutError as error:
        raise StoreError(f"{host}:{port}: does not answer within {_CONNECT_SECONDS} s; see the network") from error
    except OSError as error:
        raise StoreError(f"{host}:{port}: {error.strerror}; see endpoint, and that the store runs") from error


def room(store: Store) -> tuple[Path, int] | None:
    """The folder of a folder store, made or not, and the bytes that are free there; None for another store."""
    if not isinstance(store, FolderStore):
        return None
    folder = Path(store.url.removeprefix("file:"))
    above = next((item for item in (folder, *folder.parents) if item.exists()), folder)
    if not above.is_dir():
        raise StoreError(f"{above}: is no folder; name another one")
    if not os.access(above, os.W_OK | os.X_OK):
        raise StoreError(f"{above}: may not be written to; give this user the right to, or name another folder")
    return folder, shutil.disk_usage(above).free

"""The client that speaks to an S3 store: its credentials, its patience, its pace."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

from assets.catalogue import StoreSettings
from assets.retry_after import retry_after_seconds
from assets.version import tool_version
from storage.stores import s3_body, s3_encryption
from storage.stores.pace import Pace, PacedBody

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MAX_CONNECTIONS = 24
"""More than are ever used at a time: those of small files, or those of the parts of one large one."""

_ATTEMPTS = 5
_MAX_WAIT_SECONDS = 60.0
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_OVERLOADED = frozenset({429, 500, 503})


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is sent in all, and how long an answer is waited for."""

    attempts: int
    connect_seconds: int
    read_seconds: float


PATIENT = Patience(_ATTEMPTS, connect_seconds=10, read_seconds=120)
ONCE = Patience(1, connect_seconds=5, read_seconds=15)
"""For writes that must not arrive late: one that fails is not sent again by the client."""


def new_client(settings: StoreSettings, pace: Pace | None, patience: Patience | None = None) -> "S3Client":
    """A client for a store. Credentials come from the environment, the profile or the machine, never from settings."""
    patience = patience or PATIENT
    session = boto3.session.Session(profile_name=settings.profile, region_name=settings.region)
    client = session.client(
        "s3",
        endpoint_url=settings.endpoint,
        config=Config(
            signature_version="s3v4",  # else links are signed the old way in older regions, and hold without limit
            # Whatever an upload is guarded with we compute ourselves while we read: boto3 would send it as a trailer
            # of a chunked body over TLS, which not every store takes.
            request_checksum_calculation="when_required",
            response_checksum_validation=settings.checksum,
            s3={"addressing_style": "path" if settings.path_style else "auto"},
            retries={"mode": "standard", "total_max_attempts": patience.attempts},
            connect_timeout=patience.connect_seconds,
            read_timeout=patience.read_seconds,
            max_pool_connections=MAX_CONNECTIONS,
            user_agent=f"releaseprint/{tool_version()}",
        ),
    )
    if patience.attempts > 1:
        client.meta.events.register_first("needs-retry.s3", _wait_as_asked)
    s3_body.leave_bodies_alone(client)
    _sign_bodies_where_needed(client)
    if settings.encryption:
        s3_encryption.ask_for(client, settings.encryption)
    if pace is not None:
        client.meta.events.register_last("before-send.s3", lambda request, **_: _slow_down(request, pace))
    return client


def _sign_bodies_where_needed(client: "S3Client") -> None:
    """Have signatures cover bodies where somebody could change them on their way, and nowhere else.

    Over TLS as well botocore would sign each body whose checksum is given to it and not made by it, and read it once
    more for that. The address may be one of the environment, so it is the client's that counts.
    """
    address = urlsplit(client.meta.endpoint_url)
    if address.scheme == "https" or address.hostname in _THIS_MACHINE:
        client.meta.config.s3 = {**client.meta.config.s3, "payload_signing_enabled": False}  # type: ignore[attr-defined]


def _wait_as_asked(response: Any, attempts: int, **_: object) -> None:  # noqa: ANN401 -- botocore has no type for it
    """Wait as long as an overloaded store asks for with Retry-After, before botocore decides to try again.

    botocore's own wait, which comes on top, knows nothing of that header.
    """
    if response is None or response[0].status_code not in _OVERLOADED or attempts >= _ATTEMPTS:
        return
    asked = response[0].headers.get("Retry-After", "")
    time.sleep(retry_after_seconds(str(asked), datetime.now(UTC), _MAX_WAIT_SECONDS))


def _slow_down(request: Any, pace: Pace) -> None:  # noqa: ANN401 -- botocore has no type for it
    """Have the body of a request leave at the pace: it is signed and has its length already."""
    if request.method == "PUT" and request.body:
        request.body = PacedBody(request.body, pace)

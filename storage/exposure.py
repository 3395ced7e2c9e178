"""Whether anybody can read what a store holds: an object is asked for without credentials, as anybody would.

What a policy says is not asked: an answer says more, and every store gives one.
"""

import os
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from assets.errors import StoreError
from storage.stores.store import Store

PROBE = "_access/probe"
"""An object of a few bytes that nobody may read: it is asked for before anything that matters is sent."""

_SECONDS = 20
_OK = 200


def is_open(store: Store, key: str) -> bool | None:
    """Whether anybody can read an object; None where nobody can tell: a store without addresses, or without an answer.

    A redirection is none: only who reads it to the end has read it.
    """
    from botocore.awsrequest import AWSRequest
    from botocore.exceptions import BotoCoreError
    from botocore.httpsession import URLLib3Session

    address = store.link(key, 60)
    if address is None:
        return None
    bare = urlsplit(address)._replace(query="").geturl()  # the query is the signature
    verify: Any = os.environ.get("AWS_CA_BUNDLE") or True  # a path of certificates, too, as boto3 takes it
    session = URLLib3Session(verify=verify, proxies=getproxies(), timeout=_SECONDS, max_pool_connections=1)
    try:
        status: int = session.send(AWSRequest("HEAD", bare).prepare()).status_code
    except (BotoCoreError, OSError):
        return None
    finally:
        session.close()
    return status == _OK


def require_private(store: Store) -> bool:
    """Raises StoreError if anybody can read what is stored: nothing has been sent by then but a probe.

    True if nobody can, or there is nobody: a folder, a server on this machine. False where it could not be asked.
    """
    address = store.link(PROBE, 60)
    if address is None or _is_here(urlsplit(address).hostname or ""):
        return True
    store.put_bytes(PROBE, b"nobody may read this without credentials\n", only_if_absent=True)
    found = is_open(store, PROBE)
    if found:
        wrong = "anybody can read what is stored here; nothing was sent: make the bucket private, then deliver again"
        raise StoreError(f"{store.url}: {wrong}")
    return found is not None


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")

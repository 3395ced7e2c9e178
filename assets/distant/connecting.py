"""The way to the host of a link: by its scheme, with the trusted authorities, and past the proxy of the environment."""

import base64
import os
import ssl
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from assets.distant.link import Link, LinkError, Trouble

SECONDS = 30.0
"""How long a host may take to answer, and to send the next bytes."""


@dataclass(frozen=True, slots=True)
class Way:
    """A connection, which opens with its first request, what to ask it for, and what to say besides."""

    connection: HTTPConnection
    target: str = field(repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)


def way_to(link: Link) -> Way:
    """The way to the object of a link. Raises LinkError.

    As for other requests to a store, AWS_CA_BUNDLE names a file of authorities, and HTTP_PROXY, HTTPS_PROXY and
    NO_PROXY say how to get there.
    """
    parts = urlsplit(link.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise LinkError(Trouble(f"{link.shown}: the link to it is no address of a store; http://… or https://…"))
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    proxy = _proxy(parts)
    place = proxy or parts
    if parts.scheme == "http":
        plain = HTTPConnection(place.hostname or "", place.port, timeout=SECONDS)
        return Way(plain, link.url, _credentials(proxy)) if proxy else Way(plain, target)
    secure = HTTPSConnection(place.hostname or "", place.port, timeout=SECONDS, context=_trusting(link))
    if proxy:
        secure.set_tunnel(parts.hostname, parts.port, _credentials(proxy))
    return Way(secure, target)


def _proxy(parts: SplitResult) -> SplitResult | None:
    address = getproxies().get(parts.scheme)
    if not address or proxy_bypass(parts.netloc):
        return None
    found = urlsplit(address if "://" in address else f"http://{address}")
    return found if found.hostname else None


def _credentials(proxy: SplitResult) -> dict[str, str]:
    """What a proxy is told that has a user and a password in its address."""
    if proxy.username is None:
        return {}
    told = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {base64.b64encode(told.encode()).decode()}"}


def _trusting(link: Link) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE") or None)
    except OSError as error:
        raise LinkError(Trouble(f"{link.shown}: AWS_CA_BUNDLE: cannot be read: {error.strerror}")) from error

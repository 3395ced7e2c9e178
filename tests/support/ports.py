"""Ports for servers that have to be told theirs."""

import random
import socket
from contextlib import suppress

_ASIDE = range(20_000, 32_000)
"""Where systems look for none themselves: who connects meanwhile gets no port of these."""


def free(count: int) -> list[int]:
    """So many ports on loopback that nobody has."""
    found: list[int] = []
    for port in random.SystemRandom().sample(_ASIDE, len(_ASIDE)):
        if len(found) == count:
            break
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            found.append(port)
    return found

"""What the answer to a request for a part of an object means: the part, a try later, or why there will be none.

Statuses are those of RFC 9110, 15; a body is looked at for the code of an S3 error, and nothing of it is repeated.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from assets.distant.link import Link, LinkError, Trouble
from assets.retry_after import retry_after_seconds

MAX_WAIT_SECONDS = 30.0
"""The longest that is waited for because a store asks for it."""

_PARTIAL, _WHOLE = 206, 200
_FOR_A_MOMENT = frozenset({408, 429, 500, 502, 503, 504})
_REFUSED = frozenset({400, 401, 403})
_OTHER_NOW = frozenset({412, 416})
_GONE = frozenset({404, 410})
_REDIRECTS = range(300, 400)
_CONTENT_RANGE = re.compile(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19}|\*)")
_CODE = re.compile(rb"<Code>([A-Za-z0-9]{1,64})</Code>")
_ENDED = re.compile(rb"expired", re.IGNORECASE)


class AgainError(Exception):
    """A request failed for a moment; the store asks to be left alone for so many seconds."""

    def __init__(self, why: str, seconds: float = 0.0) -> None:
        self.seconds = seconds
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Said:
    """The head of an answer, fields by names in small letters, and the first bytes of a body that refuses."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def is_part(self) -> bool:
        """Whether its body is what was asked for, if its head is right."""
        return self.status in {_PARTIAL, _WHOLE}


def require_part(said: Said, link: Link, begin: int, end: int, tag: str) -> str:
    """The entity tag of an answer whose body is the bytes from `begin` to before `end` of the object with that tag.

    Raises LinkError, or AgainError if the same question may be answered later.
    """
    if not said.is_part:
        _refuse(said, link)
    size = link.size
    if said.status == _PARTIAL:
        found = _CONTENT_RANGE.fullmatch(said.headers.get("content-range", ""))
        if found is None or (int(found[1]), int(found[2]) + 1) != (begin, end):
            raise _failed(link, "the store sends another part of it than was asked for")
        size = int(found[3]) if found[3] != "*" else size
    elif (begin, end) != (0, size):
        raise _failed(link, "the store sends no parts of objects; `releaseprint fetch` brings it here")
    else:
        length = said.headers.get("content-length", "")
        size = int(length) if length.isascii() and length.isdigit() else size
    if size != link.size:
        raise _failed(link, f"it has {size} bytes, and away.toml says {link.size}")
    now = said.headers.get("etag", "")
    if tag and now != tag:
        raise _failed(link, "it was replaced while it was read")
    return now


def _refuse(said: Said, link: Link) -> None:
    code = _CODE.search(said.body)
    told = f"{said.status} {code[1].decode()}" if code else str(said.status)
    if said.status in _FOR_A_MOMENT:
        wait = retry_after_seconds(said.headers.get("retry-after", ""), datetime.now(UTC), MAX_WAIT_SECONDS)
        raise AgainError(f"the store answers {told}", wait)
    if said.status in _REFUSED and _ENDED.search(said.body):
        raise LinkError(
            Trouble(f"{link.shown}: the link to it has ended ({told}), and there is no other", is_ended=True)
        )
    if said.status in _OTHER_NOW:
        raise _failed(link, "it was replaced while it was read")
    if said.status in _GONE:
        raise _failed(link, "there is no such object")
    if said.status in _REDIRECTS:
        raise _failed(link, f"the store sends elsewhere ({told}), and is not followed; see its endpoint and region")
    raise _failed(link, f"the store refuses to give it ({told}); see the credentials, and their right to read it")


def _failed(link: Link, why: str) -> LinkError:
    return LinkError(Trouble(f"{link.shown}: {why}"))

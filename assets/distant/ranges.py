"""Parts of one object, by ranged requests over HTTP (RFC 9110, 14): all of the same object, or an error.

The first answer says by its entity tag which object it is; each request after it asks for that one alone (RFC 9110,
13.1.1), and each answer is compared with it. What fails for a moment is asked again, from the byte where it broke off.
No redirect is followed: a link opens one object of one store.
"""

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from ssl import SSLCertVerificationError

from assets.distant.answers import AgainError, Said, require_part
from assets.distant.connecting import Way, way_to
from assets.distant.link import Link, LinkError, Trouble
from assets.distant.renewing import renewed
from assets.version import tool_version

WAITS_SECONDS = (0.1, 1.0, 3.0, 8.0)
"""What is waited before each further try."""

PART_SECONDS = 100.0
"""How long a part may take with all tries: two of them less than a measurement may make no progress."""

_CHUNK = 1 << 18
_ERROR_BYTES = 4096


@dataclass(slots=True)
class _Part:
    """The bytes from `begin` on, as far as they are `done`, in the `room` for all of them, which is full by `until`."""

    begin: int
    room: memoryview
    until: float
    done: int = 0

    @property
    def at(self) -> int:
        """The next byte."""
        return self.begin + self.done

    @property
    def end(self) -> int:
        """The byte after the last."""
        return self.begin + len(self.room)


class Ranges:
    """Reads parts of the object of a link, one after the other, in one thread; `received` counts what came."""

    def __init__(self, link: Link) -> None:
        self.received = 0
        self._link = link
        self._way: Way | None = None
        self._tag = ""
        self._closed = threading.Event()

    def read(self, begin: int, end: int) -> bytearray:
        """The bytes from `begin` to before `end`. Raises LinkError."""
        found = bytearray(end - begin)
        part = _Part(begin, memoryview(found), time.monotonic() + PART_SECONDS)
        for wait in (*WAITS_SECONDS, None):
            try:
                self._take_by_any_link(part)
                break
            except AgainError as error:
                if wait is None or self._closed.wait(max(wait, error.seconds)) or time.monotonic() > part.until:
                    raise self._failed(f"{error}, again and again; try later") from error
        return found

    def close(self) -> None:
        """Nothing is under way, and nothing more is asked for."""
        self._drop()

    def stop(self) -> None:
        """End what is under way, and ask for nothing more; any thread may say so."""
        self._closed.set()
        way = self._way
        if way is not None and isinstance(way.connection.sock, socket.socket):
            with suppress(OSError):  # it is closed already
                way.connection.sock.shutdown(socket.SHUT_RDWR)  # who waits for bytes is woken by that, not by a close

    def _take_by_any_link(self, part: _Part) -> None:
        try:
            self._take(part)
        except LinkError as error:
            another = renewed(self._link) if error.trouble.is_ended else None
            if another is None:
                raise
            self._link = another
            self._take(part)  # one that has ended when it comes is no link

    def _take(self, part: _Part) -> None:
        """Read on in a part, as far as one answer goes."""
        try:
            answer = self._asked(part)
            self._fill(part, answer)
            if not answer.isclosed():  # more comes than was asked for, or the mark of its end
                self._drop()
        except (AgainError, LinkError):
            self._drop()
            raise
        except (OSError, HTTPException) as error:
            self._drop()
            raise self._explained(error) from error

    def _fill(self, part: _Part, answer: HTTPResponse) -> None:
        while part.done < len(part.room):
            if time.monotonic() > part.until:
                raise self._failed(f"the store takes longer than {PART_SECONDS:g} s for {len(part.room)} bytes of it")
            count = answer.readinto(part.room[part.done : part.done + _CHUNK])
            if not count:
                raise AgainError(f"the connection breaks off at byte {part.at}")
            part.done += count
            self.received += count

    def _asked(self, part: _Part) -> HTTPResponse:
        """The answer to a request, whose body is the rest of a part."""
        way = self._way = self._way or way_to(self._link)
        headers = {
            "Range": f"bytes={part.at}-{part.end - 1}",
            "User-Agent": f"releaseprint/{tool_version()}",
            **way.headers,
        }
        if self._tag.startswith('"'):  # a weak tag matches nothing
            headers["If-Match"] = self._tag
        way.connection.request("GET", way.target, headers=headers)
        answer = way.connection.getresponse()
        said = Said(answer.status, {name.lower(): value for name, value in answer.headers.items()})
        if not said.is_part:
            said = Said(said.status, said.headers, answer.read(_ERROR_BYTES))
        self._tag = require_part(said, self._link, part.at, part.end, self._tag)
        return answer

    def _drop(self) -> None:
        if self._way is not None:
            self._way.connection.close()
            self._way = None

    def _explained(self, error: OSError | HTTPException) -> Exception:
        """What an error of the connection means; none of its text is repeated that could hold the address."""
        if isinstance(error, SSLCertVerificationError):
            return self._failed(f"the store's certificate is not trusted: {error.verify_message}; see AWS_CA_BUNDLE")
        if isinstance(error, TimeoutError):
            return AgainError("the store does not answer in time")
        if isinstance(error, socket.gaierror):
            return AgainError("there is no such host as its store's")
        return AgainError(f"the connection fails: {getattr(error, 'strerror', None) or type(error).__name__}")

    def _failed(self, why: str) -> LinkError:
        return LinkError(Trouble(f"{self._link.shown}: {why}"))

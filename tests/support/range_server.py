"""A server on loopback that gives parts of objects by links that end, and fails as it is told to."""

import functools
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import loopback_http

from assets.distant.link import Link

SIGNED = "X-Amz-Signature=geheim0123456789"


@dataclass
class Asked:
    """A request: its number from 1, its first and last byte, and its headers."""

    number: int
    begin: int
    end: int
    headers: dict[str, str]


@dataclass
class Shelf:
    """One object, and what is done to whoever asks for it.

    `fault` is called with each request and the handler, and says whether it has answered. `sent` counts bytes sent.
    """

    data: bytes
    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    sent: int = 0
    fault: Callable[[Asked, "Handler"], bool] = lambda _asked, _handler: False
    tags: bool = True

    @property
    def tag(self) -> str:
        return _tag(self.data)

    def link(self, **changes: object) -> Link:
        sha256 = hashlib.sha256(self.data).hexdigest()
        facts = {"url": f"{self.address}/films/%EC%98%81?{SIGNED}", "shown": "s3://films/영", "size": len(self.data)}
        return Link(**{**facts, "sha256": sha256, **changes})


@functools.lru_cache(maxsize=4)
def _tag(data: bytes) -> str:
    return f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'


@contextmanager
def serving(data: bytes) -> Iterator[Shelf]:
    with loopback_http.serving(Handler) as server:
        server.shelf = Shelf(data, f"http://127.0.0.1:{server.server_port}")
        yield server.shelf


class Handler(loopback_http.Steady, BaseHTTPRequestHandler):
    def do_GET(self):
        shelf = self.server.shelf
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        begin, end = (int(found[1]), int(found[2]) + 1) if found else (0, len(shelf.data))
        asked = Asked(len(shelf.asked) + 1, begin, min(end, len(shelf.data)), dict(self.headers))
        shelf.asked.append(asked)
        if shelf.fault(asked, self):
            return
        if urlsplit(self.path).query != SIGNED:
            self.answer(403, b"<Error><Code>AccessDenied</Code></Error>")
        elif self.headers.get("If-Match", shelf.tag) != shelf.tag:
            self.answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
        else:
            self.part(asked)

    def part(self, asked: Asked, **headers: str) -> None:
        shelf = self.server.shelf
        told = {"content-range": f"bytes {asked.begin}-{asked.end - 1}/{len(shelf.data)}"}
        tag = {"Etag": shelf.tag} if shelf.tags else {}
        self.answer(206, shelf.data[asked.begin : asked.end], {**told, **tag, **headers})

    def answer(self, status: int, body: bytes = b"", headers=(), *, length: int | None = None) -> None:
        """Answer; with a `length` that is not the body's the connection ends with it."""
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.server.shelf.sent += len(body)
        self.wfile.write(body)
        self.close_connection = self.close_connection or length is not None

    def log_message(self, *_):
        """Say nothing on standard error."""

"""A proxy on loopback between a client and an S3 server, which does to chosen requests what networks and servers do."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

FAULTS = (
    "500",
    "503 SlowDown",
    "400 ExpiredToken",
    "403 RequestTimeTooSkewed",
    "reset before",
    "reset during",
    "reset after",
    "stalled",
    "cut answer",
    "damaged up",
    "damaged down",
)
"""What can happen to a request. `after` is when the server has done it and its answer is lost."""


@dataclass
class Proxy:
    """Where the proxy is, and what it does: `fault_of` says by its number which fault a request meets, or None."""

    endpoint: str
    upstream: str
    fault_of: Callable[[int], str | None] = lambda _: None
    stall_seconds: float = 1.5
    bytes_per_second: float = 0
    count: int = 0
    hit: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def script(self, fault_of: Callable[[int], str | None]) -> None:
        """Count from 0 again, with other faults."""
        self.fault_of, self.count, self.hit = fault_of, 0, 0

    def next_fault(self) -> str | None:
        with self.lock:
            fault = self.fault_of(self.count)
            self.count += 1
            self.hit += fault is not None
        return fault


@contextmanager
def faulty(upstream: str) -> Iterator[Proxy]:
    """A proxy before the server at `upstream`, without faults until it has a script."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.proxy = Proxy(f"http://127.0.0.1:{server.server_port}", upstream)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def _serve(self):
        proxy: Proxy = self.server.proxy
        fault = proxy.next_fault() or ""
        size = int(self.headers.get("Content-Length", 0))
        if fault in {"reset before", "reset during"}:
            self.rfile.read(size // 2 if fault == "reset during" else 0)
            self._reset()
            return
        body = self._read(size, proxy.bytes_per_second)
        if fault[:1].isdigit():
            self._refuse(fault)
            return
        if fault == "stalled":
            time.sleep(proxy.stall_seconds)
            self._reset()
            return
        status, headers, answer = self._forward(proxy.upstream, _damaged(body) if fault == "damaged up" else body)
        if fault == "reset after":
            self._reset()
        else:
            self._answer(status, headers, _damaged(answer) if fault == "damaged down" else answer, fault)

    def do_GET(self):
        self._serve()

    def do_PUT(self):
        self._serve()

    def do_HEAD(self):
        self._serve()

    def do_POST(self):
        self._serve()

    def do_DELETE(self):
        self._serve()

    def _read(self, size: int, bytes_per_second: float) -> bytes:
        if not bytes_per_second:
            return self.rfile.read(size)
        begun, taken = time.monotonic(), bytearray()
        while len(taken) < size:
            taken += self.rfile.read(min(1 << 15, size - len(taken)))
            time.sleep(max(0.0, len(taken) / bytes_per_second - (time.monotonic() - begun)))
        return bytes(taken)

    def _forward(self, upstream: str, body: bytes):
        connection = HTTPConnection(urlsplit(upstream).netloc, timeout=60)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in {"connection", "expect"}:
                    connection.putheader(name, value)
            connection.endheaders(body or None)
            answer = connection.getresponse()
            kept = [pair for pair in answer.getheaders() if pair[0].lower() not in {"connection", "transfer-encoding"}]
            return answer.status, kept, answer.read()
        finally:
            connection.close()

    def _answer(self, status, headers, body, fault):
        self.send_response(status)
        for name, value in headers:
            if self.command == "HEAD" or name.lower() != "content-length":
                self.send_header(name, value)
        if self.command != "HEAD":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault == "cut answer":
            self.wfile.write(body[: len(body) // 2])
            self._reset()
        elif self.command != "HEAD":
            self.wfile.write(body)

    def _refuse(self, fault: str) -> None:
        status, _, code = fault.partition(" ")
        body = f"<Error><Code>{code or 'InternalError'}</Code></Error>".encode()
        headers = [("Retry-After", "1")] if status == "503" else []
        self._answer(int(status), headers, body, "")

    def _reset(self) -> None:
        """Break the connection off, as a router that has forgotten it does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, *_):
        """Say nothing on standard error."""


def _damaged(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1]) if data else data

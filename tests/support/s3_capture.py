"""A server that takes S3 uploads over TLS on loopback, to see what was really sent, header by header."""

import datetime as dt
import hashlib
import ipaddress
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_NO_UPLOADS = "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>"
_ANSWERS = {
    "uploads": "<InitiateMultipartUploadResult><UploadId>one</UploadId></InitiateMultipartUploadResult>",
    "uploadId": '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>',
}
_WRONG = "<Error><Code>BadDigest</Code></Error>"
_NO_LENGTH = "<Error><Code>MissingContentLength</Code></Error>"


@dataclass(frozen=True)
class Request:
    """What arrived: the body is what it was before any chunking."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Capture:
    """The server's address, its certificate, and its requests in the order in which they were answered."""

    endpoint: str
    certificate: Path
    requests: list[Request] = field(default_factory=list)

    def puts(self) -> list[Request]:
        """What was stored: without the part that only tries the store."""
        kept = (one for one in self.requests if one.method == "PUT" and len(one.body) != 1)
        return sorted(kept, key=lambda one: one.path)


@contextmanager
def capturing(folder: Path, *, needs_length: bool = False) -> Iterator[Capture]:
    """A server that says yes to every upload, but to a part of one byte, which is one with a wrong checksum on purpose.

    With `needs_length`, like Ceph RGW 16, it takes no body without a length.
    """
    certificate, key = _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.capture = Capture(f"https://127.0.0.1:{server.server_port}", certificate)
    server.needs_length = needs_length
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.capture
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # only then is Expect: 100-continue answered
    timeout = 5

    def do_PUT(self):
        if self.server.needs_length and "Content-Length" not in self.headers:
            self._take()
            self._answer(411, _NO_LENGTH)
        else:
            body = self._take()
            if "partNumber" in self.path and len(body) == 1 and "content-md5" not in self.headers:
                self._answer(400, _WRONG)
            else:
                self._answer(200, etag=hashlib.md5(body, usedforsecurity=False).hexdigest())

    def do_GET(self):
        self._take()
        self._answer(200, _NO_UPLOADS)

    def do_POST(self):
        self._take()
        self._answer(200, next(text for word, text in _ANSWERS.items() if re.search(rf"[?&]{word}\b", self.path)))

    def do_DELETE(self):
        self._take()
        self._answer(204)

    def _take(self):
        length = self.headers.get("Content-Length")
        body = b"".join(self._chunks()) if "Transfer-Encoding" in self.headers else self.rfile.read(int(length or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.capture.requests.append(Request(self.command, self.path, headers, body))
        return body

    def _chunks(self):
        """The data of a chunked transfer whose content is itself in chunks (aws-chunked), with trailers after them."""
        outer = []
        while size := int(self.rfile.readline(), 16):
            outer.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        rest = b"".join(outer)
        while True:
            head, _, rest = rest.partition(b"\r\n")
            if not int(head, 16):
                break
            yield rest[: int(head, 16)]
            rest = rest[int(head, 16) + 2 :]
        for line in rest.strip().split(b"\r\n"):
            name, _, value = line.decode().partition(":")
            self.headers[f"trailer {name}"] = value

    def _answer(self, status, text="", etag="part"):
        body = text.encode()
        self.send_response(status)
        self.send_header("ETag", f'"{etag}"')
        self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing on standard error."""


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = dt.datetime.now(dt.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, encoding = folder / "loopback.pem", serialization.Encoding.PEM
    pem.write_bytes(made.public_bytes(encoding))
    secret = folder / "loopback.key"
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(encoding, form, plain))
    return pem, secret

"""A small S3 server on loopback, in a thread, that compares every checksum it is sent; and can be told to know less.

What it takes: objects, uploads in parts, copies, lists, If-None-Match. Signatures are not looked at.
"""

import hashlib
import re
import threading
import time
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

import loopback_http
from awscrt.checksums import crc64nvme

_HASHES = {
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "crc32": lambda data: zlib.crc32(data).to_bytes(4, "big"),
    "crc64nvme": lambda data: crc64nvme(data).to_bytes(8, "big"),
}


@dataclass
class Object:
    data: bytes
    etag: str
    headers: dict[str, str]


@dataclass
class Upload:
    key: str
    headers: dict[str, str]
    parts: dict[int, bytes] = field(default_factory=dict)


@dataclass
class Bucket:
    """What is stored, and what this store knows. `objects` and `uploads` are for tests to look at and to change."""

    endpoint: str = ""
    objects: dict[str, Object] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    compares: bool = True
    md5_etags: bool = True
    takes_checksums: bool = True
    conditions: bool = True
    lists_uploads: bool = True
    list_lags: bool = False
    requests: list[tuple[str, str]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def clear(self) -> None:
        self.objects.clear()
        self.uploads.clear()
        self.requests.clear()


@contextmanager
def tiny_s3(**traits: bool) -> Iterator[Bucket]:
    """The server, which has one bucket whatever its name is."""
    with loopback_http.serving(_Handler) as server:
        server.bucket = Bucket(f"http://127.0.0.1:{server.server_port}", **traits)
        yield server.bucket


class _Handler(loopback_http.Steady, BaseHTTPRequestHandler):
    def _serve(self):
        parts = urlsplit(self.path)
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.key = unquote(parts.path).lstrip("/").partition("/")[2]
        size = int(self.headers.get("Content-Length", 0))
        self.body = self.rfile.read(size)
        if len(self.body) < size:
            self.close_connection = True  # the client, or what is between, went away
            return
        self.bucket = self.server.bucket
        with self.bucket.lock:
            self.bucket.requests.append((self.command, self.path))
            getattr(self, f"_{self.command.lower()}")()

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

    def _put(self):
        if "partNumber" in self.query:
            self._put_part()
        elif "x-amz-copy-source" in self.headers:
            self._copy()
        elif self.bucket.conditions and self.headers.get("If-None-Match") == "*" and self.key in self.bucket.objects:
            self._fail(412, "PreconditionFailed")
        elif self._is_right(self.body):
            kept = self._kept_headers()
            self.bucket.objects[self.key] = Object(self.body, self._etag(self.body), kept)
            self._answer(headers={"ETag": self._etag(self.body), **_checksums(kept)})

    def _put_part(self):
        upload = self.bucket.uploads.get(self.query["uploadId"])
        if upload is None:
            self._fail(404, "NoSuchUpload")
        elif "x-amz-copy-source" in self.headers:
            source = self.bucket.objects[unquote(self.headers["x-amz-copy-source"]).lstrip("/").partition("/")[2]]
            first, last = self.headers["x-amz-copy-source-range"].removeprefix("bytes=").split("-")
            upload.parts[int(self.query["partNumber"])] = data = source.data[int(first) : int(last) + 1]
            self._answer(200, f"<CopyPartResult><ETag>{self._etag(data)}</ETag></CopyPartResult>")
        elif self._is_right(self.body):
            upload.parts[int(self.query["partNumber"])] = self.body
            self._answer(headers={"ETag": self._etag(self.body)})

    def _copy(self):
        source = self.bucket.objects.get(unquote(self.headers["x-amz-copy-source"]).lstrip("/").partition("/")[2])
        if source is None:
            self._fail(404, "NoSuchKey")
            return
        if self.headers.get("x-amz-copy-source-if-match", source.etag) != source.etag:
            self._fail(412, "PreconditionFailed")
            return
        headers = self._kept_headers()
        if self.bucket.takes_checksums and self.headers.get("x-amz-checksum-algorithm") == "SHA256":
            headers["x-amz-checksum-sha256"] = b64encode(_HASHES["sha256"](source.data)).decode()
        self.bucket.objects[self.key] = Object(source.data, self._etag(source.data), headers)
        self._answer(200, f"<CopyObjectResult><ETag>{self._etag(source.data)}</ETag></CopyObjectResult>")

    def _post(self):
        if "uploads" in self.query:
            algorithm = self.headers.get("x-amz-checksum-algorithm")
            if algorithm and not self.bucket.takes_checksums:
                self._fail(400, "InvalidArgument")
                return
            name = f"upload-{time.monotonic_ns()}"
            self.bucket.uploads[name] = Upload(self.key, {**self._kept_headers(), "algorithm": algorithm or ""})
            self._answer(200, f"<R><UploadId>{name}</UploadId></R>")
            return
        upload = self.bucket.uploads.get(self.query["uploadId"])
        if upload is None:
            self._fail(404, "NoSuchUpload")
            return
        numbers = [int(one) for one in re.findall(rb"<PartNumber>(\d+)</PartNumber>", self.body)]
        data = b"".join(upload.parts[number] for number in numbers)
        if self._is_right(data):
            del self.bucket.uploads[self.query["uploadId"]]
            digests = b"".join(hashlib.md5(upload.parts[one], usedforsecurity=False).digest() for one in numbers)
            etag = f'{self._etag(digests)[:-1]}-{len(numbers)}"'
            self.bucket.objects[upload.key] = Object(data, etag, upload.headers)
            self._answer(200, f"<R><ETag>{escape(etag)}</ETag></R>")

    def _delete(self):
        if "uploadId" in self.query:
            self.bucket.uploads.pop(self.query["uploadId"], None)
        else:
            self.bucket.objects.pop(self.key, None)
        self._answer(204)

    def _head(self):
        found = self.bucket.objects.get(self.key)
        if found is None:
            self._answer(404)
        else:
            kept = {name: value for name, value in found.headers.items() if name.startswith("x-amz-")}
            self._answer(200, found.data, {"ETag": found.etag, **kept}, headless=True)

    def _get(self):
        if "uploads" in self.query:
            self._list_uploads()
        elif "uploadId" in self.query:
            parts = "".join(
                f"<Part><PartNumber>{number}</PartNumber><Size>{len(data)}</Size><ETag>{self._etag(data)}</ETag></Part>"
                for number, data in sorted(self.bucket.uploads[self.query["uploadId"]].parts.items())
            )
            self._answer(200, f"<R><IsTruncated>false</IsTruncated>{parts}</R>")
        elif not self.key:
            found = {} if self.bucket.list_lags else self.bucket.objects
            listed = "".join(
                f"<Contents><Key>{escape(key)}</Key><Size>{len(one.data)}</Size></Contents>"
                for key, one in sorted(found.items())
                if key.startswith(self.query.get("prefix", ""))
            )
            self._answer(200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>")
        elif self.key in self.bucket.objects:
            self._answer(200, self.bucket.objects[self.key].data)
        else:
            self._fail(404, "NoSuchKey")

    def _list_uploads(self):
        if not self.bucket.lists_uploads:
            self._fail(501, "NotImplemented")
            return
        listed = "".join(
            f"<Upload><Key>{escape(one.key)}</Key><UploadId>{name}</UploadId>"
            "<Initiated>2026-11-22T00:00:00.000Z</Initiated></Upload>"
            for name, one in self.bucket.uploads.items()
            if one.key.startswith(self.query.get("prefix", ""))
        )
        self._answer(200, f"<R><IsTruncated>false</IsTruncated>{listed}</R>")

    def _is_right(self, data: bytes) -> bool:
        """Compare the checksums of the request with the bytes, and say no if one is wrong."""
        told = {name: self.headers.get(f"x-amz-checksum-{name}") for name in _HASHES}
        wrong = any(value and b64decode(value) != _HASHES[name](data) for name, value in told.items())
        md5 = self.headers.get("Content-MD5")
        wrong |= bool(md5) and b64decode(md5) != hashlib.md5(data, usedforsecurity=False).digest()
        if wrong and self.bucket.compares:
            self._fail(400, "BadDigest")
            return False
        return True

    def _kept_headers(self) -> dict[str, str]:
        kept = ("x-amz-meta-", *(("x-amz-checksum-sha256",) if self.bucket.takes_checksums else ()))
        return {name.lower(): value for name, value in self.headers.items() if name.lower().startswith(kept)}

    def _etag(self, data: bytes) -> str:
        digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
        return f'"{digest if self.bucket.md5_etags else digest[::-1]}"'

    def _fail(self, status: int, code: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code></Error>")

    def _answer(self, status: int = 200, body: str | bytes = b"", headers=(), *, headless: bool = False) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if not headless:
            self.wfile.write(data)

    def log_message(self, *_):
        """Say nothing on standard error."""


def _checksums(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.startswith("x-amz-checksum")}

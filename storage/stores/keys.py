"""Keys of stored objects, and the type a store says their bytes have."""

import unicodedata
from pathlib import PurePosixPath

from assets import paths
from assets.errors import PackageError

MAX_KEY_BYTES = 1024
"""The longest key S3 takes, prefix included, in UTF-8."""

_CONTENT_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".mhl": "application/xml",
    ".mov": "video/quicktime",
    ".mp4": "video/mp4",
    ".mxf": "application/mxf",
    ".png": "image/png",
    ".srt": "application/x-subrip",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".ttml": "application/ttml+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wav": "audio/wav",
    ".xml": "application/xml",
}


def clean_key(key: str, url: str) -> str:
    """The key in NFC. Raises PackageError, naming the store by its URL, for one that is no relative path."""
    nfc = unicodedata.normalize("NFC", key)
    wrong = paths.problem(nfc)
    if wrong is None and "" in nfc.split("/"):
        wrong = f"{key!r} has an empty part; allowed is a path with one / between names and none at its end"
    if wrong is not None:
        raise PackageError(f"{url}: {wrong}")
    return nfc


def content_type(key: str) -> str:
    """The media type of an object, by the suffix of its key alone, so that it is the same on every machine."""
    return _CONTENT_TYPES.get(PurePosixPath(key).suffix.lower(), "application/octet-stream")

"""JSON from a store that somebody else may write into, and its fields. What is not as it must be is a ValueError."""

import re
import unicodedata
from collections.abc import Collection
from datetime import datetime

from assets import paths, strict_json

MAX_KEY_BYTES = 1024
"""The longest key of a store, in UTF-8; no file of a package can have a longer one."""

loads = strict_json.loads

_SHA256 = re.compile(r"[0-9a-f]{64}")


def text(value: object) -> str:
    """A text that can be written as UTF-8."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r:.80} is no text")  # noqa: TRY004 -- one kind of error for the caller
    value.encode()
    return value


def count(value: object) -> int:
    """A whole number that is not negative."""
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r:.80} is no count")
    return value


def sha256(value: object) -> str:
    """A SHA-256 in 64 lower-case digits."""
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError(f"{value!r:.80} is no SHA-256")
    return value


def instant(value: object) -> str:
    """An instant in UTC, to the second, as the tool writes it."""
    found = text(value)
    datetime.strptime(found, "%Y-%m-%dT%H:%M:%S%z")
    if not found.endswith("Z"):
        raise ValueError(f"{found!r:.80} is not in UTC")
    return found


def key(value: object) -> str:
    """A path below the folder of its package: in NFC, relative, of visible characters."""
    found = text(value)
    if wrong := paths.problem(found):
        raise ValueError(wrong)
    if "" in found.split("/") or not unicodedata.is_normalized("NFC", found) or len(found.encode()) > MAX_KEY_BYTES:
        raise ValueError(f"{found!r:.80} is no key; a path in NFC of at most {MAX_KEY_BYTES} bytes, with single /")
    return found


def require_apart(keys: Collection[str]) -> None:
    """Raise ValueError if two keys are one on a file system that does not tell capitals."""
    if len({found.casefold() for found in keys}) < len(keys):
        raise ValueError("names a file twice")

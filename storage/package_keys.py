"""The names of files as the keys of a package: they unpack on any file system."""

import re
import unicodedata
from pathlib import PurePosixPath

_UNSAFE = re.compile(r"[^\w.-]+")


def safe_name(name: str) -> str:
    """The last part of a name as a key: NFC, letters of any script, digits, `.`, `-`, `_`; nothing hidden."""
    last = PurePosixPath(unicodedata.normalize("NFC", name)).name
    return _UNSAFE.sub("_", last).lstrip(".") or "_"

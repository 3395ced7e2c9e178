"""The keys of a package's files: by the templates of its platform, and such that they unpack on any file system."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from assets import paths
from assets.package_settings import RESERVED, KeysRecord

MAX_BYTES = 700
"""The longest key below its package: a key of S3 has 1,024 bytes, and the package's own folder comes before it."""

_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Naming:
    """Makes keys of templates; the three ids are those of the plan."""

    title: str
    platform: str
    window: str
    keys: KeysRecord

    def key(self, kind: str, name: str, sha256: str, *, version: str = "", language: str = "", use: str = "") -> str:
        """The key of a file, below the folder of its package. A field is one part of a name, whatever its text.

        What is in several languages has `mul` for one, what is in none `und`, as BCP 47 has it.
        """
        path = PurePosixPath(safe_name(name))
        fields = {
            "title": self.title,
            "platform": self.platform,
            "window": self.window,
            "kind": kind,
            "version": version,
            "language": safe_name(language or ("mul" if kind == "audio" else "und")),
            "use": use,
            "name": path.name,
            "stem": path.stem,
            "suffix": path.suffix.removeprefix(".") or "bin",
            "digest": sha256[:8],
        }
        return self.keys.of(kind).format_map(fields)


def safe_name(name: str) -> str:
    """The last part of a name as a key: NFC, letters of any script, digits, `.`, `-`, `_`; nothing hidden."""
    last = PurePosixPath(unicodedata.normalize("NFC", name)).name
    return _UNSAFE.sub("_", last).lstrip(".") or "_"


def key_faults(keys: Iterable[str]) -> Iterator[str]:
    """Why files cannot lie under their keys: a place of the package's own, a file where a folder is, a long name."""
    known = list(keys)
    folders = {str(parent).casefold() for key in known for parent in PurePosixPath(key).parents}
    for key in known:
        if PurePosixPath(key).parts[0].casefold() in RESERVED:
            yield f"{key}: lies where the package has files of its own; a key template of the platform says so"
        if key.casefold() in folders:
            yield f"{key}: is a file and a folder; the platform's key templates put both there"
        if wrong := paths.problem(key):
            yield f"{key[:60]}: {wrong}"
        if len(key.encode()) > MAX_BYTES:
            yield f"{key[:60]}…: has {len(key.encode())} bytes; a key has at most {MAX_BYTES}"

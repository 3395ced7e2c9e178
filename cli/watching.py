"""Which files of a folder have changed and come to rest, told from what the file system says of them time after time.

A file that is still being copied grows, or its time changes: it counts once it has been the same for a while.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assets.errors import UsageError

MOST_FILES = 200_000
"""So many files are watched at most: what is known of one takes about 300 bytes."""

_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart")
"""How files are called that a program has not finished; it renames them when it has."""

Mark = tuple[int, int, int, int]
"""Size, times of content and of state, and number of a file: other bytes give another mark."""


def marks(folders: Iterable[Path], files: Iterable[Path] = ()) -> dict[Path, Mark]:
    """Files, and those of some folders and below them, with their marks. Raises UsageError if there are too many.

    Hidden ones and unfinished ones are left out; links to folders are not followed.
    """
    found = {path: mark for path in files if (mark := _mark(path))}
    for path, mark in (item for folder in folders for item in _walk(folder)):
        found[path] = mark
        if len(found) > MOST_FILES:
            raise UsageError(f"--watch: more than {MOST_FILES} files below {path.parent}; name titles or folders in it")
    return found


def _walk(start: Path) -> Iterator[tuple[Path, Mark]]:
    """What goes away while it is looked at is not there."""
    left = [start]
    while left:
        folder = left.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or entry.name.endswith(("~", *_UNFINISHED)):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        left.append(Path(entry.path))
                    elif mark := _mark(entry):
                        yield Path(entry.path), mark
        except OSError:  # gone, or not ours to read: the judge tells it of a title that names it
            continue


def _mark(entry: "os.DirEntry[str] | Path") -> Mark | None:
    try:
        found = entry.stat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


@dataclass(slots=True)
class Settling:
    """Tells of each change once, when the file has been at rest for `seconds`.

    `told` are the marks that were told, `moving` those that are not at rest yet, each since when. Its memory is that of
    the files which are there.
    """

    seconds: float
    told: dict[Path, Mark]
    moving: dict[Path, tuple[Mark | None, float]] = field(default_factory=dict)

    def settled(self, now: Mapping[Path, Mark], at: float) -> frozenset[Path]:
        """The files that changed, came or went and are at rest, seen as `now` at a time `at` in seconds."""
        differing = {path: now.get(path) for path in {*now, *self.told} if now.get(path) != self.told.get(path)}
        before = self.moving
        self.moving = {}
        done = set()
        for path, mark in differing.items():
            since = before[path][1] if path in before and before[path][0] == mark else at
            if at - since < self.seconds:
                self.moving[path] = (mark, since)
                continue
            done.add(path)
            if mark is None:
                del self.told[path]
            else:
                self.told[path] = mark
        return frozenset(done)

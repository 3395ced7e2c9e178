"""Which files of a folder have changed and come to rest, told from what the file system says of them time after time.

A file that is still being copied grows, or its time changes: it counts once it has been the same for a while.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assets.errors import UsageError
from assets.intake.arriving import LITTER

MOST_FILES = 200_000
"""So many files are watched at most: what is known of one takes about 300 bytes."""

_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".aria2", ".aspera-ckpt")
"""How files are called that a program has not finished; it renames them when it has."""

Mark = tuple[int, int, int, int]
"""Size, times of content and of state, and number of a file: other bytes give another mark."""

STRAY: Mark = (-1, 0, 0, 0)
"""The mark of a folder that cannot be looked into, and of a link to a folder, which is not followed."""


def marks(folders: Iterable[Path], files: Iterable[Path] = (), *, strays: bool = False) -> dict[Path, Mark]:
    """Files, and those of some folders and below them, with their marks. Raises UsageError if there are too many.

    Hidden ones and unfinished ones are left out, and so is what operating systems leave. With `strays`, folders that
    are not looked into are told, too.
    """
    found = {path: mark for path in files if (mark := _mark(path))}
    for folder in folders:
        for path, mark in _walk(folder, strays=strays):
            found[path] = mark
            if len(found) > MOST_FILES:
                raise UsageError(f"--watch: more than {MOST_FILES} files below {folder}; name titles or a folder in it")
    return found


def _walk(start: Path, *, strays: bool) -> Iterator[tuple[Path, Mark]]:
    """What goes away while it is looked at is not there."""
    left = [start]
    while left:
        folder = left.pop()
        try:
            found = _entries(folder)
        except FileNotFoundError:
            continue
        except OSError:  # not ours to read: of a catalogue the judge tells it of the title that names a file in it
            if strays:
                yield folder, STRAY
            continue
        for entry in found:
            if _is_folder(entry, through_links=False):
                left.append(Path(entry.path))
            elif mark := _mark(entry):
                yield Path(entry.path), mark
            elif strays and _is_folder(entry, through_links=True):
                yield Path(entry.path), STRAY


def _entries(folder: Path) -> list["os.DirEntry[str]"]:
    """What lies in a folder, without what is nobody's or unfinished. Raises OSError.

    Some programs put an empty file of the final name beside the unfinished one.
    """
    with os.scandir(folder) as opened:
        found = [entry for entry in opened if not _is_passing(entry.name)]
    unfinished = {entry.name for entry in found if entry.name.lower().endswith(_UNFINISHED)}
    if not unfinished:
        return found
    promised = {name.rpartition(".")[0] for name in unfinished}
    return [
        entry for entry in found if entry.name not in unfinished and not (entry.name in promised and _is_empty(entry))
    ]


def _is_empty(entry: "os.DirEntry[str]") -> bool:
    mark = _mark(entry)
    return mark is not None and mark[0] == 0


def _is_passing(name: str) -> bool:
    """Whether a name is nobody's asset: hidden, a program's copy, or left by an operating system."""
    return name.startswith((".", "~$")) or name.endswith("~") or name.lower() in LITTER


def _is_folder(entry: "os.DirEntry[str]", *, through_links: bool) -> bool:
    try:
        return entry.is_dir(follow_symlinks=through_links)
    except OSError:
        return False


def _mark(entry: "os.DirEntry[str] | Path") -> Mark | None:
    """The mark of a regular file; None for anything else."""
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
    told: dict[Path, Mark] = field(default_factory=dict)
    moving: dict[Path, tuple[Mark | None, float]] = field(default_factory=dict)

    def settled(self, now: Mapping[Path, Mark], at: float) -> dict[Path, Mark | None]:
        """The files that changed or came and are at rest, with their marks; None for one that went.

        They are seen as `now` at a time `at` in seconds.
        """
        differing = {path: now.get(path) for path in {*now, *self.told} if now.get(path) != self.told.get(path)}
        before = self.moving
        self.moving = {}
        done: dict[Path, Mark | None] = {}
        for path, mark in differing.items():
            since = before[path][1] if path in before and before[path][0] == mark else at
            if at - since < self.seconds:
                self.moving[path] = (mark, since)
                continue
            done[path] = mark
            if mark is None:
                del self.told[path]
            else:
                self.told[path] = mark
        return done

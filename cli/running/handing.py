"""Measurements that go to a worker with its task, and come back with its answer: only the coordinator has the state."""

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from assets import measuring
from assets.distant.link import Link, Place
from assets.errors import StoreError, UsageError
from assets.file_bytes import is_away, why_unreadable
from assets.measuring import Measurements, Sources
from assets.media import Measured
from assets.title import AssetFile, Away, Title


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as the file system describes it, in a way that is the same on every machine that shares it."""

    size: int
    mtime_ns: int

    @classmethod
    def of(cls, found: os.stat_result) -> "Seen":
        """What `stat` says."""
        return cls(found.st_size, found.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class New:
    """A measurement that a worker made of a file, which was `seen` like this before it began.

    `path` and `seen` are None for bytes that lie in a store alone.
    """

    path: Path | None
    seen: Seen | None
    measured: Measured


@dataclass(slots=True)
class Handed:
    """What is known of a title's media; it is the `assets.measuring.Measurements` of the worker.

    `files` are by path, `away` by digest for what lies in a store alone, and `lent` are the links to what does so and
    is not known. `new` is what the worker adds.
    """

    files: dict[Path, tuple[Seen, Measured]] = field(default_factory=dict)
    away: dict[str, Measured] = field(default_factory=dict)
    lent: dict[str, Link] = field(default_factory=dict)
    new: list[New] = field(default_factory=list)
    begun: dict[Path, Seen] = field(default_factory=dict)

    def of_file(self, path: Path) -> Measured | None:
        """The measurement of a file that is still as it was when the task was made."""
        seen = Seen.of(path.stat())
        known = self.files.get(path)
        if known is not None and known[0] == seen:
            return known[1]
        self.begun[path] = seen
        return None

    def has_size(self, size: int) -> bool:  # noqa: ARG002 -- the protocol's
        """Whether a measured file has this size: the coordinator has looked already."""
        return False

    def of_digest(self, path: Path, sha256: str) -> Measured | None:  # noqa: ARG002 -- the protocol's
        """The measurement of bytes under another name: the coordinator has looked already."""
        return None

    def measured(self, sha256: str) -> Measured | None:
        """The measurement of bytes that lie in a store."""
        return self.away.get(sha256)

    def keep(self, path: Path, measured: Measured) -> None:
        """Hands a measurement back."""
        self.new.append(New(path, self.begun[path], measured))

    def keep_away(self, measured: Measured) -> None:
        """Hands a measurement of bytes in a store back; the same bytes may be asked for again."""
        self.away[measured.sha256] = measured
        self.new.append(New(None, None, measured))

    def sources(self, own: Sources) -> Sources:
        """Where a worker reads what is away: by the link that it was lent, and else with credentials of its `own`."""

        def source(away: Away) -> Link | Place:
            return self.lent.pop(away.sha256, None) or own(away)

        return source


def handed(title: Title, kept: Measurements | None) -> Handed:
    """What the state knows of a title's media. Other files are not decoded either: it knows nothing of them."""
    found = Handed()
    if kept is not None:
        for file in media_of(title):
            with contextlib.suppress(OSError):  # gone since, or out of reach: the worker says so of this title
                _look(file, kept, found)
    return found


def with_links(known: Handed, title: Title, lend: Sources) -> Handed:
    """The same, with a link to each media file that is away and that the state does not know."""
    for file in media_of(title):
        if file.away is not None and is_away(file) and file.away.sha256 not in known.away:
            known.lent |= lent(file.away, lend)
    return known


def lent(away: Away, lend: Sources) -> dict[str, Link]:
    """The link to the bytes of a reference, by digest; none if none can be made.

    The worker then has what it takes itself, or says what it is.
    """
    try:
        source = lend(away)
    except (StoreError, UsageError):
        return {}
    return {away.sha256: source} if isinstance(source, Link) else {}


def media_of(title: Title) -> list[AssetFile]:
    """The files of a title that are decoded, each once."""
    found: dict[AssetFile, None] = {}
    for version in title.versions:
        files = [version.master, *(audio.file for audio in version.audio), *(stem.file for stem in version.stems)]
        found |= dict.fromkeys(file for file in files if file is not None)
    return list(found)


def _look(file: AssetFile, kept: Measurements, found: Handed) -> None:
    if file.away is not None and is_away(file):
        if measured := kept.measured(file.away.sha256):
            found.away[file.away.sha256] = measured
    elif not why_unreadable(file):
        seen = Seen.of(file.path.stat())
        if measured := measuring.known(file.path, kept):
            found.files[file.path] = (seen, measured)


def keep(new: Iterable[New], kept: Measurements | None) -> None:
    """Keep what a worker measured, of files that have not changed since."""
    if kept is None:
        return
    for item in new:
        if item.path is None:
            kept.keep_away(item.measured)
            continue
        with contextlib.suppress(OSError):  # it is gone by now
            if Seen.of(item.path.stat()) == item.seen:
                kept.keep(item.path, item.measured)

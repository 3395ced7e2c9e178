"""What is known of a file's past: its revisions, and how the file that lies there now stands to them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a title's file. `asset` is its role in the title (`original/master`), `name` its name there then.

    `revision` counts from 1 in each asset. `was` is the SHA-256 of the revision before, None for the first. `at` has an
    offset; `why` is what the one who made it said, `note` anything else that is to be known.
    """

    asset: str
    revision: int
    name: str
    sha256: str
    size: int
    at: datetime
    who: str
    why: str
    note: str = ""
    was: str | None = None

    @property
    def id(self) -> str:
        """`original/subtitles/ko/full@3`."""
        return f"{self.asset}@{self.revision}"


@dataclass(frozen=True, slots=True)
class History:
    """The revisions of a title, oldest first; `fault` says why they could not be read, and is empty if they could."""

    revisions: tuple[Revision, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A file with other bytes than those of its newest revision; `same_as` is a revision that has them, if one has."""

    asset: str
    name: str
    newest: Revision
    sha256: str
    same_as: Revision | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Bytes of a newest revision that lie under another name than its own: `name` is where they are."""

    asset: str
    newest: Revision
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the files of a title stand to their revisions. `missing` are newest revisions whose bytes lie nowhere."""

    changed: tuple[Changed, ...] = ()
    moved: tuple[Moved, ...] = ()
    missing: tuple[Revision, ...] = ()

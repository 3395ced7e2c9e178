"""A mended subtitle file gets its place: a title's as a new revision, any other with the original beside it."""

import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from assets import history
from assets.catalogue import Catalogue
from assets.digest import sha256_bytes
from assets.errors import UsageError
from assets.subtitles.model import SubtitleTrack
from assets.title import Title
from cli import judgement
from cli.who import who
from cli.writing import write_bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """Who has a title's files mended (None: git's user), and why."""

    who: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the original is: a file beside it, or the revision before the new one."""

    original: str
    revision: str = ""


def source_of(track: SubtitleTrack) -> bytes:
    """The bytes of a track's file. Raises UsageError if they are not those that were judged."""
    try:
        data = track.file.path.read_bytes()
    except OSError as error:
        raise UsageError(f"{track.file.path}: cannot be read: {error.strerror}") from error
    if sha256_bytes(data) != track.sha256:
        raise UsageError(f"{track.file.path}: has changed since it was read; it is left as it is")
    return data


def role_of(catalogue: Catalogue | None, title: Title, track: SubtitleTrack) -> str | None:
    """The role of a track in its title; None for a file that belongs to no title of the catalogue."""
    folder = title.folder
    if catalogue is None or folder.parent != catalogue.root / "titles":
        return None
    if unicodedata.normalize("NFC", folder.name) != title.id:
        return None
    return next((role for role, file in history.roles(title).items() if file == track.file), None)


def put(root: Path, title: Title, place: tuple[str, SubtitleTrack], data: bytes, signed: Signed) -> Kept:
    """Give a title's file its new bytes as a revision. Raises UsageError, InputError; the file is then as it was."""
    role, track = place
    source_of(track)
    with tempfile.TemporaryDirectory() as folder:
        mended = Path(folder) / "mended"
        mended.write_bytes(data)
        made = history.replace_file(
            root,
            title,
            role,
            track.file,
            mended,
            who=who(root, signed.who),
            why=signed.why,
            note="",
            at=judgement.now(),
        )
    return Kept(f"{made.asset}@{made.revision - 1}", made.id)


def put_beside(track: SubtitleTrack, data: bytes) -> Kept:
    """Write the file, the original kept beside it under a name of its own: `film.orig.1.srt`."""
    path = track.file.path.resolve()
    original = source_of(track)
    number = 1
    while True:
        kept = path.with_name(f"{path.stem}.orig.{number}{path.suffix}")
        try:
            with kept.open("xb") as file:
                file.write(original)
            break
        except FileExistsError:
            number += 1
        except OSError as error:
            raise UsageError(f"{kept}: cannot be written: {error.strerror}") from error
    write_bytes(path, data)
    return Kept(kept.name)

"""A title's files as they lie there, with their digests; what has not changed since it was read is not read again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assets import history
from assets.catalogue import Catalogue
from assets.file_bytes import FileBytes, bytes_of, is_away
from assets.history import Revision, Standing
from assets.title import AssetFile, Title
from cli.terminal import steps_progress


@contextmanager
def hashing(root: Path) -> Iterator[Callable[[AssetFile], FileBytes]]:
    """Tells a file's size and digest."""
    from storage.state import open_state

    with open_state(root) as kept:

        def read(file: AssetFile) -> FileBytes:
            path = file.path
            if not path.is_file():
                return bytes_of(file)
            before = path.stat()
            known = kept.digest_of(path)
            if known is not None:
                return FileBytes(before.st_size, known)
            found = bytes_of(file)
            if not found.reason and path.stat().st_ctime_ns == before.st_ctime_ns:  # nobody wrote to it meanwhile
                kept.remember(path, found.sha256)
            return found

        yield read


@dataclass(frozen=True, slots=True)
class Present:
    """A title with its files as they lie there now, its revisions, and how the one stands to the other."""

    title: Title
    files: dict[str, AssetFile]
    digests: dict[str, str]
    revisions: tuple[Revision, ...]
    standing: Standing


def present(catalogue: Catalogue, title: Title) -> Present:
    """A title's files now; what is missing is looked for in its folder. Raises InputError for its history."""
    files = history.roles(title)
    known = history.revisions(title)
    digests: dict[str, str] = {}
    every = title.files()
    with hashing(catalogue.root) as bytes_now, steps_progress(title.id) as told:
        for number, file in enumerate(every):
            told("reading files", number / len(every))
            digests[file.name] = bytes_now(file).sha256 if file.path.is_file() or is_away(file) else ""
    standing = history.compare(title, known, digests)
    moved = history.search(title, standing.missing)
    found = {item.newest for item in moved}
    lost = tuple(item for item in standing.missing if item not in found)
    return Present(title, files, digests, known, Standing(standing.changed, (*standing.moved, *moved), lost))

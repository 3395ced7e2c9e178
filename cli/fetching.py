"""What `fetch` does: files of a title come back from the stores that they are away in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assets import history
from assets.catalogue import Catalogue
from assets.errors import UsageError
from assets.file_bytes import is_away
from assets.history import keeping
from assets.history.roles import is_address
from assets.private import private_folder
from assets.title import Away, Title
from cli.stowing import file_named
from cli.terminal import bytes_progress
from storage import fetching
from storage.stores.objects import open_object


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file, or an older revision such as `master@1`, whose bytes are here. `is_new` if they came now."""

    name: str
    reference: Away
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Bytes to bring to a place; an older revision's place is that of kept bytes."""

    name: str
    reference: Away
    place: Path
    is_kept: bool = False


def fetch(catalogue: Catalogue, title: Title, names: Sequence[str]) -> Iterator[Fetched]:
    """Bring back what is named, or all files that are away. Raises before the first for what is nowhere away."""
    root = catalogue.root
    chosen = [_named(root, title, name) for name in names] or list(_away(title))
    for wanted in chosen:
        reference = wanted.reference
        if wanted.is_kept:
            private_folder(root)
        with bytes_progress(wanted.name, reference.size, title.id) as progress:
            source = open_object(reference.url, catalogue)
            is_new = fetching.fetch(reference, source, wanted.place, root, progress)
        if wanted.is_kept:
            keeping.protect(wanted.place)
        yield Fetched(wanted.name, reference, is_new)


def _away(title: Title) -> Iterator[_Wanted]:
    """What is away; a file that is here is rid of what a killed run has left of its fetching."""
    for file in title.files():
        if file.away is None:
            continue
        if is_away(file):
            yield _Wanted(file.name, file.away, file.path)
        else:
            fetching.forget_other_name(file.away, file.path)


def _named(root: Path, title: Title, name: str) -> _Wanted:
    if is_address(name):
        revision = history.revision_named(history.revisions(title), name)
        found = reference_of(title, revision.sha256)
        if found is None:
            raise UsageError(f"{revision.id}: away.toml of {title.id} does not say where its bytes are")
        return _Wanted(revision.id, found, keeping.place(root, revision.sha256), is_kept=True)
    _, file = file_named(title, name)
    if file.away is None:
        raise UsageError(f"{file.name}: away.toml of {title.id} does not say where its bytes are")
    return _Wanted(file.name, file.away, file.path)


def reference_of(title: Title, sha256: str) -> Away | None:
    """The last reference to bytes that are known by their digest."""
    return next((item for item in reversed(title.away) if item.sha256 == sha256), None)

"""What `stow` does: files of a title go to a store, and references stay."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assets import history
from assets.catalogue import Catalogue
from assets.errors import UsageError
from assets.file_bytes import is_away
from assets.history.ledger import nfc
from assets.title import AssetFile, Away, Title
from cli import judgement, life
from cli.terminal import bytes_progress
from cli.who import who
from storage import stowing
from storage.state import open_state
from storage.stores import open_store
from storage.stores.objects import object_key, object_url


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line: to which store, whether the files stay as well, and who asks."""

    store: str
    keep: bool
    who: str | None


@dataclass(frozen=True, slots=True)
class Stowed:
    """A file that is away now. `was_away` says that it was before; `note` what is to be known of it."""

    reference: Away
    was_away: bool = False
    note: str = ""


def stow(catalogue: Catalogue, title: Title, names: Sequence[str], order: Order) -> Iterator[Stowed]:
    """Stow files of a title, one after the other.

    Raises before the first for a name that is no file of it, and for a store that anybody can read.
    """
    chosen = [file_named(title, name) for name in names]
    store = open_store(order.store, catalogue, tell=life.say)
    life.require_private(store)
    for role, file in chosen:
        if file.away is not None and is_away(file):
            yield Stowed(file.away, was_away=True)
            continue
        with bytes_progress(f"{file.name}: reading", size_of(file.path), title.id) as progress:
            sent = stowing.look_at(title, file, progress)
        key = object_key(sent.sha256)
        url = object_url(order.store, key, catalogue)
        with bytes_progress(file.name, 2 * sent.size, title.id) as progress:
            stowing.put(sent, store, progress)
        now = judgement.now()
        by, why = who(catalogue.root, order.who), f"stowed in {url.removesuffix(f'/{key}')}"
        history.record(title, file, role, sha256=sent.sha256, size=sent.size, who=by, why=why, at=now)
        reference = Away(title.id, nfc(file.name), sent.sha256, sent.size, url, now)
        stowing.settle(title, sent, reference, keep=order.keep)
        yield Stowed(reference, note=_note(catalogue, title, reference))


def size_of(path: Path) -> int:
    """The bytes of a file; none where there is none, which is told when it is read."""
    return path.stat().st_size if path.is_file() else 0


def file_named(title: Title, text: str) -> tuple[str, AssetFile]:
    """The file that a person means, with its role: its name in title.toml, its path, or `master`, `poster`, `ko`.

    Raises UsageError if it is none of the title's.
    """
    roles = history.roles(title)
    path = Path.cwd() / text
    for role, file in roles.items():
        if nfc(text) == file.name or path == file.path:
            return role, file
    try:
        role = history.asset_named(list(roles), text)
    except UsageError as error:
        known = ", ".join(dict.fromkeys(file.name for file in roles.values())) or "none"
        raise UsageError(f"{text!r} is no file of {title.id}; files: {known}") from error
    return role, roles[role]


def _note(catalogue: Catalogue, title: Title, reference: Away) -> str:
    """What cannot be done without the bytes; nothing of picture and sound that were measured."""
    media = {version.master for version in title.versions}
    media |= {audio.file for version in title.versions for audio in version.audio}
    media |= {stem.file for version in title.versions for stem in version.stems}
    if reference.name not in {file.name for file in media if file is not None}:
        return "its content can be checked again when it is fetched"
    with open_state(catalogue.root) as state:
        is_measured = state.measured(reference.sha256) is not None
    return "" if is_measured else "it was never measured: the next check reads it there"

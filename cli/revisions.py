"""What `history`, `announce`, `restore` and `diff` share: from `ko@3` to a revision and its bytes."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assets import history, renaming
from assets.catalogue import Catalogue
from assets.errors import Fault, InputError, UsageError
from assets.file_bytes import is_away
from assets.history import Changed, Moved, Revision
from assets.title import AssetFile, Title
from assets.title_editing import locked
from cli import judgement
from cli.standing import Present, present
from cli.who import who
from storage.index import Verdict, open_index


@dataclass(frozen=True, slots=True)
class Said:
    """Who says what of a new revision, in the words of the command line."""

    why: str
    note: str = ""
    who: str | None = None

    def __post_init__(self) -> None:
        if not self.why.strip():
            raise UsageError("--why: says nothing; a few words for whoever asks in some years")


@dataclass(frozen=True, slots=True)
class PastRevision:
    """A revision with the verdicts on its bytes and the packages that were made of them."""

    revision: Revision
    verdicts: tuple[Verdict, ...]
    packages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastAsset:
    """An asset with its revisions, newest first. `file` is None if title.toml names it no more.

    `verdicts` are those on the bytes that lie there now, where these have no revision. `away` is the URL of the object
    that has them instead, if one has.
    """

    asset: str
    file: AssetFile | None
    sha256: str
    revisions: tuple[PastRevision, ...]
    verdicts: tuple[Verdict, ...]
    changed: Changed | None
    moved: tuple[Moved, ...]
    is_gone: bool
    away: str = ""

    @property
    def is_finding(self) -> bool:
        """Whether it has changed without a word, or is gone."""
        return self.changed is not None or self.is_gone


@dataclass(frozen=True, slots=True)
class Past:
    """The history of a title, or of one of its assets."""

    title: Title
    assets: tuple[PastAsset, ...]


def past_of(catalogue: Catalogue, now: Present, asset: str | None) -> Past:
    """The history of one asset, or of all. Raises UsageError if the title has no such asset."""
    known = list(dict.fromkeys([*now.files, *(item.asset for item in now.revisions)]))
    chosen = [history.asset_named(known, asset)] if asset else known
    with open_index(catalogue.root) as index:
        verdicts = index.verdicts(now.title.id)
        packages = index.deliveries_of([item.sha256 for item in now.revisions])
    return Past(now.title, tuple(_past(name, now, verdicts, packages) for name in chosen))


def _past(asset: str, now: Present, verdicts: Sequence[Verdict], packages: dict[str, tuple[str, ...]]) -> PastAsset:
    file = now.files.get(asset)
    sha256 = now.digests.get(file.name, "") if file else ""
    own = [item for item in reversed(now.revisions) if item.asset == asset]
    past = tuple(PastRevision(item, _on(item.sha256, verdicts), packages[item.sha256]) for item in own)
    return PastAsset(
        asset=asset,
        file=file,
        sha256=sha256,
        revisions=past,
        verdicts=() if any(item.sha256 == sha256 for item in own) else _on(sha256, verdicts),
        changed=next((item for item in now.standing.changed if file and item.name == file.name), None),
        moved=tuple(item for item in now.standing.moved if item.asset == asset),
        is_gone=any(item.asset == asset for item in now.standing.missing),
        away=file.away.url if file and file.away and is_away(file) else "",
    )


def _on(sha256: str, verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    return tuple(item for item in verdicts if sha256 and item.sha256 == sha256)


def bytes_of(catalogue: Catalogue, title: Title, revision: Revision) -> Path:
    """A file that has the bytes of a revision. Raises InputError if they are nowhere in the catalogue."""
    root = catalogue.root
    found = history.find_kept(root, revision, (file.path for file in title.files()))
    if found is None:
        moved = history.search(title, [revision])
        found = title.folder / moved[0].name if moved else None
    if found is None:
        place = f"titles/{title.id}"
        away = next((item for item in reversed(title.away) if item.sha256 == revision.sha256), None)
        if away is not None:
            fetch = shlex.join(("releaseprint", "fetch", title.id, revision.id))
            raise InputError(Fault(place, revision.id, f"its bytes are away, in {away.url}", f"`{fetch}` brings them"))
        wrong = f"its bytes (SHA-256 {revision.sha256}) are neither kept nor in the folder of the title"
        raise InputError(Fault(place, revision.id, wrong, "copy them there from a backup or a delivered package"))
    return found


def restore(catalogue: Catalogue, title: Title, address: str, said: Said) -> Revision:
    """Give a file the bytes of an older revision again, as a new one. Raises UsageError, InputError."""
    with locked(title.folder):
        now = catalogue.title(title.id)  # another process may have given the file another name
        revision = history.revision_named(history.revisions(now), address)
        file = history.roles(now).get(revision.asset)
        if file is None:
            raise UsageError(f"{revision.id}: title.toml names no {revision.asset} any more; name its file there first")
        source, name = bytes_of(catalogue, now, revision), who(catalogue.root, said.who)
        by = renaming.Signed(name, said.why, said.note or f"the bytes of {revision.id}", judgement.now())
        if renaming.is_other_format(file.name, Path(revision.name).suffix):
            return renaming.replace_by(
                now, revision.asset, file, revision.name, source, sha256=revision.sha256, signed=by
            )
        return history.replace_file(
            catalogue.root,
            now,
            revision.asset,
            file,
            source,
            who=by.who,
            why=by.why,
            note=by.note,
            at=by.at,
            sha256=revision.sha256,
        )


def announce(catalogue: Catalogue, title: Title, assets: Sequence[str], said: Said) -> list[Revision]:
    """Record the files of a title as they lie there: those named, or all that have no revision or other bytes.

    Where a file is gone and its bytes lie under another name in the title's folder, title.toml gets that name.
    """
    now = present(catalogue, title)
    chosen = [history.asset_named(list(now.files), name) for name in assets]
    if _followed(now, chosen or list(now.files)):
        now = present(catalogue, catalogue.title(title.id))
    return list(_announced(catalogue, now, chosen or list(now.files), said))


def _followed(now: Present, chosen: Sequence[str]) -> bool:
    """Name the files that were moved or renamed in title.toml as they are called now; whether there are any."""
    declared = {file.name for file in now.files.values()}
    moved: dict[str, str] = {}
    for item in now.standing.moved:
        file = now.files.get(item.asset)
        is_there = file is None or file.path.is_file() or is_away(file)
        if item.asset in chosen and file is not None and not is_there and item.name not in declared:
            moved.setdefault(file.name, item.name)
    with locked(now.title.folder):
        for old, new in moved.items():
            renaming.rename(now.title, old, new)
    return bool(moved)


def _announced(catalogue: Catalogue, now: Present, chosen: Sequence[str], said: Said) -> Iterator[Revision]:
    newest = {item.asset: item for item in now.revisions}
    done: set[AssetFile] = set()
    for asset in chosen:
        file = now.files[asset]
        sha256 = now.digests[file.name]
        before = newest.get(asset)
        is_known = before is not None and (before.sha256, before.name) == (sha256, file.name)
        if not sha256 or is_known or file in done or is_away(file) or not file.path.is_file():
            continue
        done.add(file)
        yield history.record(
            now.title,
            file,
            asset,
            sha256=sha256,
            size=file.path.stat().st_size,
            who=who(catalogue.root, said.who),
            why=said.why,
            note=said.note,
            at=judgement.now(),
        )

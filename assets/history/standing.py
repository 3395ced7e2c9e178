"""How a title's files stand to their revisions: changed without a word, moved, or gone."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from assets import digest
from assets.history.ledger import nfc, revisions
from assets.history.model import Changed, Moved, Revision, Standing
from assets.history.roles import roles
from assets.title import Title
from assets.title_editing import INCOMING


def unannounced(title: Title, digests: Mapping[str, str]) -> Standing:
    """How the files stand to the revisions of the title; `digests` are the files' SHA-256 by name, empty if unreadable.

    Raises InputError if the title's history cannot be read.
    """
    return compare(title, revisions(title), digests)


def compare(title: Title, known: Sequence[Revision], digests: Mapping[str, str]) -> Standing:
    """As `unannounced`, for revisions that were read. A file without a revision is none of its answers."""
    by_name = {nfc(name): sha256 for name, sha256 in digests.items() if sha256}
    changed: list[Changed] = []
    moved: list[Moved] = []
    missing: list[Revision] = []
    for name, newest in _newest_by_file(title, known):
        sha256 = by_name.get(name, "")
        if sha256 == newest.sha256:
            if newest.name != name:
                moved.append(Moved(newest.asset, newest, name))
            continue
        elsewhere = next((other for other, held in by_name.items() if held == newest.sha256), None)
        if sha256:
            same = next((item for item in reversed(known) if item.sha256 == sha256), None)
            changed.append(Changed(newest.asset, name, newest, sha256, same))
        if elsewhere is not None:
            moved.append(Moved(newest.asset, newest, elsewhere))
        elif not sha256:
            missing.append(newest)
    return Standing(tuple(changed), tuple(moved), tuple(missing))


def search(title: Title, lost: Sequence[Revision]) -> tuple[Moved, ...]:
    """Where in the title's folder the bytes of lost revisions lie now; only files of the right size are read.

    What is just being written, or was left half-written, is no file of the title.
    """
    wanted = {item.size: [other for other in lost if other.size == item.size] for item in lost}
    found: list[Moved] = []
    for folder, _, names in os.walk(title.folder):
        for path in (Path(folder, name) for name in sorted(names) if not name.startswith(INCOMING)):
            name = nfc(path.relative_to(title.folder).as_posix())
            with suppress(OSError):  # what cannot be read is not known to be anything
                same_size = wanted.get(path.stat().st_size, []) if path.is_file() and not path.is_symlink() else []
                sha256 = digest.sha256_file(path) if same_size else ""
                found += [Moved(item.asset, item, name) for item in same_size if item.sha256 == sha256]
    return tuple(found)


def _newest_by_file(title: Title, known: Sequence[Revision]) -> Iterator[tuple[str, Revision]]:
    """Each file of the title with the newest revision of its name; if there is none, of what it is for."""
    names: dict[str, list[str]] = {}
    for role, file in roles(title).items():
        names.setdefault(nfc(file.name), []).append(role)
    by_name = {item.name: item for item in known}  # the last one of each stays
    by_asset = {item.asset: item for item in known}
    for name, own in names.items():
        newest = by_name.get(name) or next((by_asset[role] for role in own if role in by_asset), None)
        if newest is not None:
            yield name, newest

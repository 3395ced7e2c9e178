"""Files get into a title's folder and its title.toml: all that is new of a drop or nothing of it.

The order, and why a kill between any two steps is harmless:

 0. titles that the catalogue does not know get a title.toml, as `founding.py` describes;
 1. each file is copied beside where it shall lie, under a name that means nothing, synced, and read again;
 2. the titles are locked; one whose title.toml has changed since the proposal was made is proposed for anew;
 3. the copies get their names, which nothing may have before: a file that nothing refers to is no asset;
 4. each new title.toml is written beside the old one, synced, read as any title is, and gets its name by a rename;
 5. the history is told of each file. A file of which it was not told is told of when it is added again.

Whatever fails before the last of 4 takes away what it made, as long as no title.toml refers to it. Files that replace
others come last, in 5, one by one and each of them whole: what fails there is done when the command is repeated; those
of another format than the file they replace get a name of their own, as `assets/renaming.py` describes.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assets import digest, history, manifest, paths, renaming
from assets.catalogue import Catalogue
from assets.errors import Fault, InputError
from assets.intake import names
from assets.intake.drop import Plan
from assets.intake.entries import additions
from assets.intake.founding import founded
from assets.intake.proposal import Proposal, Status
from assets.intake.staging import Progress, folder_of, link, staged, sync
from assets.title import AssetFile, Title
from assets.title_editing import edited, locked, prepared

_MOST_OF_A_NAME = 1000


class StaleError(Exception):
    """A title.toml was changed after the proposal was made: make it again."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who takes files in, when, and why, for the history."""

    who: str
    why: str
    at: datetime


def take_in(
    catalogue: Catalogue, plan: Plan, proposals: Sequence[Proposal], signed: Signed, told: Progress
) -> dict[str, str]:
    """Do some of what is planned; gives the name in its title's folder of each file, by the file's own name.

    Raises StaleError if a title.toml has other bytes than at the time of the plan, Refused if one that is to be made is
    there by now, InputError for what cannot be read or written.
    """
    texts, titles = plan.texts, sorted({_title(item) for item in proposals})
    new = [item for item in plan.new if item.id in titles]
    copied = [item for item in proposals if _is_copied(item)]
    try:
        with founded(catalogue, new), staged(catalogue, copied, told) as copies, ExitStack() as locks:
            for title_id in titles:
                locks.enter_context(locked(_toml(catalogue, title_id).parent))
                if _toml(catalogue, title_id).read_bytes() != texts[title_id]:
                    raise StaleError(title_id)
                history.revisions(catalogue.title(title_id))  # what cannot be told of is not begun
            found = _written(catalogue, proposals, copies, texts)
            _announce(catalogue, proposals, found, signed)
    except OSError as error:
        place = error.filename or catalogue.root
        raise InputError(Fault(str(place), "", f"cannot be written: {error.strerror or error}")) from error
    return found


def _is_copied(item: Proposal) -> bool:
    return item.status is Status.ADD and not item.is_in_place


def _title(item: Proposal) -> str:
    if item.title is None:
        raise TypeError(item)
    return item.title.value


def _toml(catalogue: Catalogue, title_id: str) -> Path:
    return catalogue.root / "titles" / title_id / manifest.FILE_NAME


def _written(
    catalogue: Catalogue, proposals: Sequence[Proposal], copies: Mapping[str, Path], texts: Mapping[str, bytes]
) -> dict[str, str]:
    """Give the copies their names and the titles their new text; the names, by the files' own."""
    made: list[tuple[str, Path]] = []
    try:
        found = {item.what.file.name: _named(catalogue, item, copies, made) for item in proposals}
        _rewrite(catalogue, proposals, found, texts)
    except BaseException:
        for title_id, path in made:
            if _toml(catalogue, title_id).read_bytes() == texts[title_id]:  # else it refers to the file
                path.unlink(missing_ok=True)
        raise
    return found


def _named(catalogue: Catalogue, item: Proposal, copies: Mapping[str, Path], made: list[tuple[str, Path]]) -> str:
    """The name of a file in its title's folder, which its copy gets; one that has the same bytes already is it."""
    if not _is_copied(item):
        return item.name
    folder, copy = folder_of(catalogue, item), copies[item.what.file.name]
    for number in range(1, _MOST_OF_A_NAME):
        name = names.numbered(item.name, number)
        place = paths.find(folder, name)
        with suppress(FileExistsError):
            link(copy, place)
            made.append((_title(item), place))
            sync(place.parent)
            return name
        size = item.what.file.size
        is_file = place.is_file() and not place.is_symlink() and place.stat().st_size == size
        if is_file and digest.sha256_file(place) == item.what.file.sha256:
            return name  # left by a run that was killed
    raise InputError(Fault(item.name, "", f"there are {_MOST_OF_A_NAME} files of that name"))


def _rewrite(
    catalogue: Catalogue, proposals: Sequence[Proposal], found: Mapping[str, str], texts: Mapping[str, bytes]
) -> None:
    """Write every title.toml that changes, all of them or none."""
    with ExitStack() as stack:
        ready: list[tuple[Path, Path, bytes]] = []
        for title_id, before in texts.items():
            own = [item for item in proposals if item.status is Status.ADD and _title(item) == title_id]
            own.sort(key=lambda item: not item.makes_version)  # a version comes before what belongs to it
            new = [one for item in own for one in additions(item, found[item.what.file.name])]
            if not new:
                continue
            path = _toml(catalogue, title_id)
            incoming = stack.enter_context(prepared(path, edited(before.decode(), new)))
            manifest.read_title(incoming, catalogue.root, catalogue.shown(path))
            ready.append((path, incoming, before))
        _swap(ready)


def _swap(ready: Sequence[tuple[Path, Path, bytes]]) -> None:
    """Rename each new text over the old one; if one rename fails, those before it are taken back."""
    done: list[tuple[Path, bytes]] = []
    try:
        for path, incoming, before in ready:
            incoming.replace(path)
            done.append((path, before))
            sync(path.parent)
    except BaseException:
        for path, before in done:
            with prepared(path, before.decode()) as old:
                old.replace(path)
        raise


def _announce(catalogue: Catalogue, proposals: Sequence[Proposal], found: Mapping[str, str], signed: Signed) -> None:
    """Tell the history of every file; one that replaces another gets its name here, and the old bytes are kept."""
    for title_id in sorted({_title(item) for item in proposals}):
        title = catalogue.title(title_id)
        roles = {file.name: (role, file) for role, file in reversed(history.roles(title).items())}
        for item in proposals:
            if _title(item) == title_id:
                _tell(title, item, roles[item.instead or found[item.what.file.name]], signed)


def _tell(title: Title, item: Proposal, place: tuple[str, AssetFile], signed: Signed) -> None:
    source, (role, file) = item.what.file, place
    who, why, at, note = signed.who, signed.why, signed.at, f"from {item.what.file.name}"
    if item.instead:
        by = renaming.Signed(who, why, note, at)
        renaming.replace_by(title, role, file, item.name, source.path, sha256=source.sha256, signed=by)
    elif item.status is Status.REPLACE:
        root = title.folder.parent.parent
        has = source.sha256
        history.replace_file(root, title, role, file, source.path, who=who, why=why, note=note, at=at, sha256=has)
    else:
        size, sha256 = source.size, source.sha256
        history.record(title, file, role, sha256=sha256, size=size, who=who, why=why, note=note, at=at)

"""What is planned gets into the catalogue: every title.toml or none, and each of them whole whenever the run is killed.

While it goes on no other import runs in the catalogue. The text of each title.toml is made before anything is written.
Then, title by title, the text is written beside its place, synced, and gets its name: by a link (`staging.link`) where
there may be none of that name yet, by a rename where one is replaced that still has the bytes that were planned with. A
run that was killed has done some of the titles; for the next one these are as they should be, and it does the others.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from assets import manifest
from assets.catalogue import Catalogue
from assets.errors import Fault, InputError, Refused
from assets.importing.planning import Plan, Planned, Status
from assets.intake.staging import link, sync
from assets.title_editing import locked, prepared

Progress = Callable[[str, float], None]
"""Told the name of a step and how much of it is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A title.toml that is written: its bytes before, None if there was none, and after."""

    path: Path
    before: bytes | None
    after: bytes


@contextmanager
def alone(catalogue: Catalogue) -> Iterator[None]:
    """While the block runs no other import changes this catalogue. Raises InputError if it cannot be written to."""
    titles = catalogue.root / "titles"
    try:
        titles.mkdir(exist_ok=True)
        with locked(titles):
            yield
    except OSError as error:
        place = error.filename or titles
        raise InputError(Fault(str(place), "", f"cannot be written: {error.strerror or error}")) from error


def made_ready(catalogue: Catalogue, plan: Plan) -> tuple[Plan, list[Ready]]:
    """The texts to write; a row whose changes cannot be put into its title.toml becomes a wrong one."""
    rows: list[Planned] = []
    ready: list[Ready] = []
    for row in plan.rows:
        path = catalogue.root / "titles" / row.title / manifest.FILE_NAME
        try:
            if row.status in {Status.NEW, Status.CHANGED}:
                catalogue.require_inside(path)
                ready.append(Ready(path, row.before, row.text().encode()))
            rows.append(row)
        except InputError as error:
            faults = tuple(replace(fault, path=catalogue.shown(path)) for fault in error.faults)
            rows.append(replace(row, status=Status.WRONG, faults=faults))
    return replace(plan, rows=tuple(rows)), ready


def write(ready: Sequence[Ready], told: Progress) -> None:
    """Write every title.toml. Raises Refused, OSError; what was written until then is taken back."""
    begun: list[Ready] = []
    try:
        for number, item in enumerate(ready, 1):
            _write(item, begun)
            told("titles", number / len(ready))
    except BaseException:
        take_back(begun)
        raise


def _write(item: Ready, begun: list[Ready]) -> None:
    folder = item.path.parent
    is_new_folder = not folder.exists()
    folder.mkdir(exist_ok=True)
    if is_new_folder:
        sync(folder.parent)
    with locked(folder), prepared(item.path, item.after.decode()) as incoming:
        if item.before is not None and item.path.read_bytes() != item.before:
            raise _changed(item)
        begun.append(item)  # before it is written, so that whatever interrupts that is taken back
        if item.before is None:
            try:
                link(incoming, item.path)
            except FileExistsError:
                begun.pop()
                raise _changed(item) from None
            sync(folder)
        else:
            incoming.replace(item.path)  # leaves one whole file or the other


def _changed(item: Ready) -> Refused:
    return Refused(
        "nothing was imported", [f"{item.path.parent.name}: another process changed it meanwhile; try again"]
    )


def take_back(begun: Sequence[Ready]) -> None:
    """Undo writes, the last one first; a title.toml that was changed since, or never written, stays as it is.

    All are tried. Raises InputError for those that cannot be undone.
    """
    left = [fault for item in reversed(begun) for fault in _take_back(item)]
    if left:
        raise InputError(*left)


def _take_back(item: Ready) -> Iterator[Fault]:
    try:
        with locked(item.path.parent), suppress(FileNotFoundError):
            if item.path.read_bytes() != item.after:
                return
            if item.before is None:
                item.path.unlink()
            else:
                with prepared(item.path, item.before.decode()) as old:
                    old.replace(item.path)
    except OSError as error:
        wrong = f"was written, and cannot be taken back: {error.strerror or error}"
        yield Fault(str(item.path), "", wrong, "its text before, which version control has")
        return
    if item.before is None:
        with suppress(OSError):  # something else lies in it
            item.path.parent.rmdir()

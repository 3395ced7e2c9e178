"""From the command line of `check --watch` to what is watched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from assets.catalogue import CONFIG_NAME, Catalogue
from assets.errors import Fault, InputError, UsageError
from checks.report import Report
from cli import judgement
from cli.global_options import settings
from cli.judgement import Asked
from cli.outputs import TEXT, Output
from cli.render.batch import Batch
from cli.render.words import visible
from cli.showing import batch_of
from cli.targets import Said
from cli.watch import run
from cli.watch_telling import Telling
from cli.watched_folder import WatchedFolder
from cli.watched_titles import WatchedTitles


@dataclass(frozen=True, slots=True)
class Watching:
    """What the command line says: `names` are titles, or one folder; `platform` the name that was said, if any."""

    catalogue: Catalogue | None
    platform: str | None
    asked: Asked
    said: Said
    names: tuple[str, ...]
    outputs: tuple[Output, ...]
    language: str
    fingerprints: bool
    rest_seconds: int


def start(what: Watching) -> int:
    """Watch until Ctrl-C; the exit code. Raises UsageError, InputError for what cannot be watched or written."""
    first, *files = what.outputs
    if first.name not in {TEXT, "json"}:
        raise UsageError(
            "--watch prints a line an event, as text or with --json; another format goes to a file: NAME=PATH"
        )
    folder = _folder(what)
    watched = _loose(what, folder) if folder else _titles(what)
    _require_elsewhere(files, [folder] if folder else _own_files(watched.root))
    try:
        watched.seen()
    except OSError as error:
        raise InputError(Fault(str(watched.root), "", f"cannot be read: {error.strerror}")) from error

    def made(reports: Sequence[Report], unread: Sequence[InputError], names: Iterable[str]) -> Batch:
        return batch_of(
            reports,
            unread,
            catalogue=what.catalogue,
            names=[str(folder / name) for name in names] if folder else (),
            language=what.language,
            fingerprints=what.fingerprints,
        )

    telling = Telling(watched, first.name != TEXT, tuple(files), made)
    telling.begin()
    if settings().volume >= 0:
        click.echo(visible(f"watching {watched.root}, by {what.asked.platform.id}; Ctrl-C ends it"), err=True)
    return run(watched, telling, what.rest_seconds)


def _folder(what: Watching) -> Path | None:
    """The folder that is named; None if titles are, or nothing. Raises UsageError for a name that is neither."""
    known = what.catalogue.title_ids() if what.catalogue else []
    others = [name for name in what.names if name not in known]
    if not others:
        return None
    path = Path(others[0])
    if not path.is_dir():
        if what.catalogue and not path.exists():
            what.catalogue.require_title(others[0])
        raise UsageError(f"{path}: is neither a title nor a folder; --watch follows titles of a catalogue, or a folder")
    if len(what.names) > 1:
        raise UsageError("--watch follows titles of a catalogue, or one folder")
    _require_loose(path, what.catalogue)
    return path


def _require_loose(folder: Path, catalogue: Catalogue | None) -> None:
    if (folder / CONFIG_NAME).is_file():
        raise UsageError(f"{folder}: is a catalogue; `check --watch -C {folder}` follows its titles")
    if catalogue and folder.resolve().is_relative_to((catalogue.root / "titles").resolve()):
        raise UsageError(
            f"{folder}: lies among the titles of the catalogue; --watch with the name of a title follows it"
        )


def _loose(what: Watching, folder: Path) -> WatchedFolder:
    device = folder.stat().st_dev
    return WatchedFolder(folder, device, what.catalogue, what.asked, what.said, what.language)


def _titles(what: Watching) -> WatchedTitles:
    catalogue = judgement.require(what.catalogue.root if what.catalogue else None)
    return WatchedTitles(
        root=catalogue.root,
        platform=what.platform,
        asked=lambda now, name: replace(what.asked, platform=judgement.platform_of(now, name)),
        titles=what.names,
        language=what.language,
    )


def _own_files(root: Path) -> list[Path]:
    return [root / "titles", root / "platforms", root / CONFIG_NAME]


def _require_elsewhere(files: Iterable[Output], watched: Iterable[Path]) -> None:
    """Raises UsageError for a report that would be written into what is watched, and judged, or over it."""
    folders = [path.resolve() for path in watched]
    for path in (output.path for output in files if output.path):
        if any(path.resolve().is_relative_to(folder) for folder in folders):
            raise UsageError(f"{path}: lies in what is watched; name a file elsewhere for the report")

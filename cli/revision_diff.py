"""`diff` of revisions: cue by cue for text, facts side by side for masters, sound, pictures and papers."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assets import history
from assets.catalogue import Catalogue
from assets.errors import Fault, InputError, UsageError
from assets.history import Revision
from assets.history.ledger import revisions_in
from assets.history.roles import is_address
from assets.media import MediaInfo
from assets.signals.model import Signals
from assets.timing import Time, ms_text
from assets.title import AssetFile, Title
from assets.worker import WorkerError, run_isolated
from cli import making, revision_facts
from cli.render.words import count_text
from cli.revision_facts import Row
from cli.revisions import bytes_of
from cli.terminal import steps_progress

IMAGE_SECONDS = 60.0
SHEET = "side-by-side.png"
STILLS = 12
"""Pairs of pictures, evenly spaced over the shorter of two masters."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two revisions, `kind` is `master`, `audio`, `stems`, `subtitles`, `artwork` or `documents`."""

    revision: Revision
    title: Title
    kind: str

    @property
    def label(self) -> str:
        """What it is called."""
        return self.revision.id


def is_meant(*names: str) -> bool:
    """Whether one of the names is a revision, and no file of that name is there."""
    return any(is_address(name) and not Path(name).exists() for name in names)


def sides(catalogue: Catalogue, title_id: str | None, old: str, new: str) -> tuple[Side, Side]:
    """Two revisions of one title: the one that is named, or the only one that has both. Raises UsageError."""
    for name in (old, new):
        if not is_address(name):
            raise UsageError(f"{name!r} is no revision, such as ko@3; two revisions are compared, or two files")
    title = catalogue.title(title_id) if title_id else _only(catalogue, old, new)
    known = history.revisions(title)
    first, second = (_side(title, history.revision_named(known, name)) for name in (old, new))
    if first.kind != second.kind:
        raise UsageError(f"{first.label} and {second.label} are not of one kind: {first.kind}, {second.kind}")
    return first, second


def _only(catalogue: Catalogue, old: str, new: str) -> Title:
    """The one title whose history has both; no title.toml is read but its own, and what cannot be read has neither."""
    found: list[str] = []
    for title_id in catalogue.title_ids():
        with suppress(InputError, UsageError):
            known = revisions_in(catalogue.root / "titles" / title_id)
            history.revision_named(known, old)
            history.revision_named(known, new)
            found.append(title_id)
    if not found:
        raise UsageError(f"no title has both {old} and {new}; `releaseprint history TITLE` lists what it has")
    if len(found) > 1:
        raise UsageError(f"name the title with --title; titles with {old} and {new}: {', '.join(found[:20])}")
    return catalogue.title(found[0])


def _side(title: Title, revision: Revision) -> Side:
    parts = revision.asset.split("/")
    return Side(revision, title, parts[0] if parts[0] in {"artwork", "documents"} else parts[1])


def rows(catalogue: Catalogue, first: Side, second: Side) -> tuple[Row, ...]:
    """The facts of two revisions that are no text. Raises InputError if one can be neither read nor remembered."""
    both = (first, second)
    facts = [revision_facts.of_file(side.revision.size, side.revision.sha256) for side in both]
    if first.kind in {"master", "audio", "stems"}:
        media = [_media(catalogue, side) for side in both]
        known = next((tuple(revision_facts.of_signals(signals)) for _, signals in media if signals), ())
        for number, (info, signals) in enumerate(media):
            facts[number] |= revision_facts.of_media(info) | revision_facts.of_signals(signals, known)
    elif first.kind == "artwork":
        for number, side in enumerate(both):
            facts[number] |= _picture(catalogue, side)
    return revision_facts.side_by_side(*facts)


def _media(catalogue: Catalogue, side: Side) -> tuple[MediaInfo, Signals | None]:
    """What the state knows of a revision's bytes; otherwise what the file says of itself."""
    from assets.probe import probe
    from storage.state import open_state

    with open_state(catalogue.root) as kept:
        measured = kept.measured(side.revision.sha256)
    if measured is not None:
        return measured.info, measured.signals
    try:
        return probe(bytes_of(catalogue, side.title, side.revision), catalogue.config.media_timeout_seconds), None
    except WorkerError as error:
        raise InputError(Fault(side.label, "", str(error))) from error


def _picture(catalogue: Catalogue, side: Side) -> dict[str, str]:
    from assets.artwork_reading import read_image

    path = bytes_of(catalogue, side.title, side.revision)
    try:
        width, height, mode, form, _ = run_isolated(read_image, str(path), seconds=IMAGE_SECONDS)
    except WorkerError as error:
        raise InputError(Fault(side.label, "", str(error))) from error
    return revision_facts.of_picture(width, height, mode, form)


def write_thumbnails(catalogue: Catalogue, first: Side, second: Side, folder: Path) -> list[str]:
    """Pictures of two masters at the same times, and a sheet of them; both are measured if they were not.

    Gives their paths, the sheet's with how many pairs differ.

    Raises UsageError if the folder cannot be made or one of its files is there, InputError if a master cannot be read.
    """
    if first.kind != "master":
        raise UsageError(f"--thumbnails: {first.label} is no master")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made: {error.strerror}") from error
    from assets.making.side_by_side import Pair, write_sheet
    from assets.making.thumbnails import Still
    from assets.making.thumbnails import write_thumbnails as write

    with steps_progress("thumbnails") as told:
        how = making.how_to_make(catalogue, None, told)
        read = partial(making.read, catalogue, how=how)
        sources = [
            read(AssetFile(side.label, bytes_of(catalogue, side.title, side.revision))) for side in (first, second)
        ]
        times = _times(min(source.picture.duration for source in sources))
        pictures: list[list[Path]] = []
        for side, source in zip((first, second), sources, strict=True):
            start = source.picture.start
            stills = [Still(start + at, _name(number, at, side)) for number, at in enumerate(times, 1)]
            write(source, stills, folder, how)
            pictures.append([folder / still.name for still in stills])
    pairs = [Pair(at, *both) for at, *both in zip(times, *pictures, strict=True)]
    sheet = folder / SHEET
    differing = write_sheet(pairs, (first.label, second.label), sheet)
    made = sorted(path for side in pictures for path in side)
    return [*map(str, made), f"{sheet}: {differing} of {count_text(len(pairs), 'pair')} differ"]


def _times(duration: Time) -> list[Time]:
    """The middles of so many equal parts."""
    return [duration * (2 * number + 1) // (2 * STILLS) for number in range(STILLS)]


def _name(number: int, at: Time, side: Side) -> str:
    own = side.revision.asset.replace("/", "-")
    return f"{number:02}_{ms_text(at).replace(':', '-')}_{own}@{side.revision.revision}.jpg"

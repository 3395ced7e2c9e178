"""What `proxy`, `screener`, `thumbnails`, `rewrap` and `curves` share: from a name to a measured master."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assets.catalogue import Catalogue, Config
from assets.errors import Fault, InputError, UsageError
from assets.file_bytes import why_unreadable
from assets.making.source import How, Source
from assets.measuring import Measuring, measure
from assets.platform import Platform
from assets.title import AssetFile, Title
from assets.worker import WorkerError
from checks.core import Finding
from cli import judgement
from cli.forgiving import measurements
from cli.making_options import Asked
from cli.terminal import steps_progress


@contextmanager
def master(name: str, asked: Asked, out: Path) -> Iterator[tuple[Source, How]]:
    """The master that a title or a file is, measured, and how to make `out` of it, with a bar for each step.

    Raises UsageError for what is neither, and if `out` exists; InputError if the master cannot be read.
    """
    from assets.making.finishing import require_new

    require_new(out)
    catalogue = judgement.catalogue(asked.catalogue_dir, required=False)
    file = _file(catalogue, name, asked.version)
    with steps_progress(name) as told:
        how = how_to_make(catalogue, asked.ffmpeg, told)
        yield read(catalogue, file, how), how


def how_to_make(catalogue: Catalogue | None, ffmpeg: str | None, told: Callable[[str, float], None]) -> How:
    """By which ffmpeg, and in how long: making something takes no longer than measuring may."""
    config = catalogue.config if catalogue else Config()
    return How(ffmpeg, config.measure_timeout_seconds, told)


def read(catalogue: Catalogue | None, file: AssetFile, how: How) -> Source:
    """A master with its measurement, which is kept in the catalogue. Raises InputError if it cannot be read."""
    if not file.path.is_file():
        raise InputError(Fault(file.name, file.place, why_unreadable(file)))
    with measurements(catalogue) as kept:
        measuring = Measuring(kept, how.seconds, lambda _, share: how.told("decoding", share))
        try:
            found = measure(file.path, file.name, measuring)
        except WorkerError as error:
            raise InputError(Fault(file.name, file.place, str(error))) from error
    if found is None:
        raise TypeError(file)
    return Source(file.name, file.path, found)


def _file(catalogue: Catalogue | None, name: str, version: str | None) -> AssetFile:
    if catalogue is not None and name in catalogue.title_ids():
        return _master_of(catalogue.title(name), version)
    if not Path(name).is_file():
        titles = ", ".join(catalogue.title_ids()[:20]) if catalogue else "none: there is no catalogue here"
        raise UsageError(f"{name!r} is neither a title nor a file; titles: {titles}")
    if version is not None:
        raise UsageError(f"--version {version}: {name} is a file; a title has versions")
    return AssetFile(name, Path(name).resolve())


def _master_of(title: Title, version: str | None) -> AssetFile:
    known = {item.id: item.master for item in title.versions if item.master is not None}
    if version is not None and version not in known:
        raise UsageError(f"{title.id} has no version {version!r} with a master; {', '.join(known) or 'none'}")
    found = {known[version]} if version is not None else set(known.values())
    if len(found) != 1:
        raise UsageError(f"{title.id} has {len(found)} masters; name one with --version: {', '.join(known) or 'none'}")
    return found.pop()


def require_container(platform: Platform, container: str) -> None:
    """Raises UsageError if a platform does not take a container, or does not say which ones it takes."""
    settings = platform.checks.get("master/container")
    if settings is None:
        raise UsageError(f"{platform.id} does not say in which containers it takes a master")
    allowed = settings.limits["allowed"]
    if container not in allowed:
        raise UsageError(f"{platform.id} takes no {container}; {', '.join(allowed)} [{settings.source}]")


def worth_seeing(findings: Sequence[Finding], most: int) -> list[Finding]:
    """The findings with a time, at most so many: errors before warnings before notes, in the order of time."""
    timed = [finding for finding in findings if finding.at.start is not None]
    worst = sorted(timed, key=lambda finding: -finding.severity)[:most]
    return sorted(worst, key=lambda finding: (finding.asset, finding.at.start or 0))


def marked(finding: Finding) -> str:
    """`error master/black-inside: 3 s of black`: a finding beside its picture."""
    return f"{finding.severity} {finding.check}: {finding.message}"

"""What `check`, `report` and `deliver` share: from names on the command line to reports."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assets.catalogue import Catalogue
from assets.errors import UsageError
from assets.platform import Platform
from assets.subjects import Asset, ReadTitle
from assets.title import Title
from checks.judging import Question, judge
from checks.report import Report, Verdict
from cli.main import CLEAN, FINDINGS, UNREADABLE


def now() -> datetime:
    """The present, to the second, in UTC: the one place where the clock is read."""
    return datetime.now(UTC).replace(microsecond=0)


def require(folder: Path | None) -> Catalogue:
    """The catalogue at `folder`, or the nearest one upwards. Raises UsageError if there is none."""
    from assets.catalogue import open_catalogue

    return open_catalogue(folder)


def catalogue(folder: Path | None, *, required: bool) -> Catalogue | None:
    """As `require`; without a catalogue None, if none is required and none was named."""
    try:
        return require(folder)
    except UsageError:
        if required or folder is not None:
            raise
        return None


def platform_of(catalogue: Catalogue | None, name: str | None) -> Platform:
    """The platform of that name, or the catalogue's default one. Raises UsageError, InputError."""
    from assets import platform

    chosen = name or (catalogue.config.platform if catalogue else None)
    if chosen is None:
        known = ", ".join(platform.available(own_platforms(catalogue)))
        raise UsageError(
            f"no platform: --platform is needed, or `platform = …` in releaseprint.toml; platforms: {known}"
        )
    return platform.load(chosen, own_platforms(catalogue))


def own_platforms(catalogue: Catalogue | None) -> Path | None:
    """The folder of a catalogue's own platforms."""
    return catalogue.root / "platforms" if catalogue else None


def read(catalogue: Catalogue | None, title: Title) -> ReadTitle:
    """Everything of a title, read, with a progress bar."""
    from assets.catalogue import Config
    from assets.reading import read_title
    from cli.terminal import items_progress

    tracks = sum(len(version.subtitles) + bool(version.master) for version in title.versions)
    seconds = (catalogue.config if catalogue else Config()).media_timeout_seconds
    with items_progress(f"reading {title.id}", tracks + len(title.artwork)) as told:
        return read_title(title, seconds, told)


@dataclass(frozen=True, slots=True)
class Target:
    """A title to judge; `only` restricts the judgement to some of its assets."""

    title: Title
    only: Callable[[Asset], bool] | None = None


def judge_targets(
    catalogue: Catalogue | None,
    targets: Iterable[Target],
    platform: Platform,
    at: datetime | None,
    territories: frozenset[str] | None,
) -> list[Report]:
    """One report a target."""
    instant = now()
    question = Question(at or instant, territories)
    return [
        judge(read(catalogue, target.title), platform, question, now=instant, only=target.only) for target in targets
    ]


def exit_code(reports: Sequence[Report]) -> int:
    """3 if something required was not checked, else 1 if there are errors, else 0."""
    verdicts = {report.verdict for report in reports}
    if Verdict.INCOMPLETE in verdicts:
        return UNREADABLE
    return FINDINGS if Verdict.FAIL in verdicts else CLEAN

"""What `check`, `report` and `deliver` share: from names on the command line to reports."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from assets.catalogue import Catalogue
from assets.errors import InputError, UsageError
from assets.leaving import agreed_of
from assets.licensing import licensed_part, unlicensed_sound
from assets.platform import Platform
from assets.rights import RightsWindow, Selection
from assets.rights.permission import select
from assets.subjects import Asset, ReadTitle
from assets.subtitles.model import SubtitleTrack
from assets.title import Title
from checks import suites
from checks.judging import Question, judge
from checks.report import Report, Verdict
from cli.forgiving import measurements
from cli.kept import keep_verdicts
from cli.main import CLEAN, FINDINGS, UNREADABLE

Beside = Callable[[Callable[[str, float], None]], AbstractContextManager[None]]
"""What goes on while a title is read; it tells how much of a file is sent, from 0 to 1."""


def nothing_beside(_told: Callable[[str, float], None]) -> AbstractContextManager[None]:
    """A title is read, and nothing else is done."""
    return nullcontext()


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
    found = platform.load(chosen, own_platforms(catalogue))
    suites.suite(found)  # a wrong limit is told now, not after the masters were read
    return found


def own_platforms(catalogue: Catalogue | None) -> Path | None:
    """The folder of a catalogue's own platforms."""
    return catalogue.root / "platforms" if catalogue else None


def read(
    catalogue: Catalogue | None, title: Title, *, quick: bool = False, beside: Beside = nothing_beside
) -> ReadTitle:
    """Everything of a title, read and measured, with a progress bar; with `quick` only known masters are measured.

    `beside` goes on meanwhile.
    """
    from assets.catalogue import Config
    from assets.measuring import Measuring
    from assets.reading import read_title
    from cli.terminal import reading_progress
    from storage.lending import Lending

    config = catalogue.config if catalogue else Config()
    with (
        measurements(catalogue) as kept,
        reading_progress(f"reading {title.id}", len(title.files()), title.id) as bar,
        beside(bar.sent),
    ):
        sources = Lending(catalogue) if catalogue else None
        measuring = Measuring(kept, config.measure_timeout_seconds, bar.decoded, only_kept=quick, sources=sources)
        return read_title(title, config.media_timeout_seconds, bar.read, measuring=measuring)


@dataclass(frozen=True, slots=True)
class Target:
    """A title to judge; `only` restricts the judgement to the files of these names.

    `frame_rate` is that of the picture where subtitles have no master.
    """

    title: Title
    only: frozenset[str] | None = None
    frame_rate: Fraction | None = None

    @property
    def takes(self) -> Callable[[Asset], bool] | None:
        """Whether an asset is among those to judge; None where everything is."""
        names = self.only
        return None if names is None else lambda asset: asset.file.name in names


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked on the command line: by which platform, where, as of when (None: now), and whether in a hurry."""

    platform: Platform
    territories: frozenset[str] | None
    at: datetime | None
    quick: bool = False


Told = Callable[[Report, ReadTitle], None]
"""Is told each report, with what of the title it was made of."""


def nobody(_report: Report, _read: ReadTitle) -> None:
    """Whom nothing needs to be told."""


def judge_targets(
    catalogue: Catalogue | None,
    targets: Iterable[Target | InputError],
    asked: Asked,
    told: Told = nobody,
) -> tuple[list[Report], list[InputError]]:
    """The reports on what could be read, and the errors of what could not."""
    reports: list[Report] = []
    errors: list[InputError] = []
    for target in targets:
        if isinstance(target, InputError):
            errors.append(target)
        else:
            everything = at_rate(read(catalogue, target.title, quick=asked.quick), target.frame_rate)
            found, forbidden = judge_read(everything, target, asked, told)
            keep_verdicts(catalogue, found, forbidden)
            reports += found
    return reports, errors


def judge_read(
    everything: ReadTitle, target: Target, asked: Asked, told: Told = nobody
) -> tuple[list[Report], frozenset[str]]:
    """One report; if a territory was asked for, one for each window that a delivery would use, and as it would.

    Also the windows in which nothing may leave, whatever their reports say.
    """
    instant = now()
    at = asked.at or instant
    selection = Selection((), ())
    if asked.territories is not None and target.only is None:
        selection = select(agreed_of(target.title, asked.platform), asked.platform.right, asked.territories, at)
    if not selection.windows:
        question = Question(at, asked.territories)
        report = judge(everything, asked.platform, question, now=instant, only=target.takes)
        told(report, everything)
        return [report], frozenset()
    withheld = [window for window, _ in selection.withheld]
    windows = [in_window(everything, window) for window in (*selection.windows, *withheld)]
    forbidden = frozenset(
        leaving.window.id for leaving in windows if leaving.is_forbidden or leaving.window in withheld
    )
    reports = [judge_window(leaving, asked.platform, at, instant) for leaving in windows]
    for report, leaving in zip(reports, windows, strict=True):
        told(report, leaving.part)
    return reports, forbidden


def at_rate(everything: ReadTitle, rate: Fraction | None) -> ReadTitle:
    """With that frame rate for the subtitles that no master gives one."""
    if rate is None:
        return everything
    return replace(
        everything,
        assets=tuple(
            replace(asset, frame_rate=rate) if isinstance(asset, SubtitleTrack) and asset.frame_rate is None else asset
            for asset in everything.assets
        ),
    )


@dataclass(frozen=True, slots=True)
class InWindow:
    """What of a title leaves in a window, and what is left out."""

    window: RightsWindow
    part: ReadTitle
    left_out: tuple[str, ...]

    @property
    def is_forbidden(self) -> bool:
        """Whether nothing leaves at all: no version is left, or sound of one that is must not leave."""
        return not self.part.title.versions or bool(unlicensed_sound(self.part, self.window))


def in_window(everything: ReadTitle, window: RightsWindow) -> InWindow:
    """What of a title leaves in a window."""
    return InWindow(window, *licensed_part(everything, window))


def judge_window(leaving: InWindow, platform: Platform, at: datetime, instant: datetime) -> Report:
    """The report on what leaves in a window, judged at `instant`, its rights as of `at`.

    It is judged for all territories of the window: the package belongs to the window, whoever asks for it first.
    """
    question = Question(at, leaving.window.territories, leaving.window, leaving.left_out)
    return judge(leaving.part, platform, question, now=instant)


def exit_code(reports: Sequence[Report], errors: Sequence[InputError] = ()) -> int:
    """3 if something could not be read or something required not checked, else 1 if there are errors, else 0."""
    if errors:
        return UNREADABLE
    verdicts = {report.verdict for report in reports}
    if Verdict.INCOMPLETE in verdicts:
        return UNREADABLE
    return FINDINGS if Verdict.FAIL in verdicts else CLEAN

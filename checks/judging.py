"""A title that was read, a platform, a question of rights -> a report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assets import collecting, territory
from assets.history import roles_by_name
from assets.licensing import sound_languages
from assets.media import Master, MediaFile, SoundFile, Stem
from assets.platform import Platform
from assets.rights import RightsWindow
from assets.subjects import (
    ArtworkImage,
    Asset,
    Document,
    ReadTitle,
    RightsQuestion,
    Unreadable,
    UnreadableArtwork,
    UnreadableDocument,
    UnreadableMaster,
    UnreadableSound,
    UnreadableStem,
    UnreadableSubtitles,
)
from assets.subtitles.model import SubtitleTrack
from assets.version import tool_version
from assets.wanted import wanted_part
from checks import core, suites, waiving
from checks.asset_records import KINDS, record
from checks.core import Finding, NotChecked, Selected, Severity
from checks.fingerprints import fingerprinted
from checks.report import Report
from checks.waiving import WaiverReview

_READABLE: dict[type, type] = {
    UnreadableMaster: Master,
    UnreadableSound: SoundFile,
    UnreadableStem: Stem,
    UnreadableSubtitles: SubtitleTrack,
    UnreadableArtwork: ArtworkImage,
    UnreadableDocument: Document,
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a title beside its quality: where and as of when, and for which window if one is delivered.

    `left_out` says what of the title does not leave in that window, and why.
    """

    at: datetime
    territories: frozenset[str] | None = None
    window: RightsWindow | None = None
    left_out: tuple[str, ...] = ()


@collecting.paused()
def judge(
    read: ReadTitle,
    platform: Platform,
    question: Question,
    *,
    now: datetime,
    only: Callable[[Asset], bool] | None = None,
) -> Report:
    """The report of one title for one platform. Raises InputError if the platform's own file is wrong.

    `only` restricts the report to some assets; the checks of the title as a whole and of its rights are then not
    made, and the report says so.
    """
    suite = suites.suite(platform)
    read, unwanted = wanted_part(read, platform)
    unwanted = tuple(asset for asset in unwanted if only is None or only(asset))
    assets = [asset for asset in read.assets if only is None or only(asset)]
    subjects: list[object] = [*assets]
    if only is None:
        subjects += [read, _rights_question(read, platform, question), WaiverReview(())]
    missing = [*_not_readable(suite, assets), *_switched_off(platform), *_left_out(question)]
    missing += _unwanted(unwanted, platform)
    missing += _without_subject(suite, subjects) if only is None else _restricted(suite, (*assets, *unwanted))
    subjects = [subject for subject in subjects if not _is_away(subject)]  # nothing is wrong with a file for that
    ran = tuple(item.check.name for item in suite if any(isinstance(subject, item.check.on) for subject in subjects))
    results = (*core.run(suite, subjects, question.territories), *missing)
    roles = read.roles or roles_by_name(read.title)
    judged = _Judged(tuple(suite), roles, tuple(assets), results, ran, only is None)
    return _report(read, platform, question, now, judged)


@dataclass(frozen=True, slots=True)
class _Judged:
    """The outcome of a suite: the assets it saw, what it found or could not check, and which checks ran.

    `roles` are those of the title's files by name; `is_whole` says whether all of the title was judged.
    """

    suite: tuple[Selected, ...]
    roles: Mapping[str, str]
    assets: tuple[Asset, ...]
    results: tuple[Finding | NotChecked, ...]
    ran: tuple[str, ...]
    is_whole: bool

    @property
    def findings(self) -> list[Finding]:
        """What was found."""
        return [item for item in self.results if isinstance(item, Finding)]

    @property
    def missing(self) -> list[NotChecked]:
        """What could not be checked, the required first."""
        missing = [item for item in self.results if isinstance(item, NotChecked)]
        return sorted(missing, key=lambda item: (not item.required, item.check, item.asset))


def _report(read: ReadTitle, platform: Platform, question: Question, now: datetime, judged: _Judged) -> Report:
    findings, waived = _sifted(read, platform, question, now, judged)
    programme = read.title.programme
    return Report(
        title_id=read.title.id,
        title_name=read.title.name,
        programme=", ".join(filter(None, (programme.format, str(programme.production_year or "")))),
        platform=platform.id,
        platform_name=platform.name,
        revision=platform.revision,
        spec_source=platform.source,
        tool_version=tool_version(),
        judged_at=now,
        as_of=question.at,
        assets=tuple(record(asset, judged.roles.get(asset.file.name, "")) for asset in judged.assets),
        findings=findings,
        waived=waived,
        not_checked=tuple(judged.missing),
        checks_run=judged.ran,
        window=question.window.id if question.window else "",
        territory=territory.describe(question.territories) if question.territories else "",
        title_sha256=read.title.sha256 if judged.is_whole else "",
    )


def _sifted(
    read: ReadTitle, platform: Platform, question: Question, now: datetime, judged: _Judged
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that stand, those about the waivers themselves among them, and those that are waived."""
    order = {asset.file.name: number for number, asset in enumerate(read.assets)}
    found = fingerprinted(sorted(judged.findings, key=lambda item: _position(item, order)), judged.roles)
    if not read.title.waivers:
        return tuple(found), ()
    known = waiving.Judged(
        platform=platform.id,
        at=max(now, question.at),  # what leaves later is judged as of later; nothing is waived by looking back
        roles=judged.roles,
        assets=frozenset(asset.file.name for asset in judged.assets),
        known=frozenset(suites.all_names()),
        asked=frozenset(item.check.name for item in judged.suite),
        ran=frozenset(judged.ran),
        not_checked=judged.missing,
        is_whole=not question.left_out and (question.window is not None or not read.title.windows),
    )
    standing, waived = waiving.sifted(found, read.title.waivers, known)
    if judged.is_whole:
        review = waiving.review(read.title.waivers, waived, known)
        said = [item for item in core.run(judged.suite, [review]) if isinstance(item, Finding)]
        standing = sorted([*fingerprinted(said, judged.roles), *standing], key=lambda item: _position(item, order))
    return tuple(standing), tuple(waived)


def _position(finding: Finding, order: dict[str, int]) -> tuple[int, int, int, str]:
    """In the order of assets, then time, then severity; what concerns the title as a whole comes first."""
    start = finding.at.start if finding.at.start is not None else -1
    return order.get(finding.asset, -1), start, -finding.severity, finding.check


def _rights_question(read: ReadTitle, platform: Platform, question: Question) -> RightsQuestion:
    languages = {version.id: version.language for version in read.title.versions}
    return RightsQuestion(
        title=read.title,
        right=platform.right,
        at=question.at,
        territories=question.territories,
        window=question.window,
        sound=frozenset((languages[version], tag) for version, tag in sound_languages(read)),
    )


def _switched_off(platform: Platform) -> Iterator[NotChecked]:
    """The checks that the platform's file has lifted: that too is something the report must say."""
    for name, settings in platform.off.items():
        yield NotChecked(
            name, "", f"switched off by the platform: {settings.reason or settings.source}", required=False
        )


def _left_out(question: Question) -> Iterator[NotChecked]:
    for reason in question.left_out:
        asset, _, why = reason.partition(": ")
        yield NotChecked("rights/language-not-licensed", asset, f"left out: {why}", required=False)


def _unwanted(assets: Sequence[Asset], platform: Platform) -> Iterator[NotChecked]:
    for asset in assets:
        why = f"left out: {platform.name} does not ask for stems of its kind"
        yield NotChecked(f"{KINDS[type(asset)]}/content", asset.file.name, why, required=False)


def _restricted(suite: Sequence[Selected], assets: Sequence[Asset]) -> Iterator[NotChecked]:
    """What a report on some files leaves out; no file at all is not a pass."""
    for item in suite:
        if item.check.on in {ReadTitle, RightsQuestion, WaiverReview}:
            yield NotChecked(item.check.name, "", "only some files of the title were judged", required=False)
    if not assets:
        yield NotChecked(
            "title/content", "", "none of the files that changed can be read by the tool yet", required=True
        )


def _not_readable(suite: Sequence[Selected], assets: Sequence[Asset]) -> Iterator[NotChecked]:
    """For each asset that could not be read, every check of its content; at least one, so that it never passes."""
    for asset in assets:
        if not isinstance(asset, Unreadable):
            continue
        content = [item for item in suite if issubclass(_READABLE[type(asset)], item.check.on)]
        why = asset.reason if asset.is_away else "could not be read"
        for item in content:
            yield NotChecked(item.check.name, asset.file.name, why, item.severity is Severity.ERROR)
        if not any(item.severity is Severity.ERROR for item in content):
            yield NotChecked(f"{KINDS[type(asset)]}/content", asset.file.name, asset.reason, required=True)


def _is_away(subject: object) -> bool:
    return isinstance(subject, Unreadable) and subject.is_away


def _without_subject(suite: Sequence[Selected], subjects: Sequence[object]) -> Iterator[NotChecked]:
    """The checks that had nothing to look at. A title without a master cannot pass the checks of masters."""
    for item in suite:
        on = item.check.on
        if issubclass(on, Unreadable) or any(isinstance(subject, on) for subject in subjects):
            continue
        if any(issubclass(_READABLE.get(type(subject), type(None)), on) for subject in subjects):
            continue  # said of each unreadable asset already
        required = issubclass(on, MediaFile) and item.severity is Severity.ERROR
        yield NotChecked(item.check.name, "", f"the title has no {KINDS.get(on, 'master')}", required)

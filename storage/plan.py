"""Title + window + platform + clearance -> Plan: which files leave, under which names. Pure: no clock, no store."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from assets.clearance import Clearance
from assets.digest import sha256_bytes
from assets.errors import Refused
from assets.licensing import unlicensed_sound
from assets.media import Master, SoundFile, Stem
from assets.platform import Platform
from assets.rights import RightsWindow
from assets.subjects import ArtworkImage, Document, ReadTitle
from assets.subtitles import SubtitleTrack, Target, format_of
from assets.subtitles.conversion import Loss, convert
from assets.title import SubtitleDeclaration, Title
from assets.wanted import wanted_part
from storage.package_keys import safe_name
from storage.stores.promised import Stream


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of a package: `path` is sent as it is, or `content` where the package makes the bytes.

    A `path` that is a stream is read from the store that the file is away in.
    `made_from` names the asset (name and SHA-256) that made content was converted from; `losses` says what of it the
    platform's format cannot hold, cue by cue.
    """

    key: str
    size: int
    sha256: str
    kind: str
    versions: tuple[str, ...] = ()
    language: str = ""
    subtitle_kind: str = ""
    stem_kind: str = ""
    made_from: tuple[str, str] | None = None
    path: Path | Stream | None = None
    content: bytes | None = None
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a delivery will send for one rights window, and what it leaves out and why."""

    title: Title
    platform: Platform
    window: RightsWindow
    files: tuple[PlannedFile, ...]
    left_out: tuple[str, ...] = ()

    @property
    def losses(self) -> tuple[str, ...]:
        """What conversions to the platform's formats cannot hold."""
        return tuple(loss for file in self.files for loss in file.losses)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def make_plan(
    read: ReadTitle,
    window: RightsWindow,
    platform: Platform,
    clearance: Clearance,
    *,
    at: datetime,
    left_out: tuple[str, ...] = (),
) -> Plan:
    """The files of a package, to leave at `at`. Raises Refused for what rights forbid or the clearance does not bind.

    No platform's data can lift what is refused here: a window that is over, sound in a language that it does not
    license, an asset that is not byte for byte the one that was checked.
    """
    read, _ = wanted_part(read, platform)
    title = read.title
    reasons = list(unlicensed_sound(read, window))
    if not window.grants(platform.right):
        reasons.append(f"window {window.id} is for {window.right}, platform {platform.id} needs {platform.right}")
    if window.is_over(at):
        reasons.append(f"window {window} is over at {at.isoformat()}")
    asked = (title.id, platform.id, platform.revision, window.id)
    given = (clearance.title, clearance.platform, clearance.revision, clearance.window)
    if asked != given:
        reasons.append(f"cleared is {' / '.join(given)}, asked for {' / '.join(asked)}")
    reasons += [
        f"{asset.file}: not the bytes that were checked"
        for asset in read.assets
        if clearance.digests.get(asset.file.name) != asset.sha256
    ]
    if reasons:
        raise Refused(f"{title.id} is not cleared", reasons)
    files = _without_clashes(
        [
            *_masters(read),
            *_sounds(read),
            *_stems(read),
            *_subtitles(read, platform),
            *_artwork(read, platform),
            *_documents(read, platform),
        ]
    )
    return Plan(title, platform, window, tuple(sorted(files, key=lambda file: file.key)), left_out)


def _masters(read: ReadTitle) -> Iterator[PlannedFile]:
    for asset in read.assets:
        if isinstance(asset, Master):
            versions = tuple(version.id for version in read.title.versions if version.master == asset.file)
            yield PlannedFile(
                key=f"masters/{versions[0]}/{safe_name(asset.file.name)}",
                size=asset.size,
                sha256=asset.sha256,
                kind="master",
                versions=versions,
                path=asset.file.path,
            )


def _sounds(read: ReadTitle) -> Iterator[PlannedFile]:
    for asset in read.assets:
        if isinstance(asset, SoundFile):
            declared = [
                (version.id, audio.language)
                for version in read.title.versions
                for audio in version.audio
                if audio.file == asset.file
            ]
            languages = {tag for _, tag in declared}
            yield PlannedFile(
                key=f"audio/{declared[0][0]}/{safe_name(asset.file.name)}",
                size=asset.size,
                sha256=asset.sha256,
                kind="audio",
                versions=tuple(dict.fromkeys(version for version, _ in declared)),
                language=languages.pop() if len(languages) == 1 else "",
                path=asset.file.path,
            )


def _stems(read: ReadTitle) -> Iterator[PlannedFile]:
    for asset in read.assets:
        if isinstance(asset, Stem):
            versions = [version for version in read.title.versions if asset.declaration in version.stems]
            yield PlannedFile(
                key=f"stems/{versions[0].id}/{asset.declaration.kind}/{safe_name(asset.file.name)}",
                size=asset.size,
                sha256=asset.sha256,
                kind="stem",
                versions=tuple(version.id for version in versions),
                language=asset.declaration.language,
                stem_kind=asset.declaration.kind.value,
                path=asset.file.path,
            )


def _subtitles(read: ReadTitle, platform: Platform) -> Iterator[PlannedFile]:
    wanted = platform.package.subtitle_format
    for asset in read.assets:
        if not isinstance(asset, SubtitleTrack):
            continue
        declared = SubtitleDeclaration(asset.file, asset.language, asset.kind)
        versions = tuple(version.id for version in read.title.versions if declared in version.subtitles)
        name = f"{safe_name(asset.language)}.{asset.kind}.{format_of(wanted).suffix}"
        planned = PlannedFile(
            key=f"subtitles/{versions[0]}/{name}",
            size=asset.size,
            sha256=asset.sha256,
            kind="subtitles",
            versions=versions,
            language=asset.language,
            subtitle_kind=asset.kind.value,
            path=asset.file.path,
        )
        if asset.format != wanted:
            converted = convert(asset.cues, wanted, Target(asset.language, asset.frame_rate))
            content = converted.data
            source = (asset.file.name, asset.sha256)
            digest = sha256_bytes(content)
            planned = replace(
                planned,
                size=len(content),
                sha256=digest,
                made_from=source,
                content=content,
                path=None,
                losses=tuple(_loss_text(asset, wanted, loss) for loss in converted.losses),
            )
        yield planned


def _artwork(read: ReadTitle, platform: Platform) -> Iterator[PlannedFile]:
    for asset in read.assets:
        if isinstance(asset, ArtworkImage) and platform.package.artwork:
            yield PlannedFile(
                key=f"artwork/{asset.declaration.kind}/{safe_name(asset.file.name)}",
                size=asset.size,
                sha256=asset.sha256,
                kind="artwork",
                language=asset.declaration.language or "",
                path=asset.file.path,
            )


def _documents(read: ReadTitle, platform: Platform) -> Iterator[PlannedFile]:
    """The papers that the platform asks for; the others, such as contracts, never leave."""
    for asset in read.assets:
        if isinstance(asset, Document) and asset.declaration.kind in platform.package.documents:
            yield PlannedFile(
                key=f"documents/{asset.declaration.kind}/{safe_name(asset.file.name)}",
                size=asset.size,
                sha256=asset.sha256,
                kind="document",
                language=asset.declaration.language or "",
                path=asset.file.path,
            )


def _without_clashes(files: list[PlannedFile]) -> list[PlannedFile]:
    """The files, each key once. Two files that would fall on one key are kept apart by their digests.

    Keys are compared as a case-insensitive, NFC file system would: a package must unpack anywhere.
    """
    taken: dict[str, str] = {}
    kept: list[PlannedFile] = []
    for file in files:
        key = file.key
        if taken.get(key.casefold(), file.sha256) != file.sha256:
            path = PurePosixPath(key)
            key = str(path.with_name(f"{path.stem}.{file.sha256[:8]}{path.suffix}"))
        if key.casefold() not in taken:
            taken[key.casefold()] = file.sha256
            kept.append(replace(file, key=key))
    return kept


def _loss_text(track: SubtitleTrack, wanted: str, loss: Loss) -> str:
    text = f"{track.file}: cue {loss.number}: {loss.what} is not held by {wanted}"
    return f"{text}: {loss.text}" if loss.text else text

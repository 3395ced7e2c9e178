"""The files of a package, each with its key, its size and its digest: which assets leave, and in which form."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from assets.digest import sha256_bytes
from assets.media import Master, SoundFile, Stem
from assets.platform import Platform
from assets.subjects import ArtworkImage, Asset, Document, ReadTitle
from assets.subtitles import SubtitleTrack, Target, format_of
from assets.subtitles.conversion import Loss, convert
from assets.title import SubtitleDeclaration
from storage.package_keys import Naming
from storage.stores.promised import Stream


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of a package: `path` is sent as it is, or `content` where the package makes the bytes.

    A `path` that is a stream is read from the store that the file is away in.
    `made_from` names the asset (name and SHA-256) that made content was converted from; `losses` says what of it the
    platform's format cannot hold, cue by cue. `asset` is what was read of the file, None where the tool makes it.
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
    asset: Asset | None = field(default=None, compare=False, repr=False)


def files_of(read: ReadTitle, platform: Platform, naming: Naming) -> Iterator[PlannedFile]:
    """Everything of a title that a platform takes; two of them may still have one key."""
    yield from _masters(read, naming)
    yield from _sounds(read, naming)
    yield from _stems(read, naming)
    yield from _subtitles(read, platform, naming)
    yield from _artwork(read, platform, naming)
    yield from _documents(read, platform, naming)


def _masters(read: ReadTitle, naming: Naming) -> Iterator[PlannedFile]:
    for asset in read.assets:
        if isinstance(asset, Master):
            versions = tuple(version.id for version in read.title.versions if version.master == asset.file)
            yield PlannedFile(
                key=naming.key("master", asset.file.name, asset.sha256, version=versions[0]),
                size=asset.size,
                sha256=asset.sha256,
                kind="master",
                versions=versions,
                path=asset.file.path,
                asset=asset,
            )


def _sounds(read: ReadTitle, naming: Naming) -> Iterator[PlannedFile]:
    for asset in read.assets:
        if isinstance(asset, SoundFile):
            declared = [
                (version.id, audio.language)
                for version in read.title.versions
                for audio in version.audio
                if audio.file == asset.file
            ]
            languages = {tag for _, tag in declared}
            language = languages.pop() if len(languages) == 1 else ""
            yield PlannedFile(
                key=naming.key("audio", asset.file.name, asset.sha256, version=declared[0][0], language=language),
                size=asset.size,
                sha256=asset.sha256,
                kind="audio",
                versions=tuple(dict.fromkeys(version for version, _ in declared)),
                language=language,
                path=asset.file.path,
                asset=asset,
            )


def _stems(read: ReadTitle, naming: Naming) -> Iterator[PlannedFile]:
    for asset in read.assets:
        if isinstance(asset, Stem):
            versions = [version for version in read.title.versions if asset.declaration in version.stems]
            yield PlannedFile(
                key=naming.key(
                    "stem",
                    asset.file.name,
                    asset.sha256,
                    version=versions[0].id,
                    language=asset.declaration.language,
                    use=asset.declaration.kind,
                ),
                size=asset.size,
                sha256=asset.sha256,
                kind="stem",
                versions=tuple(version.id for version in versions),
                language=asset.declaration.language,
                stem_kind=asset.declaration.kind.value,
                path=asset.file.path,
                asset=asset,
            )


def _subtitles(read: ReadTitle, platform: Platform, naming: Naming) -> Iterator[PlannedFile]:
    wanted = platform.package.subtitle_format
    for asset in read.assets:
        if not isinstance(asset, SubtitleTrack):
            continue
        declared = SubtitleDeclaration(asset.file, asset.language, asset.kind)
        versions = tuple(version.id for version in read.title.versions if declared in version.subtitles)
        name = PurePosixPath(asset.file.name).with_suffix(f".{format_of(wanted).suffix}").name
        planned = PlannedFile(
            key=naming.key(
                "subtitles", name, asset.sha256, version=versions[0], language=asset.language, use=asset.kind
            ),
            size=asset.size,
            sha256=asset.sha256,
            kind="subtitles",
            versions=versions,
            language=asset.language,
            subtitle_kind=asset.kind.value,
            path=asset.file.path,
            asset=asset,
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


def _artwork(read: ReadTitle, platform: Platform, naming: Naming) -> Iterator[PlannedFile]:
    for asset in read.assets:
        if isinstance(asset, ArtworkImage) and platform.package.artwork:
            yield PlannedFile(
                key=naming.key(
                    "artwork",
                    asset.file.name,
                    asset.sha256,
                    language=asset.declaration.language or "",
                    use=asset.declaration.kind,
                ),
                size=asset.size,
                sha256=asset.sha256,
                kind="artwork",
                language=asset.declaration.language or "",
                path=asset.file.path,
                asset=asset,
            )


def _documents(read: ReadTitle, platform: Platform, naming: Naming) -> Iterator[PlannedFile]:
    """The papers that the platform asks for; the others, such as contracts, never leave."""
    for asset in read.assets:
        if isinstance(asset, Document) and asset.declaration.kind in platform.package.documents:
            yield PlannedFile(
                key=naming.key(
                    "document",
                    asset.file.name,
                    asset.sha256,
                    language=asset.declaration.language or "",
                    use=asset.declaration.kind,
                ),
                size=asset.size,
                sha256=asset.sha256,
                kind="document",
                language=asset.declaration.language or "",
                path=asset.file.path,
                asset=asset,
            )


def _loss_text(track: SubtitleTrack, wanted: str, loss: Loss) -> str:
    text = f"{track.file}: cue {loss.number}: {loss.what} is not held by {wanted}"
    return f"{text}: {loss.text}" if loss.text else text

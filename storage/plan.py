"""Title + window + platform + clearance -> Plan: which files leave, under which names. Pure: no clock, no store."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from assets import language
from assets.clearance import Clearance
from assets.digest import sha256_bytes
from assets.errors import Refused
from assets.media import Master
from assets.platform import Platform
from assets.rights import RightsWindow
from assets.subjects import ArtworkImage, ReadTitle
from assets.subtitles import SubtitleTrack, Target, format_of, write_subtitles
from assets.title import SubtitleDeclaration, Title, Version


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of a package: `path` is sent as it is, or `content` where the package makes the bytes.

    `made_from` names the asset (name and SHA-256) that made content was converted from.
    """

    key: str
    size: int
    sha256: str
    kind: str
    versions: tuple[str, ...] = ()
    language: str = ""
    subtitle_kind: str = ""
    made_from: tuple[str, str] | None = None
    path: Path | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a delivery will send for one rights window, and what it leaves out and why."""

    title: Title
    platform: Platform
    window: RightsWindow
    files: tuple[PlannedFile, ...]
    left_out: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def licensed_part(read: ReadTitle, window: RightsWindow) -> tuple[ReadTitle, tuple[str, ...]]:
    """What of a title may leave in a window, and what is left out because its language is not licensed.

    Versions and subtitle tracks in a language outside the window's are left out. Sound cannot be taken out of a
    master: a master with unlicensed sound stays in, and the check of the window's languages then refuses it.
    """
    if window.languages is None:
        return read, ()
    licensed = window.languages
    left_out: list[str] = []
    versions: list[Version] = []
    for version in read.title.versions:
        if not language.covers(licensed, version.language):
            left_out.append(f"version {version.id}: {version.language} is not licensed in window {window.id}")
            continue
        tracks = [track for track in version.subtitles if language.covers(licensed, track.language)]
        left_out += [
            f"{track.file}: {track.language} is not licensed in window {window.id}"
            for track in version.subtitles
            if track not in tracks
        ]
        versions.append(replace(version, subtitles=tuple(tracks)))
    title = replace(read.title, versions=tuple(versions))
    files = {version.master for version in versions} | {
        track.file for version in versions for track in version.subtitles
    }
    files |= {artwork.file for artwork in title.artwork}
    return ReadTitle(title, tuple(asset for asset in read.assets if asset.file in files)), tuple(left_out)


def make_plan(
    read: ReadTitle, window: RightsWindow, platform: Platform, clearance: Clearance, left_out: tuple[str, ...] = ()
) -> Plan:
    """The files of a package. Raises Refused if the clearance is not for exactly this.

    The clearance binds title, platform, revision, window and every asset's SHA-256: an asset that changed since it
    was checked, or was never checked, does not leave.
    """
    title = read.title
    asked = (title.id, platform.id, platform.revision, window.id)
    given = (clearance.title, clearance.platform, clearance.revision, clearance.window)
    if asked != given or window.right != platform.right:
        raise Refused(f"{title.id} is not cleared", [f"cleared is {' / '.join(given)}, asked for {' / '.join(asked)}"])
    strangers = [asset for asset in read.assets if clearance.digests.get(asset.file.name) != asset.sha256]
    if strangers:
        raise Refused(
            f"{title.id} is not cleared", [f"{asset.file}: not the bytes that were checked" for asset in strangers]
        )
    files = _without_clashes([*_masters(read), *_subtitles(read, platform), *_artwork(read, platform)])
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
            content = write_subtitles(asset.cues, wanted, Target(asset.language, asset.frame_rate))
            source = (asset.file.name, asset.sha256)
            digest = sha256_bytes(content)
            planned = replace(planned, size=len(content), sha256=digest, made_from=source, content=content, path=None)
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


_UNSAFE = re.compile(r"[^\w.-]+")


def safe_name(name: str) -> str:
    """The last part of a name as a key: NFC, letters of any script, digits, `.`, `-`, `_`; nothing hidden."""
    last = PurePosixPath(unicodedata.normalize("NFC", name)).name
    return _UNSAFE.sub("_", last).lstrip(".") or "_"

"""A title as it will be while a drop is taken in: what it has, and what of it a new file is compared with."""

import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import count
from pathlib import Path

from assets import digest, paths
from assets.file_bytes import is_away
from assets.intake.arriving import Arrived
from assets.intake.names import numbered
from assets.media import MediaInfo
from assets.reading import MAX_SUBTITLE_BYTES
from assets.subtitles.model import Cue
from assets.subtitles.reading import NotSubtitlesError, read_subtitles
from assets.timing import Time
from assets.title import AssetFile, Kind, SubtitleDeclaration, Title, Version

MediaOf = Callable[[Path], MediaInfo | None]
"""What a media file says, None if it cannot be read."""


@dataclass(slots=True)
class Shelf:
    """The title, growing as files are proposed for it. What was read to compare with is kept."""

    title: Title
    media_of: MediaOf
    new: dict[str, str] = field(default_factory=dict)
    """The files that have been proposed, by the names that they get."""
    rivals: dict[str, str] = field(default_factory=dict)
    """Files that came for one place, each with another one of them."""
    _media: dict[Path, MediaInfo | None] = field(default_factory=dict)
    _cues: dict[Path, tuple[Cue, ...]] = field(default_factory=dict)
    _digests: dict[Path, str] = field(default_factory=dict)

    def free_name(self, name: str) -> str:
        """A name, numbered if a file of the title has it."""
        used = {file.name for file in self.title.files()}
        return next(found for number in count(1) if (found := numbered(name, number)) not in used)

    def version(self, version_id: str) -> Version | None:
        """The version of an id."""
        return next((item for item in self.title.versions if item.id == version_id), None)

    def put(self, changed: Version) -> None:
        """Another state of a version, or a new one."""
        versions = [changed if item.id == changed.id else item for item in self.title.versions]
        if changed.id not in {item.id for item in versions}:
            versions.append(changed)
        self.title = replace(self.title, versions=tuple(versions))

    def knows(self, path: Path, media: MediaInfo) -> None:
        """A media file of the drop need not be read again."""
        self._media[path] = media

    def media(self, version: Version) -> MediaInfo | None:
        """What the master of a version says; None without a readable one."""
        if version.master is None:
            return None
        path = version.master.path
        if path not in self._media:
            self._media[path] = self.media_of(path) if path.is_file() else None
        return self._media[path]

    def runtime(self, version: Version | None) -> Time:
        """How long the picture of a version is: its master's, else the contracted one; 0 where neither is known."""
        media = self.media(version) if version else None
        if media is not None and media.video:
            return media.video[0].start + media.video[0].duration
        return self.title.programme.runtime

    def frame_rate(self, version: Version | None) -> Fraction | None:
        """The frame rate of a version's master."""
        media = self.media(version) if version else None
        return media.video[0].frame_rate if media is not None and media.video else None

    def reference(self, version: Version) -> tuple[SubtitleDeclaration, tuple[Cue, ...]] | None:
        """A full track of a version, whose times another one should share."""
        for track in version.subtitles:
            if track.kind is Kind.FULL and (cues := self.cues(track.file.path)):
                return track, cues
        return None

    def cues(self, path: Path) -> tuple[Cue, ...]:
        """The cues of a subtitle file; none if it cannot be read."""
        if path not in self._cues:
            try:
                too_long = not path.is_file() or path.stat().st_size > MAX_SUBTITLE_BYTES
                self._cues[path] = () if too_long else read_subtitles(path.read_bytes()).cues
            except (OSError, NotSubtitlesError):
                self._cues[path] = ()
        return self._cues[path]

    def same_bytes(self, file: Arrived) -> AssetFile | None:
        """The file of the title that has these bytes; only files of the same size are read."""
        for known in self.title.files():
            if known.away is not None and is_away(known) and known.away.sha256 == file.sha256:
                return known
            if known.path != file.path and not (known.path.is_file() and known.path.stat().st_size == file.size):
                continue
            if self._digest(known.path, file) == file.sha256:
                return known
        return None

    def _digest(self, path: Path, file: Arrived) -> str:
        if path == file.path:
            return file.sha256
        if path not in self._digests:
            try:
                self._digests[path] = digest.sha256_file(path)
            except OSError:
                return ""
        return self._digests[path]

    def name_in_place(self, file: Arrived) -> str:
        """The name of a file that lies in the title's folder already; empty for one that does not."""
        folder = Path(os.path.realpath(self.title.folder))
        if not file.path.is_relative_to(folder):
            return ""
        name = unicodedata.normalize("NFC", file.path.relative_to(folder).as_posix())
        return "" if paths.problem(name) else name

"""A title's masters and files of sound -> assets that were read, or that could not be and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from assets.errors import StoreError, UsageError
from assets.file_bytes import bytes_of, is_away, why_unreadable
from assets.measuring import Measuring, measure
from assets.measuring_away import measure_away
from assets.media import Master, Media, MediaInfo, SoundFile, Stem, VideoStream
from assets.probe import probe
from assets.signals.model import Signals
from assets.subjects import UnreadableMaster, UnreadableSound, UnreadableStem
from assets.title import AssetFile, AudioDeclaration, StemDeclaration, Title, Version
from assets.worker import WorkerError


@dataclass(frozen=True, slots=True)
class _Read:
    """A media file that was read, or why it was not: `info` is then None."""

    info: MediaInfo | None = None
    size: int = 0
    sha256: str = ""
    signals: Signals | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MediaReader:
    """Reads the media of one title, each file in at most `seconds`, and decodes it if `measuring` says how."""

    title: Title
    seconds: float
    measuring: Measuring | None

    def master(self, version: Version) -> Master | UnreadableMaster:
        """The master of a version that has one."""
        file = version.master
        if file is None:
            raise ValueError(version.id)
        read = self._read(file)
        if read.info is None:
            return UnreadableMaster(file, version.id, read.reason, read.size, read.sha256)
        declared = self._declared(file)
        own = tuple(audio for audio in declared if audio.file in {None, file})
        return Master(
            file,
            version,
            self.title.programme,
            read.info,
            read.size,
            read.sha256,
            own,
            read.signals,
            separate_audio=tuple(sorted({audio.file.name for audio in declared if audio.file and audio not in own})),
        )

    def sound(
        self, version: Version, file: AssetFile, masters: Mapping[AssetFile, Media]
    ) -> SoundFile | UnreadableSound:
        """A file of sound beside the master of a version; `masters` are those that could be read."""
        read = self._read(file)
        if read.info is None:
            return UnreadableSound(file, version.id, read.reason, read.size, read.sha256)
        declared = dict.fromkeys(audio for item in self.title.versions for audio in item.audio if audio.file == file)
        return SoundFile(
            file,
            version,
            self.title.programme,
            read.info,
            read.size,
            read.sha256,
            tuple(declared),
            read.signals,
            picture=_picture(version, masters),
        )

    def stem(
        self, version: Version, declared: StemDeclaration, masters: Mapping[AssetFile, Media]
    ) -> Stem | UnreadableStem:
        """A stem of a version; `masters` are those that could be read."""
        file = declared.file
        read = self._read(file)
        if read.info is None:
            return UnreadableStem(file, version.id, read.reason, read.size, read.sha256, declaration=declared)
        return Stem(
            file,
            version,
            self.title.programme,
            read.info,
            read.size,
            read.sha256,
            (AudioDeclaration(declared.language, declared.layout, 0, file),),
            read.signals,
            declaration=declared,
            picture=_picture(version, masters),
        )

    def _declared(self, master: AssetFile) -> tuple[AudioDeclaration, ...]:
        """The sound of all versions that have this master, or take their sound from it, each once."""
        return tuple(
            dict.fromkeys(
                audio
                for version in self.title.versions
                for audio in version.audio
                if master in {version.master, audio.file}
            )
        )

    def _read(self, file: AssetFile) -> _Read:
        found = self._away(file)
        return found if found is not None else self._here(file)

    def _away(self, file: AssetFile) -> _Read | None:
        """What was or is measured of a file's bytes in a store; None if they are not there alone, or not measured."""
        away = file.away
        if self.measuring is None or away is None or not is_away(file):
            return None
        try:
            found = measure_away(file, away, self.measuring)
        except WorkerError as error:
            return _Read(size=away.size, sha256=away.sha256, reason=str(error))
        except (StoreError, UsageError) as error:
            why = str(error).removeprefix(f"{away.url}: ")
            reason = f"{away.reason}; it could not be measured there: {why}"
            return _Read(size=away.size, sha256=away.sha256, reason=reason)
        return _Read(found.info, found.size, found.sha256, found.signals) if found is not None else None

    def _here(self, file: AssetFile) -> _Read:
        reason = why_unreadable(file)
        try:
            read = _Read(reason=reason) if reason else self._looked_into(file)
        except WorkerError as error:
            read = _Read(reason=str(error))
        if read.info is not None:
            return read
        found = bytes_of(file)
        return _Read(size=found.size, sha256=found.sha256, reason=read.reason)

    def _looked_into(self, file: AssetFile) -> _Read:
        """Raises WorkerError."""
        if self.measuring is not None:
            found = measure(file.path, file.name, self.measuring)
            if found is not None:
                return _Read(found.info, found.size, found.sha256, found.signals)
        info = probe(file.path, self.seconds)
        known = bytes_of(file)
        return _Read(reason=known.reason) if known.reason else _Read(info, known.size, known.sha256)


def _picture(version: Version, masters: Mapping[AssetFile, Media]) -> VideoStream | None:
    """The picture that the sound of a version goes with."""
    master = masters.get(version.master) if version.master else None
    return master.info.video[0] if master and master.info.video else None

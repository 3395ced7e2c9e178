"""Title -> ReadTitle: every asset of a title is hashed and read once; what cannot be read is an Unreadable asset."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from assets import digest
from assets.measuring import Measuring, measure
from assets.media import Master, MediaInfo
from assets.probe import probe
from assets.signals.model import Signals
from assets.subjects import (
    ArtworkImage,
    Asset,
    ReadTitle,
    UnreadableArtwork,
    UnreadableMaster,
    UnreadableSubtitles,
)
from assets.subtitles.model import Speech, SubtitleTrack
from assets.timing import Time
from assets.title import ArtworkDeclaration, AssetFile, SubtitleDeclaration, Title, Version
from assets.worker import WorkerError, run_isolated

WORKERS = 2
"""Pictures that are read at once; each is a process of its own."""

IMAGE_SECONDS = 60.0
MAX_SUBTITLE_BYTES = 50 << 20

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Bytes:
    """A regular file's size and digest, or why it has none."""

    size: int = 0
    sha256: str = ""
    reason: str = ""


def read_title(
    title: Title, media_seconds: float, progress: Progress = lambda _: None, *, measuring: Measuring | None = None
) -> ReadTitle:
    """Everything of a title, read. `progress` is told the name of each asset when it has been read.

    A file that several versions share is read once. With `measuring` masters are decoded, one after the other because
    each takes all cores, and tracks learn from their master where it is cut and where somebody speaks. A media file
    that is not decoded is looked at, in at most `media_seconds`.
    """
    read = [
        _told(progress, _read_master(title, version, media_seconds, measuring)) for version in _distinct_masters(title)
    ]
    with ThreadPoolExecutor(WORKERS) as pool:
        pictures = list(pool.map(lambda item: _told(progress, _read_artwork(item)), title.artwork))
    by_file = {asset.file: asset for asset in read if isinstance(asset, Master)}
    tracks = [
        _told(progress, _read_subtitles(title, version, declared, by_file))
        for version, declared in _distinct_tracks(title)
    ]
    return ReadTitle(title, (*read, *tracks, *pictures))


def _told(progress: Progress, asset: Asset) -> Asset:
    progress(asset.file.name)
    return asset


def _distinct_masters(title: Title) -> list[Version]:
    """The first version of each master file: versions may share their master, which is then read once."""
    first = {version.master: version for version in reversed(title.versions) if version.master}
    return [version for version in title.versions if version.master and first[version.master] is version]


def _distinct_tracks(title: Title) -> Iterator[tuple[Version, SubtitleDeclaration]]:
    seen: set[SubtitleDeclaration] = set()
    for version in title.versions:
        for declared in version.subtitles:
            if declared not in seen:
                seen.add(declared)
                yield version, declared


def _why_not(file: AssetFile) -> str:
    """Why there is nothing to read at all, or nothing."""
    if not file.path.exists():
        return "there is no such file"
    if not file.path.is_file():
        return "it is not a regular file"
    return "" if file.path.stat().st_size else "it is empty"


def _bytes_of(file: AssetFile) -> _Bytes:
    path = file.path
    if reason := _why_not(file):
        return _Bytes(0, digest.sha256_bytes(b"") if path.is_file() else "", reason)
    try:
        size = path.stat().st_size
        return _Bytes(size, digest.sha256_file(path))
    except OSError as error:
        return _Bytes(reason=f"it cannot be read: {error.strerror}")


def _small_bytes(file: AssetFile) -> bytes | _Bytes:
    """All bytes of a subtitle file, read once, or why there are none."""
    path = file.path
    if reason := _why_not(file):
        return _Bytes(0, digest.sha256_bytes(b"") if path.is_file() else "", reason)
    try:
        size = path.stat().st_size
        if size > MAX_SUBTITLE_BYTES:
            return _Bytes(size, digest.sha256_file(path), f"it has {size} bytes; at most {MAX_SUBTITLE_BYTES} are read")
        return path.read_bytes()
    except OSError as error:
        return _Bytes(reason=f"it cannot be read: {error.strerror}")


def _read_master(title: Title, version: Version, seconds: float, measuring: Measuring | None) -> Asset:
    file = version.master
    if file is None:
        raise ValueError(version.id)
    reason = _why_not(file)
    try:
        read = _Media(reason=reason) if reason else _media(file, seconds, measuring)
    except WorkerError as error:
        read = _Media(reason=str(error))
    if read.info is None:
        found = _bytes_of(file)
        return UnreadableMaster(file, version.id, read.reason, found.size, found.sha256)
    declared = dict.fromkeys(audio for item in title.versions if item.master == file for audio in item.audio)
    return Master(
        file,
        version,
        title.programme,
        read.info,
        read.size,
        read.sha256,
        tuple(audio for audio in declared if audio.file is None),
        tuple(sorted({audio.file.name for audio in declared if audio.file})),
        read.signals,
    )


@dataclass(frozen=True, slots=True)
class _Media:
    """A media file that was read, or why it was not."""

    info: MediaInfo | None = None
    size: int = 0
    sha256: str = ""
    signals: Signals | None = None
    reason: str = ""


def _media(file: AssetFile, seconds: float, measuring: Measuring | None) -> _Media:
    """Raises WorkerError."""
    if measuring is not None:
        found = measure(file.path, file.name, measuring)
        if found is not None:
            return _Media(found.info, found.size, found.sha256, found.signals)
    info = probe(file.path, seconds)
    known = _bytes_of(file)
    return _Media(info, known.size, known.sha256, reason=known.reason) if known.sha256 else _Media(reason=known.reason)


def _read_subtitles(
    title: Title, version: Version, declared: SubtitleDeclaration, masters: Mapping[AssetFile, Master]
) -> Asset:
    from assets.subtitles.reading import NotSubtitlesError, read_subtitles

    found = _small_bytes(declared.file)
    if isinstance(found, _Bytes):
        return UnreadableSubtitles(declared.file, version.id, found.reason, found.size, found.sha256)
    try:
        parsed = read_subtitles(found, declared.language)
    except NotSubtitlesError as error:
        return UnreadableSubtitles(declared.file, version.id, str(error), len(found), digest.sha256_bytes(found))
    master = masters.get(version.master) if version.master else None
    picture = master.info.video[0] if master and master.info.video else None
    return SubtitleTrack(
        file=declared.file,
        version=version.id,
        language=declared.language,
        kind=declared.kind,
        format=parsed.format,
        encoding=parsed.encoding,
        bom=parsed.bom,
        cues=parsed.cues,
        damage=parsed.damage,
        size=len(found),
        sha256=digest.sha256_bytes(found),
        programme=title.programme,
        frame_rate=picture.frame_rate if picture else None,
        programme_end=picture.start + picture.duration if picture else None,
        document_language=parsed.language,
        document_rate=parsed.frame_rate,
        source=parsed.source,
        cuts=_cuts(master),
        speech=_speech(version, master),
    )


def _cuts(master: Master | None) -> tuple[Time, ...] | None:
    """The shot changes of a track's picture, None where they were not measured."""
    pictures = master.signals.pictures if master is not None and master.signals is not None else ()
    return pictures[0].cuts if pictures else None


def _speech(version: Version, master: Master | None) -> Speech | None:
    """Where somebody speaks in the first sound of a track's version, None where it was not measured."""
    if master is None or master.signals is None or not version.audio or version.audio[0].file is not None:
        return None
    number = version.audio[0].stream
    if number >= len(master.info.audio):
        return None
    index = master.info.audio[number].index
    sound = next((sound for sound in master.signals.sounds if index in sound.streams), None)
    if sound is None or sound.speech is None:
        return Speech(missing="the sound could not be measured")
    return Speech(tuple((stretch.start, stretch.end) for stretch in sound.speech))


def _read_artwork(declared: ArtworkDeclaration) -> Asset:
    file = declared.file
    found = _bytes_of(file)
    if found.reason:
        return UnreadableArtwork(file, "", found.reason, found.size, found.sha256)
    try:
        width, height, mode, image_format = run_isolated(read_image, str(file.path), seconds=IMAGE_SECONDS)
    except WorkerError as error:
        return UnreadableArtwork(file, "", str(error), found.size, found.sha256)
    return ArtworkImage(file, declared, width, height, mode, image_format, found.size, found.sha256)


def read_image(name: str) -> tuple[int, int, str, str]:
    """Width, height, colour mode and format of a picture, all of it decoded. Raises what Pillow raises."""
    from PIL import Image

    with Image.open(Path(name)) as image:
        image.load()
        return image.width, image.height, image.mode, image.format or "unknown"

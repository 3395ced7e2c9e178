"""Title -> ReadTitle: every asset of a title is hashed and read once; what cannot be read is an Unreadable asset."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from assets import digest
from assets.artwork_reading import read_image
from assets.document_reading import read_document
from assets.file_bytes import FileBytes, bytes_of, why_unreadable
from assets.history import read_history, roles_by_name
from assets.measuring import Measuring
from assets.media import Master, Media
from assets.media_reading import MediaReader
from assets.subjects import (
    ArtworkImage,
    Asset,
    ReadTitle,
    UnreadableArtwork,
    UnreadableSubtitles,
)
from assets.subtitles.model import Speech, SubtitleTrack
from assets.timing import Time
from assets.title import ArtworkDeclaration, AssetFile, StemDeclaration, SubtitleDeclaration, Title, Version
from assets.worker import WorkerError, run_isolated

WORKERS = 2
"""Pictures that are read at once; each is a process of its own."""

IMAGE_SECONDS = 60.0
MAX_SUBTITLE_BYTES = 50 << 20

Progress = Callable[[str], None]


def read_title(
    title: Title, media_seconds: float, progress: Progress = lambda _: None, *, measuring: Measuring | None = None
) -> ReadTitle:
    """Everything of a title, read. `progress` is told the name of each asset when it has been read.

    A file that several versions share is read once. With `measuring` masters are decoded, one after the other because
    each takes all cores, and tracks learn from their master where it is cut and where somebody speaks. A media file
    that is not decoded is looked at, in at most `media_seconds`.
    """
    media = MediaReader(title, media_seconds, measuring)
    read = [_told(progress, media.master(version)) for version in _distinct_masters(title)]
    with ThreadPoolExecutor(WORKERS) as pool:
        pictures = list(pool.map(lambda item: _told(progress, _read_artwork(item)), title.artwork))
    by_file: dict[AssetFile, Media] = {asset.file: asset for asset in read if isinstance(asset, Master)}
    sounds = [_told(progress, media.sound(version, file, by_file)) for version, file in _distinct_sounds(title)]
    by_file |= {asset.file: asset for asset in sounds if isinstance(asset, Media)}
    stems = [_told(progress, media.stem(version, declared, by_file)) for version, declared in _distinct_stems(title)]
    tracks = [
        _told(progress, _read_subtitles(title, version, declared, by_file))
        for version, declared in _distinct_tracks(title)
    ]
    documents = [_told(progress, read_document(item)) for item in title.documents]
    assets = (*read, *sounds, *stems, *tracks, *pictures, *documents)
    return ReadTitle(title, assets, read_history(title), roles_by_name(title))


def _told(progress: Progress, asset: Asset) -> Asset:
    progress(asset.file.name)
    return asset


def _distinct_masters(title: Title) -> list[Version]:
    """The first version of each master file: versions may share their master, which is then read once."""
    first = {version.master: version for version in reversed(title.versions) if version.master}
    return [version for version in title.versions if version.master and first[version.master] is version]


def _distinct_sounds(title: Title) -> Iterator[tuple[Version, AssetFile]]:
    """Each file of sound beside the masters, with the first version that declares it."""
    seen = {version.master for version in title.versions}  # sound may be taken from another version's master
    for version in title.versions:
        for declared in version.audio:
            if declared.file is not None and declared.file not in seen:
                seen.add(declared.file)
                yield version, declared.file


def _distinct_stems(title: Title) -> Iterator[tuple[Version, StemDeclaration]]:
    """Each stem, with the first version that declares it; one that is a version's sound, too, is read as that."""
    seen = {file for version in title.versions for file in (version.master, *(item.file for item in version.audio))}
    for version in title.versions:
        for declared in version.stems:
            if declared.file not in seen:
                seen.add(declared.file)
                yield version, declared


def _distinct_tracks(title: Title) -> Iterator[tuple[Version, SubtitleDeclaration]]:
    seen: set[SubtitleDeclaration] = set()
    for version in title.versions:
        for declared in version.subtitles:
            if declared not in seen:
                seen.add(declared)
                yield version, declared


def _small_bytes(file: AssetFile) -> bytes | FileBytes:
    """All bytes of a subtitle file, read once, or why there are none."""
    path = file.path
    if why_unreadable(file):
        return bytes_of(file)
    try:
        size = path.stat().st_size
        if size > MAX_SUBTITLE_BYTES:
            return FileBytes(
                size, digest.sha256_file(path), f"it has {size} bytes; at most {MAX_SUBTITLE_BYTES} are read"
            )
        return path.read_bytes()
    except OSError as error:
        return FileBytes(reason=f"it cannot be read: {error.strerror}")


def _read_subtitles(
    title: Title, version: Version, declared: SubtitleDeclaration, media: Mapping[AssetFile, Media]
) -> Asset:
    from assets.subtitles.reading import NotSubtitlesError, read_subtitles

    found = _small_bytes(declared.file)
    if isinstance(found, FileBytes):
        return UnreadableSubtitles(declared.file, version.id, found.reason, found.size, found.sha256)
    try:
        parsed = read_subtitles(found, declared.language)
    except NotSubtitlesError as error:
        return UnreadableSubtitles(declared.file, version.id, str(error), len(found), digest.sha256_bytes(found))
    master = media.get(version.master) if version.master else None
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
        speech=_speech(version, media),
    )


def _cuts(master: Media | None) -> tuple[Time, ...] | None:
    """The shot changes of a track's picture, None where they were not measured."""
    pictures = master.signals.pictures if master is not None and master.signals is not None else ()
    return pictures[0].cuts if pictures else None


def _speech(version: Version, media: Mapping[AssetFile, Media]) -> Speech | None:
    """Where somebody speaks in the first sound of a track's version, None where it was not measured."""
    if not version.audio:
        return None
    file = version.audio[0].file or version.master
    found = media.get(file) if file else None
    number = version.audio[0].stream
    if found is None or found.signals is None or number >= len(found.info.audio):
        return None
    index = found.info.audio[number].index
    sound = next((sound for sound in found.signals.sounds if index in sound.streams), None)
    if sound is None or sound.speech is None:
        return Speech(missing="the sound could not be measured")
    return Speech(tuple((stretch.start, stretch.end) for stretch in sound.speech))


def _read_artwork(declared: ArtworkDeclaration) -> Asset:
    file = declared.file
    found = bytes_of(file)
    if found.reason:
        return UnreadableArtwork(file, "", found.reason, found.size, found.sha256)
    try:
        *facts, picture = run_isolated(read_image, str(file.path), seconds=IMAGE_SECONDS)
        width, height, mode, image_format = facts
    except WorkerError as error:
        return UnreadableArtwork(file, "", str(error), found.size, found.sha256)
    return ArtworkImage(file, declared, width, height, mode, image_format, found.size, found.sha256, picture)

"""What of a title may leave in a rights window: its languages bind sound, subtitles and artwork."""

from collections.abc import Iterator
from dataclasses import replace

from assets.media import Media
from assets.rights import RightsWindow
from assets.rights.languages import ALL_LANGUAGES, Carrier, Languages
from assets.subjects import ArtworkImage, Asset, ReadTitle, UnreadableArtwork
from assets.subtitles.model import SubtitleTrack
from assets.title import Kind, SubtitleDeclaration, Title, Version

WITHOUT_LANGUAGE = frozenset({"zxx"})
"""Sound without speech, such as music and effects, needs no licence for a language."""
_UNKNOWN = "und"
"""The language of sound of which nobody says it: only a licence for all languages lets it leave."""


def licensed_part(read: ReadTitle, window: RightsWindow) -> tuple[ReadTitle, tuple[str, ...]]:
    """What of a title may leave in a window, and what is left out because its language is not licensed.

    Versions, subtitle tracks, artwork and files of sound in a language outside the window's are left out, and versions
    of which no sound would be left. Sound cannot be taken out of a master: a master with unlicensed sound stays in, and
    `unlicensed_sound` then names it.
    """
    licensed = window.languages
    if licensed == ALL_LANGUAGES:
        return read, ()
    left_out: list[str] = []
    original = read.title.programme.original_language
    versions = [part for version in read.title.versions if (part := _version(version, window, original, left_out))]
    artwork = [item for item in read.title.artwork if not item.language or licensed.names(item.language)]
    left_out += [
        f"{item.file}: {item.language} is not licensed in window {window.id}"
        for item in read.title.artwork
        if item not in artwork
    ]
    title = replace(read.title, versions=tuple(versions), artwork=tuple(artwork))
    assets = tuple(asset for asset in read.assets if _belongs(asset, title))
    return replace(read, title=title, assets=assets), tuple(left_out)


def _version(version: Version, window: RightsWindow, original: str, left_out: list[str]) -> Version | None:
    licensed = window.languages
    if not licensed.names(version.language):
        left_out.append(f"version {version.id}: {version.language} is not licensed in window {window.id}")
        return None
    sound = tuple(
        audio for audio in version.audio if audio.file is None or _is_heard(licensed, audio.language, original)
    )
    if version.audio and not sound:
        left_out.append(f"version {version.id}: none of its sound is licensed in window {window.id}")
        return None
    left_out += [
        f"{audio.file}: sound in {audio.language} is not licensed in window {window.id}"
        for audio in version.audio
        if audio not in sound
    ]
    stems = tuple(stem for stem in version.stems if _is_heard(licensed, stem.language, original))
    left_out += [
        f"{stem.file}: {stem.kind} in {stem.language} is not licensed in window {window.id}"
        for stem in version.stems
        if stem not in stems
    ]
    tracks = tuple(track for track in version.subtitles if licensed.carries(carrier(track.kind), track.language))
    left_out += [
        f"{track.file}: {track.language} is not licensed in window {window.id}"
        for track in version.subtitles
        if track not in tracks
    ]
    return replace(version, subtitles=tracks, audio=sound, stems=stems)


def carrier(kind: Kind) -> Carrier:
    """What a kind of subtitles is in a licence: captions for the deaf and hard of hearing, or subtitles."""
    return Carrier.CAPTIONED if kind is Kind.SDH else Carrier.SUBTITLED


def _is_heard(licensed: Languages, tag: str, original: str) -> bool:
    return tag in WITHOUT_LANGUAGE or licensed.carries(Carrier.DUBBED, tag, original)


def _belongs(asset: Asset, title: Title) -> bool:
    """Whether an asset is declared in what is left of a title; a file may be declared twice, in two languages."""
    if isinstance(asset, SubtitleTrack):
        declared = SubtitleDeclaration(asset.file, asset.language, asset.kind)
        return any(declared in version.subtitles for version in title.versions)
    if isinstance(asset, ArtworkImage | UnreadableArtwork):
        return any(item.file == asset.file for item in title.artwork)
    return asset.file in title.files()


def sound_languages(read: ReadTitle) -> Iterator[tuple[str, str]]:
    """The sound that leaves with a title: version and language, as declared and as the files' streams are tagged.

    A stream without a tag, in a file whose sound is not declared, has a language that nobody knows.
    """
    media = {asset.file: asset for asset in read.assets if isinstance(asset, Media)}
    for version in read.title.versions:
        yield from ((version.id, audio.language) for audio in version.audio)
        declared = {audio.file or version.master for audio in version.audio}
        for file in dict.fromkeys((version.master, *declared)):
            streams = media[file].info.audio if file in media else ()
            tags = {stream.language or ("" if file in declared else _UNKNOWN) for stream in streams}
            yield from ((version.id, tag) for tag in sorted(tags) if tag)


def unlicensed_sound(read: ReadTitle, window: RightsWindow) -> tuple[str, ...]:
    """Why sound forbids a delivery in a window, a line for each version and language; empty if nothing does."""
    licensed, original = window.languages, read.title.programme.original_language
    found = sorted({pair for pair in sound_languages(read) if pair[1] not in WITHOUT_LANGUAGE})
    return tuple(
        f"version {version}: sound in {_said(tag)} is not licensed in window {window.id}; licensed: {licensed}"
        for version, tag in found
        if not licensed.carries(Carrier.DUBBED, tag, original)
    )


def _said(tag: str) -> str:
    return "a language that nobody has declared" if tag == _UNKNOWN else tag

"""Where a master or a file of sound belongs: the version without one, by the language of its sound and its name."""

from collections.abc import Sequence
from dataclasses import replace

from assets import language
from assets.ids import is_id
from assets.intake import name_marks, names, propose_stems
from assets.intake.proposal import Proposal, Said, Status
from assets.intake.shelf import Shelf
from assets.intake.telling import Sureness, Told, said
from assets.media import MediaInfo
from assets.sounds import sounds_of
from assets.stems import WITHOUT_LANGUAGE
from assets.timing import from_ms, ms_text, rate_text
from assets.title import AssetFile, AudioDeclaration, Version

Stream = tuple[int, str, str]
"""A sound: its first stream, its language, its layout."""

_AWAY = from_ms(500)
"""How much shorter or longer than the picture a file of sound may be."""


def propose_master(base: Proposal, by: Said, shelf: Shelf) -> Proposal:
    """The proposal for a master of the title on the shelf."""
    media = _media(base)
    tag = spoken_language(base.what.file.name, media, by)
    version = _version_of_master(tag, by, shelf)
    own = shelf.version(version.value)
    rate = media.video[0].frame_rate
    told_rate = Told(rate_text(rate), Sureness.SURE, ("the file says so",)) if rate else None
    timecode = (f"its timecode begins at {media.timecode}",) if media.timecode else ()
    notes = (*timecode, *propose_stems.unlabelled(sounds_of(media.audio)))
    made = replace(base, version=version, language=tag, frame_rate=told_rate, notes=notes)
    if own is None and tag is None:
        return made.unsettled(
            f"the language of the new version {version.value} is not told; say it with --language, or in a sheet"
        )
    if own is None and not is_id(version.value):
        return made.unsettled(f"{version.value!r} is no id of a version; say one with --version")
    fallback = own.language if own else tag.value if tag else "und"
    streams = () if own and own.audio else _streams(media, fallback)
    made = replace(made, makes_version=own is None, streams=streams)
    if own is not None and own.master is not None:
        return replace(made, status=Status.REPLACE, name=own.master.name, streams=())
    return replace(
        made, name=base.name or shelf.free_name(names.master(shelf.title.id, version.value, base.what.suffix))
    )


def put_master(shelf: Shelf, made: Proposal) -> None:
    """The master is one of the title's from now on."""
    if made.version is None:
        raise TypeError(made)
    file = AssetFile(made.name, made.what.file.path)
    shelf.knows(file.path, _media(made))
    own = shelf.version(made.version.value)
    own = own or Version(made.version.value, made.language.value if made.language else "und", None)
    audio = tuple(AudioDeclaration(tag, layout, number) for number, tag, layout in made.streams)
    shelf.put(replace(own, master=file, audio=own.audio or audio))


def _media(base: Proposal) -> MediaInfo:
    if base.what.media is None:
        raise TypeError(base.what)
    return base.what.media


def spoken_language(name: str, media: MediaInfo, by: Said) -> Told | None:
    """The language of the first sound of a file: by its tag and by the file's name, unless a person says it."""
    if by.language is not None:
        return said(by.language, by.by)
    by_name = name_marks.language_tag(name)
    tag = media.audio[0].language if media.audio else None
    by_tag = language.canonical(tag) if tag and language.is_valid(tag) and language.is_spoken(tag) else None
    if by_tag is None:
        return Told(by_name, Sureness.LIKELY, ("its name says so",)) if by_name else None
    told = Told(by_tag, Sureness.LIKELY, ("its first sound is tagged so",))
    if by_name is None:
        return told
    if language.same_language(by_name, by_tag):
        return told.confirmed("its name says so, too")
    return told.doubted(f"but its name says {by_name}")


def _version_of_master(tag: Told | None, by: Said, shelf: Shelf) -> Told:
    versions = shelf.title.versions
    if by.version is not None:
        return said(by.version, by.by)
    original = shelf.title.programme.original_language
    spoken = tag.value if tag else original
    if not versions:
        return Told("original", Sureness.LIKELY, ("the title has no version yet",))
    own = [item for item in versions if language.same_language(item.language, spoken)]
    free = [item for item in own or versions if item.master is None]
    if len(free) == 1:
        return Told(free[0].id, Sureness.LIKELY, (f"the version in {free[0].language} that has no master",))
    if free:
        return Told(free[0].id, Sureness.DOUBTFUL, (f"{len(free)} versions have no master",))
    if own:
        return Told(own[0].id, Sureness.LIKELY, (f"the version in {own[0].language}, which has a master",))
    return Told(spoken.lower(), Sureness.LIKELY, (f"a new version: none is in {spoken}",))


def _streams(media: MediaInfo, fallback: str) -> tuple[Stream, ...]:
    """Every sound of a file; what is not tagged is taken to be in the version's language."""
    found: list[Stream] = []
    for sound in sounds_of(media.audio):
        first = sound.numbers[0]
        tag = media.audio[first].language
        spoken = language.canonical(tag) if tag and language.is_valid(tag) and language.is_spoken(tag) else fallback
        found.append((first, spoken, propose_stems.USUAL.get(sound.layout, sound.layout.removesuffix("(side)"))))
    return tuple(found)


def propose_audio(base: Proposal, by: Said, shelf: Shelf) -> Proposal:
    """The proposal for a file of sound beside a master, or for a stem."""
    media = _media(base)
    tag = spoken_language(base.what.file.name, media, by)
    if propose_stems.is_stem(base, by, shelf):
        spoken = tag.value if tag and tag.value != WITHOUT_LANGUAGE else shelf.title.programme.original_language
        return propose_stems.propose(base, by, shelf, tag, _version_of_sound(spoken, by, shelf))
    if tag is None:
        return base.unsettled("neither its tags nor its name tells a language; say it with --language, or in a sheet")
    version = _version_of_sound(tag.value, by, shelf)
    own = shelf.version(version.value) if version else None
    if version is None or own is None:
        return replace(base, language=tag).unsettled("the title has no such version; add its master first")
    picture = shelf.media(own)
    if by.version is None and picture is not None and abs(picture.duration - media.duration) > _AWAY:
        wrong = f"it runs {ms_text(media.duration)}, the master {ms_text(picture.duration)}"
        version = version.doubted(wrong)
    streams = _streams(media, tag.value)
    notes = propose_stems.unlabelled(sounds_of(media.audio))
    made = replace(base, language=tag, version=version, streams=streams, notes=notes)
    if there := _in_its_place(own, streams):
        return _replacing(made, own, there)
    named = names.audio(own.id, tag.value, streams[0][2], base.what.suffix)
    return replace(made, name=base.name or shelf.free_name(named))


def _in_its_place(own: Version, streams: Sequence[Stream]) -> AssetFile | None:
    """The file of a version whose sound has the language and the layout of the first of some sounds."""
    _, tag, layout = streams[0]
    for item in own.audio:
        if item.file is not None and item.file != own.master and _is_like(item, tag, layout):
            return item.file
    return None


def _is_like(item: AudioDeclaration, tag: str, layout: str) -> bool:
    return language.same_language(item.language, tag) and propose_stems.USUAL.get(item.layout, item.layout) == layout


def _replacing(made: Proposal, own: Version, there: AssetFile) -> Proposal:
    """A new revision of a file of sound, if the same sounds are in it."""
    declared = sorted(((item.stream, item) for item in own.audio if item.file == there), key=lambda pair: pair[0])
    is_alike = len(declared) == len(made.streams) and all(
        number == stream and _is_like(item, tag, layout)
        for (number, item), (stream, tag, layout) in zip(declared, made.streams, strict=True)
    )
    if not is_alike:
        return made.unsettled(f"{there.name} is in its place, and title.toml declares other sounds of that file")
    return replace(made, status=Status.REPLACE, name=there.name, streams=())


def _version_of_sound(tag: str, by: Said, shelf: Shelf) -> Told | None:
    versions = shelf.title.versions
    if by.version is not None:
        return said(by.version, by.by)
    own = [item for item in versions if language.same_language(item.language, tag)]
    chosen = own or list(versions)
    if len(chosen) == 1:
        return Told(chosen[0].id, Sureness.LIKELY, (f"the version in {tag}" if own else "the only version",))
    return Told(chosen[0].id, Sureness.DOUBTFUL, (f"one of {len(chosen)} versions",)) if chosen else None


def put_audio(shelf: Shelf, made: Proposal) -> None:
    """The file of sound is one of the title's from now on."""
    if made.kind is not None:
        propose_stems.put(shelf, made)
        return
    own = shelf.version(made.version.value) if made.version else None
    if own is None:
        raise TypeError(made)
    file = AssetFile(made.name, made.what.file.path)
    audio = tuple(AudioDeclaration(tag, layout, number, file) for number, tag, layout in made.streams)
    shelf.put(replace(own, audio=(*own.audio, *audio)))

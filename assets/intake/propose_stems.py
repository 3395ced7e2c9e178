"""Where a stem belongs: the original version, or the one in the language that is spoken."""

from collections.abc import Sequence
from dataclasses import replace

from assets import language
from assets.intake import name_marks, names, stem_marks
from assets.intake.proposal import Proposal, Said, Status
from assets.intake.shelf import Shelf
from assets.intake.telling import Sureness, Told, said
from assets.media import MediaInfo
from assets.sounds import MONO, Sound, sounds_of
from assets.stems import WITHOUT_LANGUAGE, StemKind
from assets.timing import from_ms, ms_text
from assets.title import AssetFile, StemDeclaration

_AWAY = from_ms(500)
"""How much shorter or longer than the picture a stem may be."""


USUAL = {"2 channels": "stereo", "6 channels": "5.1", "8 channels": "7.1"}
"""What channels without labels are, as a rule."""

_KINDS = frozenset(kind.value for kind in StemKind)


def is_stem(base: Proposal, by: Said, shelf: Shelf) -> bool:
    """Whether a file of sound is a stem: it is said to be one of a kind, or its name says so."""
    if by.kind in _KINDS:
        return True
    name, titles = base.what.file.name, _titles(shelf)
    return stem_marks.stem_kind(name, titles) is not None or stem_marks.is_stem(name, titles)


def propose(base: Proposal, by: Said, shelf: Shelf, tag: Told | None, version: Told | None) -> Proposal:
    """The proposal for a stem; `tag` is the language that its tags and name tell, `version` the one that it fits."""
    media = base.what.media
    if media is None:
        raise TypeError(base.what)
    kind = _kind(base, by, shelf)
    if kind is None:
        kinds = ", ".join(StemKind)
        return base.unsettled(f"a stem, and nothing tells of which kind; say it with --kind, or in a sheet: {kinds}")
    spoken = _language(StemKind(kind.value), tag or _named_language(base), by)
    made = replace(base, kind=kind, language=spoken)
    if spoken is None:
        return made.unsettled(f"neither its tags nor its name tells the language of the {kind.value}; say --language")
    own = shelf.version(version.value) if version else None
    if version is None or own is None:
        return made.unsettled("the title has no such version; add its master first")
    version = version if by.version else _by_length(version, media, shelf)
    layout, notes = _layout(media)
    single = stem_marks.channel(base.what.file.name) if layout == MONO else ""
    made = replace(
        made, version=version, notes=(*made.notes, *notes), streams=((0, spoken.value, layout),), channel=single
    )
    there = [stem for stem in own.stems if _place(stem) == (kind.value, spoken.value, layout, single)]
    if there:
        return replace(made, status=Status.REPLACE, name=there[0].file.name)
    named = names.stem(own.id, (kind.value, spoken.value, single or layout), base.what.suffix)
    return replace(made, name=base.name or shelf.free_name(named))


def put(shelf: Shelf, made: Proposal) -> None:
    """The stem is one of the title's from now on."""
    own = shelf.version(made.version.value) if made.version else None
    if own is None or made.kind is None:
        raise TypeError(made)
    _, tag, layout = made.streams[0]
    file = AssetFile(made.name, made.what.file.path)
    stem = StemDeclaration(file, StemKind(made.kind.value), layout, tag, made.channel)
    shelf.put(replace(own, stems=(*own.stems, stem)))


def _place(stem: StemDeclaration) -> tuple[str, str, str, str]:
    """What tells one stem of a version from another."""
    return stem.kind.value, stem.language, stem.layout, stem.channel


def _layout(media: MediaInfo) -> tuple[str, tuple[str, ...]]:
    """The layout of the first sound of a file; channels without labels are taken as what so many usually are."""
    sound = sounds_of(media.audio)[0]
    return USUAL.get(sound.layout, sound.layout.removesuffix("(side)")), unlabelled([sound])


def unlabelled(sounds: Sequence[Sound]) -> tuple[str, ...]:
    """A note for each way in which channels without labels are taken."""
    found = dict.fromkeys(sound.layout for sound in sounds if sound.layout in USUAL)
    return tuple(f"its {layout} name no loudspeakers; taken as {USUAL[layout]}" for layout in found)


def _titles(shelf: Shelf) -> tuple[str, ...]:
    title = shelf.title
    return (title.id, *title.names.values(), *(name.text for name in title.other_names))


def _kind(base: Proposal, by: Said, shelf: Shelf) -> Told | None:
    if by.kind is not None and by.kind in _KINDS:
        return said(by.kind, by.by)
    found = stem_marks.stem_kind(base.what.file.name, _titles(shelf))
    return Told(found, Sureness.LIKELY, ("its name says so",)) if found else None


def _named_language(base: Proposal) -> Told | None:
    tag = name_marks.language_tag(stem_marks.without_marks(base.what.file.name))
    return Told(tag, Sureness.LIKELY, ("its name says so",)) if tag else None


def _language(kind: StemKind, tag: Told | None, by: Said) -> Told | None:
    """The language of what is spoken; a tag on music and effects is a mistake, as long as nobody says it."""
    if kind.is_spoken or by.language is not None:
        return tag
    told = Told(WITHOUT_LANGUAGE, Sureness.LIKELY, (f"{kind.value} has no language",))
    if tag is not None and language.is_spoken(tag.value) and "its name says so" in tag.reasons:
        return told.doubted(f"but its name says {tag.value}")
    return told


def _by_length(version: Told, media: MediaInfo, shelf: Shelf) -> Told:
    own = shelf.version(version.value)
    picture = shelf.media(own) if own else None
    if picture is not None and abs(picture.duration - media.duration) > _AWAY:
        return version.doubted(f"it runs {ms_text(media.duration)}, the master {ms_text(picture.duration)}")
    return version

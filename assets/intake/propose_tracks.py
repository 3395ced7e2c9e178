"""Where a subtitle track belongs: its language, its kind, and the version whose picture it was made for."""

from dataclasses import replace

from assets import language
from assets.intake import name_marks, names, text_language, tracks
from assets.intake.proposal import Proposal, Said, Status
from assets.intake.shelf import Shelf
from assets.intake.telling import Sureness, Told, said
from assets.subtitles.reading import Parsed
from assets.timing import rate_text
from assets.title import AssetFile, Kind, SubtitleDeclaration, Version


def propose(base: Proposal, by: Said, shelf: Shelf) -> Proposal:
    """The proposal for a subtitle track of the title on the shelf."""
    parsed = base.what.track
    if parsed is None:
        raise TypeError(base.what)
    tag = _language(base, parsed, by)
    if tag is None:
        return base.unsettled("neither its text nor its name tells a language; say it with --language, or in a sheet")
    version = _version(tag.value, by, shelf)
    if version is None:
        return replace(base, language=tag).unsettled("the title has no version yet; add its master first")
    own = shelf.version(version.value)
    if own is None:
        return replace(base, language=tag).unsettled(
            f"the title has no version {version.value!r}; add its master first"
        )
    if by.kind is not None and by.kind not in set(Kind):
        return base.unsettled(f"a track is of no kind {by.kind!r}; {', '.join(Kind)}")
    rate = tracks.frame_rate_of(parsed.cues, parsed.frame_rate)
    if by.version is None:
        version, own = _by_picture(version, own, parsed, rate, shelf)
    kind = _kind(base, parsed, by, shelf, own)
    made = replace(base, language=tag, kind=kind, version=version, frame_rate=rate)
    there = next(
        (
            item
            for item in own.subtitles
            if item.kind == kind.value and language.same_language(item.language, tag.value)
        ),
        None,
    )
    if there is not None:
        return replace(made, status=Status.REPLACE, name=there.file.name)
    return replace(
        made, name=base.name or shelf.free_name(names.subtitles(own.id, tag.value, kind.value, base.what.suffix))
    )


def put(shelf: Shelf, made: Proposal) -> None:
    """The track is one of the title's from now on."""
    if made.version is None or made.language is None or made.kind is None or made.what.track is None:
        raise TypeError(made)
    own = shelf.version(made.version.value)
    if own is None:
        raise TypeError(made)
    file = AssetFile(made.name, made.what.file.path)
    declared = SubtitleDeclaration(file, made.language.value, Kind(made.kind.value))
    shelf.put(replace(own, subtitles=(*own.subtitles, declared)))


def _language(base: Proposal, parsed: Parsed, by: Said) -> Told | None:
    if by.language is not None:
        return said(by.language, by.by)
    by_name = name_marks.language_tag(base.what.file.name)
    by_text = text_language.of_cues(parsed.cues)
    told = _agreed(by_text, by_name, parsed)
    inside = sorted({run.language for cue in parsed.cues for run in cue.runs if run.language})
    if told is not None and len(inside) > 1:
        return told.doubted(f"it holds {', '.join(inside)} side by side; `releaseprint convert --language` writes one")
    document = parsed.language
    if told is not None and document and not language.same_language(document, told.value):
        return replace(told, reasons=(*told.reasons, f"the file says {document}"))
    return told


def _agreed(by_text: Told | None, by_name: str | None, parsed: Parsed) -> Told | None:
    """The language by the text, with what the name says: more exactly, likewise, or otherwise."""
    if by_name is None:
        return by_text
    if by_text is None:
        return Told(by_name, Sureness.LIKELY, ("its name says so; its text has too few letters to tell",))
    if language.same_language(by_name, by_text.value):
        finer = by_name if "-" in by_name else by_text.value
        return replace(by_text.confirmed("its name says so, too"), value=finer)
    words = "\n".join(cue.text for cue in parsed.cues[:500])
    if by_text.sureness is Sureness.DOUBTFUL and text_language.is_written_alike(by_name, words):
        return Told(by_name, Sureness.LIKELY, (f"its name says so, and {by_text.reasons[0]}",))
    return by_text.doubted(f"but its name says {by_name}")


def _version(tag: str, by: Said, shelf: Shelf) -> Told | None:
    """The version of the track's language, else the one there is, else the original one."""
    versions = shelf.title.versions
    if by.version is not None:
        return said(by.version, by.by)
    own = [item for item in versions if language.same_language(item.language, tag)]
    if len(own) == 1:
        return Told(own[0].id, Sureness.LIKELY, (f"the version in {own[0].language}",))
    if len(versions) == 1:
        return Told(versions[0].id, Sureness.LIKELY, ("the only version",))
    original = shelf.title.programme.original_language
    first = next((item for item in own or versions if language.same_language(item.language, original)), None)
    chosen = first or next(iter(own or versions), None)
    if chosen is None:
        return None
    if own:
        return Told(chosen.id, Sureness.DOUBTFUL, (f"{len(own)} versions are in {tag}",))
    return Told(chosen.id, Sureness.LIKELY, (f"no version is in {tag}; this is the original one",))


def _kind(base: Proposal, parsed: Parsed, by: Said, shelf: Shelf, own: Version) -> Told:
    if by.kind is not None:
        return said(by.kind, by.by)
    reference = shelf.reference(own)
    beside = len(reference[1]) if reference else 0
    return tracks.kind_of(parsed.cues, shelf.runtime(own), name_marks.track_kind(base.what.file.name), beside)


def _by_picture(version: Told, own: Version, parsed: Parsed, rate: Told | None, shelf: Shelf) -> tuple[Told, Version]:
    """The version whose master the track was made for: the one proposed, if nothing speaks against it, else another."""
    judged = _doubts(version, parsed, rate, shelf, own)
    if judged.sureness is not Sureness.DOUBTFUL:
        return judged, own
    for other in shelf.title.versions:
        if other.master is not None and other.master != own.master:
            reason = f"its master is one that the track fits, and not that of {own.id}: {judged.reasons[-1]}"
            instead = _doubts(Told(other.id, Sureness.LIKELY, (reason,)), parsed, rate, shelf, other)
            if instead.sureness is not Sureness.DOUBTFUL:
                return instead, other
    return judged, own


def _doubts(version: Told, parsed: Parsed, rate: Told | None, shelf: Shelf, own: Version) -> Told:
    """The version, with what its picture says of the track: its length, its frame rate, another track's times."""
    runtime = shelf.runtime(own)
    if wrong := tracks.fits_runtime(parsed.cues, runtime):
        return version.doubted(wrong)
    picture = shelf.frame_rate(own)
    if rate is not None and picture is not None and rate.value != rate_text(picture):
        return version.doubted(f"made at {rate.value} fps ({rate.reasons[0]}), the master has {rate_text(picture)}")
    reference = shelf.reference(own)
    if reference and (wrong := tracks.out_of_step(parsed.cues, reference[1])):
        return version.doubted(f"compared with {reference[0].file.name}: {wrong}")
    if tracks.covers(parsed.cues, runtime):
        return version.confirmed("its last cue is near the end of the picture")
    return version

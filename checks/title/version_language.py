"""`title/version-language`."""

from assets import language
from assets.subjects import ReadTitle
from assets.title import Kind, Version
from checks.core import CannotCheck, Problem, Problems, check
from checks.title._declared import version_at

READABLE = frozenset({Kind.FULL, Kind.SDH})


@check("title/version-language", on=ReadTitle)
def version_language(read: ReadTitle) -> Problems:
    """A version has neither sound nor full subtitles in the language it is declared with.

    An English version may have Korean sound with English subtitles, or English sound; with neither it would be sold as
    something it is not. Add the track, or correct the version's language.
    """
    for version in read.title.versions:
        wanted = frozenset({version.language})
        tracks = {track.language for track in version.subtitles if track.kind in READABLE}
        if any(language.covers(wanted, tag) for tag in tracks):
            continue
        sound = _sound(read, version)
        if not any(language.covers(wanted, tag) for tag in sound):
            yield Problem(
                "no sound and no full subtitles in {allowed}; sound: {measured}; subtitles: {subtitles}",
                version_at(version.id),
                ", ".join(sorted(sound)) or "none",
                version.language,
                {"subtitles": ", ".join(sorted(tracks)) or "none"},
            )


def _sound(read: ReadTitle, version: Version) -> set[str]:
    """The languages of a version's sound: as declared, else as tagged in its master. Raises CannotCheck if unknown."""
    declared = {audio.language for audio in version.audio}
    if declared:
        return declared
    master = read.master_of(version)
    if master is None:
        raise CannotCheck(f"version {version.id} declares no sound and has no readable master")
    tagged = {stream.language for stream in master.info.audio if stream.language}
    if not tagged and master.info.audio:
        raise CannotCheck(f"version {version.id} declares no sound, and that of {master.file} is not tagged")
    return tagged

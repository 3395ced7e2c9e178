"""What the checks of a title share: places, languages, and the tracks that are declared."""

from collections.abc import Iterator

from assets import language
from assets.subjects import ReadTitle, UnreadableMaster
from assets.title import Kind, SubtitleDeclaration, Title
from checks.core import At, CannotCheck

ORIGINAL = "original"
"""Stands in a platform's lists for the programme's original language."""


def tracks_of(title: Title) -> Iterator[SubtitleDeclaration]:
    """The subtitle tracks of all versions; one that several versions share comes once."""
    seen: set[SubtitleDeclaration] = set()
    for version in title.versions:
        for track in version.subtitles:
            if track not in seen:
                seen.add(track)
                yield track


def meant(tag: str, title: Title) -> str:
    """The language that a platform's list means: the original one for `original`."""
    return title.programme.original_language if tag == ORIGINAL else tag


def has_track(title: Title, tag: str, kinds: frozenset[Kind]) -> bool:
    """Whether some track is in the language (`pt` is also had as `pt-BR`) and of one of the kinds."""
    wanted = frozenset({tag})
    return any(track.kind in kinds and language.covers(wanted, track.language) for track in tracks_of(title))


def need_all_masters(read: ReadTitle) -> None:
    """Raise CannotCheck if a master could not be read: a comparison without it would prove nothing."""
    for asset in read.assets:
        if isinstance(asset, UnreadableMaster):
            raise CannotCheck(f"{asset.file} could not be read")


def version_at(version_id: str) -> At:
    """A version as a place."""
    return At(f"version {version_id}")

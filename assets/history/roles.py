"""The stable names of a title's files: what a file is for, whatever its own name is at the time.

`original/master`, `original/audio/0`, `original/stems/music-and-effects/5-1`, `original/stems/ko/dialogue/mono`,
`original/subtitles/ko/full`, `artwork/poster`, `artwork/key-art/ja`, `documents/dialogue-list`. People write `ko@3` for
the third revision of the full Korean track, `ko.sdh@2`, `master@1`, `music-and-effects@2`, `poster@2`.
"""

import re
from collections.abc import Iterator, Sequence

from assets.errors import UsageError
from assets.history.ledger import nfc
from assets.history.model import Revision
from assets.stems import WITHOUT_LANGUAGE, StemKind
from assets.title import AssetFile, Kind, Title, Version

_SUBTITLES = "subtitles"
_STEMS = "stems"
_OF_TITLES = frozenset({"artwork", "documents"})
_NOT_IN_A_ROLE = re.compile(r"[\s/@.]+")
_STEM_KINDS = frozenset(kind.value for kind in StemKind)
_ADDRESS = re.compile(r"(?P<asset>[^@]+)@(?P<number>[1-9]\d{0,8})")


def roles(title: Title) -> dict[str, AssetFile]:
    """Every role of a title with its file, in the order of the title; a file that versions share has several."""
    found: dict[str, AssetFile] = {}
    for role, file in _roles(title):
        number, name = 1, role
        while name in found:  # two tracks of one language and kind: the second one is called 2
            number += 1
            name = f"{role}/{number}"
        found[name] = file
    return found


def roles_by_name(title: Title) -> dict[str, str]:
    """The first role of each file of a title, by the name of the file."""
    return {file.name: role for role, file in reversed(roles(title).items())}


def _roles(title: Title) -> Iterator[tuple[str, AssetFile]]:
    for version in title.versions:
        yield from _of_version(version)
    for artwork in title.artwork:
        language = f"/{_part(artwork.language)}" if artwork.language else ""
        yield f"artwork/{artwork.kind}{language}", artwork.file
    for document in title.documents:
        language = f"/{_part(document.language)}" if document.language else ""
        yield f"documents/{document.kind}{language}", document.file


def _of_version(version: Version) -> Iterator[tuple[str, AssetFile]]:
    if version.master is not None:
        yield f"{version.id}/master", version.master
    known = {version.master}
    for number, audio in enumerate(version.audio):
        if audio.file is not None and audio.file not in known:
            known.add(audio.file)
            yield f"{version.id}/audio/{number}", audio.file
    for stem in version.stems:
        spoken = "" if stem.language == WITHOUT_LANGUAGE else f"{_part(stem.language)}/"
        yield f"{version.id}/{_STEMS}/{spoken}{stem.kind}/{_part(stem.channel or stem.layout)}", stem.file
    for track in version.subtitles:
        yield f"{version.id}/{_SUBTITLES}/{_part(track.language)}/{track.kind}", track.file


def _part(text: str) -> str:
    """A text from outside as one part of a role."""
    return _NOT_IN_A_ROLE.sub("-", nfc(text))


def asset_named(known: Sequence[str], text: str) -> str:
    """The one of the known roles that a person means: the role, or the parts that tell it from the others.

    `ko` is the full track of the language ko. Raises UsageError if it is none of them, or several.
    """
    wanted = _folded(text)
    exact = [role for role in known if _folded(role) == wanted]
    if exact:
        return exact[0]
    meant = [role for role in dict.fromkeys(known) if _means(wanted, _folded(role))]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise UsageError(f"{text!r} is not one asset; name one of {', '.join(meant)}")
    raise UsageError(f"{text!r} is no asset with a history; assets: {', '.join(dict.fromkeys(known)) or 'none'}")


def _means(wanted: str, role: str) -> bool:
    """Whether the parts of a short name stand in a role in their order, and one of them names the asset itself.

    A language alone means subtitles, and no picture, paper or stem in that language.
    """
    said, parts = re.split(r"[/.]", wanted), role.split("/")
    own = parts[2:] if _SUBTITLES in parts[1:2] else parts[1:]
    if _STEMS in parts[1:2]:
        own = own[next((at for at, part in enumerate(own) if part in _STEM_KINDS), len(own)) :]
    elif parts[0] in _OF_TITLES:
        own = parts[1:2]
    if not {*said} & {*own} or said[-1] not in parts[1:]:
        return False
    if _SUBTITLES in parts[1:2] and said[-1] == own[0]:  # a language alone means its full track
        said = [*said, Kind.FULL.value]
    rest = iter(parts)
    return all(part in rest for part in said)


def _folded(text: str) -> str:
    return nfc(text).casefold()


def revision_named(revisions: Sequence[Revision], text: str) -> Revision:
    """The revision that `ko@3` means. Raises UsageError if there is none."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise UsageError(f"{text!r} is no revision; allowed is ASSET@NUMBER, such as ko@3, master@1, poster@2")
    asset = asset_named([item.asset for item in revisions], match["asset"])
    own = [item for item in revisions if item.asset == asset]
    for item in own:
        if item.revision == int(match["number"]):
            return item
    raise UsageError(f"{asset} has no revision {match['number']}; it has 1 to {max(item.revision for item in own)}")


def is_address(text: str) -> bool:
    """Whether a text has the form of a revision, `ko@3`."""
    return _ADDRESS.fullmatch(text) is not None

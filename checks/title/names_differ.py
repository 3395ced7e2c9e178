"""`title/names-differ`."""

import re
import unicodedata

from assets import language
from assets.subjects import ReadTitle
from assets.subtitles.model import SubtitleTrack
from assets.title import Kind
from checks.core import Limits, Problem, Problems, check
from checks.title._tracks import Times, is_one_cut, place_in, with_original_first

LATIN = "latin"
_NAME = re.compile(r"(?<![a-z])[A-Z][A-Za-z]+")


class Names(Limits):
    """Words that are no names though another script writes them in Latin letters, such as TV."""

    words: list[str]


@check("title/names-differ", on=ReadTitle, limits=Names)
def names_differ(read: ReadTitle, limits: Names) -> Problems:
    """A name in Latin letters stands in a Korean, Japanese or other cue, but not in the English ones at that time.

    It is probably spelt in two ways. Names that each language writes in its own script are not compared: a person has
    to, with the list of key names.
    """
    tracks = with_original_first(read, {Kind.FULL})
    known = {word.casefold() for word in limits.words}
    latin = [(track, Times(track)) for track in tracks if _scripts(track) == (LATIN,)]
    for track in tracks:
        if not _scripts(track) or LATIN in _scripts(track):
            continue
        for other, times in latin:
            if is_one_cut(track, other):
                yield from _differing(track, other, times, known)


def _differing(track: SubtitleTrack, other: SubtitleTrack, times: Times, known: set[str]) -> Problems:
    for cue in track.cues:
        names = dict.fromkeys(_NAME.findall(unicodedata.normalize("NFKC", cue.text)))
        if not names or not times.together(cue):
            continue
        near = " ".join(item.text for item in times.around(cue))
        said = unicodedata.normalize("NFKC", near).casefold().replace(".", "")
        for name in names:
            if name.casefold() not in known and name.casefold() not in said:
                place = place_in(track, cue)
                yield Problem(
                    "{measured} is not in {other} at this time", place, name, values={"other": other.file.name}
                )


def _scripts(track: SubtitleTrack) -> tuple[str, ...]:
    return language.written_in(track.language) if language.is_valid(track.language) else ()

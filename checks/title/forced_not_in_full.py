"""`title/forced-not-in-full`."""

import unicodedata
from collections.abc import Iterable

from assets import language
from assets.subjects import ReadTitle
from assets.subtitles.model import Cue, SubtitleTrack
from assets.title import Kind
from checks.core import At, Problem, Problems, check
from checks.subtitle._cues import at, shown


@check("title/forced-not-in-full", on=ReadTitle)
def forced_not_in_full(read: ReadTitle) -> Problems:
    """A cue of a forced narrative is not in the full or SDH track of its language.

    The forced track is shown only while no other is chosen: who turns full subtitles on would lose what is written on
    screen. Copy the cue into the full track, at the same time.
    """
    tracks = read.tracks()
    for forced in (track for track in tracks if track.kind is Kind.FORCED):
        for other in tracks:
            if other.kind is not Kind.FORCED and language.same_language(forced.language, other.language):
                yield from _missing(forced, other)


def _missing(forced: SubtitleTrack, other: SubtitleTrack) -> Problems:
    by_text: dict[str, list[Cue]] = {}
    for cue in other.cues:
        by_text.setdefault(_words(cue.text), []).append(cue)
    for cue in forced.cues:
        if not _meets(cue, by_text.get(_words(cue.text), ())):
            place = at(cue)
            yield Problem(
                "not in {allowed} at this time: {measured}",
                At(f"{forced.file}, {place.label}", place.start, place.end, place.line),
                shown(cue.text),
                other.file.name,
            )


def _meets(cue: Cue, others: Iterable[Cue]) -> bool:
    return any(other.start < cue.end and cue.start < other.end for other in others)


def _words(text: str) -> str:
    """A text without regard to line breaks, capitals and normalization."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())

"""`title/forced-not-in-full`."""

import unicodedata
from collections.abc import Sequence

from assets import language
from assets.subjects import ReadTitle, UnreadableSubtitles
from assets.subtitles.model import Cue, SubtitleTrack
from assets.timing import ms_text
from assets.title import Kind
from checks.core import CannotCheck, Problem, Problems, check
from checks.subtitle._cues import shown
from checks.title._tracks import place_in

WHOLE = frozenset({Kind.FULL, Kind.SDH})
"""The kinds that have to hold the forced narrative as well."""


@check("title/forced-not-in-full", on=ReadTitle)
def forced_not_in_full(read: ReadTitle) -> Problems:
    """A cue of a forced narrative is not in the full or SDH track of its language.

    The forced track is shown only while no other is chosen: who turns full subtitles on would lose what is written on
    screen. Copy the cue into the full track, at the same time.
    """
    tracks = read.tracks()
    forced_tracks = [track for track in tracks if track.kind is Kind.FORCED]
    for asset in read.assets if forced_tracks else ():
        if isinstance(asset, UnreadableSubtitles):
            raise CannotCheck(f"{asset.file} could not be read")
    for forced in forced_tracks:
        for other in tracks:
            if other.kind in WHOLE and language.same_language(forced.language, other.language):
                yield from _missing(forced, other)


def _missing(forced: SubtitleTrack, other: SubtitleTrack) -> Problems:
    by_text: dict[str, list[Cue]] = {}
    for cue in other.cues:
        by_text.setdefault(_words(cue.text), []).append(cue)
    for cue in forced.cues:
        same = by_text.get(_words(cue.text), [])
        if not any(item.start < cue.end and cue.start < item.end for item in same):
            yield Problem(
                "not in {allowed} at this time{elsewhere}: {measured}",
                place_in(forced, cue),
                shown(cue.text),
                other.file.name,
                {"elsewhere": _elsewhere(cue, same)},
            )


def _elsewhere(cue: Cue, same: Sequence[Cue]) -> str:
    """Where the text stands instead, at the nearest time; empty if nowhere."""
    nearest = min(same, key=lambda item: abs(item.start - cue.start), default=None)
    return "" if nearest is None else f", but at {ms_text(nearest.start)}"


def _words(text: str) -> str:
    """A text without regard to line breaks, capitals and normalization."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())

"""`title/cue-counts-differ`."""

from typing import Annotated

from pydantic import Field

from assets import language
from assets.subjects import ReadTitle
from assets.subtitles.model import SubtitleTrack
from assets.title import Kind
from checks.core import At, Limits, Problem, Problems, check


class CueCounts(Limits):
    """Largest difference in the number of cues between two full tracks, in per cent of the larger."""

    max_percent: Annotated[int, Field(ge=0, le=100)]


@check("title/cue-counts-differ", on=ReadTitle, limits=CueCounts)
def cue_counts_differ(read: ReadTitle, limits: CueCounts) -> Problems:
    """The full subtitle tracks of a title have very different numbers of cues.

    Scenes are probably missing from one of them, or it belongs to another cut. Compare the two where the gap between
    cues is longest.
    """
    tracks = [track for track in read.tracks() if track.kind is Kind.FULL]
    original = read.title.programme.original_language
    tracks.sort(key=lambda track: not language.same_language(track.language, original))
    for track in tracks[1:]:
        few, many = sorted((len(track.cues), len(tracks[0].cues)))
        if (many - few) * 100 > limits.max_percent * many:
            yield _problem(track, tracks[0], limits.max_percent)


def _problem(track: SubtitleTrack, reference: SubtitleTrack, max_percent: int) -> Problem:
    return Problem(
        "number of cues: {measured}; in {other}: {allowed}; at most {max_percent} % apart",
        At(track.file.name),
        len(track.cues),
        len(reference.cues),
        {"other": reference.file.name, "max_percent": max_percent},
    )

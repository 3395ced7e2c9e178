"""`subtitle/no-end`."""

from assets.subtitles.faults import OPEN_END
from assets.subtitles.model import SubtitleTrack
from checks.core import At, Problem, Problems, check
from checks.subtitle._cues import shown


@check("subtitle/no-end", on=SubtitleTrack)
def no_end(track: SubtitleTrack) -> Problems:
    """The file gives a cue no end.

    Some players show it until the next cue, others until the end of the programme, and a package needs a time: the one
    it was read as is a guess. Give the cue its out-cue; in SAMI that is an empty one after it.
    """
    for item in track.damage:
        if item.kind == OPEN_END:
            place = At(f"line {item.line}", line=item.line) if item.line else At()
            yield Problem("{what}: {measured}", place, shown(item.text), values={"what": item.what})

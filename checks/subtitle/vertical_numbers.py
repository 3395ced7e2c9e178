"""`subtitle/vertical-numbers`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import Where, applies, at, shown

_TWO = re.compile(r"(?<![0-9.])[0-9]{2}(?![0-9.])")
_POINT = re.compile(r"[0-9０-９]([.．])[0-9０-９]")


@check("subtitle/vertical-numbers", on=SubtitleTrack, limits=Where)
def vertical_numbers(track: SubtitleTrack, limits: Where) -> Problems:
    """A number in a vertical row lies on its side, or has a decimal point that belongs in a horizontal one.

    Two half-width digits are set upright in one square (tate-chu-yoko: `tts:textCombine`), and ・ is the decimal point.
    """
    if not applies(limits.where, track):
        return
    for cue in (cue for cue in track.cues if cue.vertical):
        values = {"text": shown(cue.text)}
        lying = "\n".join(run.text for run in cue.runs if not run.combine)
        for match in _TWO.finditer(lying):
            yield Problem(
                "{measured} lies on its side, set as {allowed}: {text}", at(cue), match[0], "one square", values
            )
        for match in _POINT.finditer(cue.text):
            yield Problem("{measured}, written as {allowed}: {text}", at(cue), repr(match[1]), "'・'", values)

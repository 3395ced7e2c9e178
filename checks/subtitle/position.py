"""`subtitle/position`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import Key
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import applies, at

_NAMES = {1: "bottom left", 2: "bottom", 3: "bottom right", 4: "left", 5: "middle", 6: "right"}
_NAMES |= {7: "top left", 8: "top", 9: "top right"}

Place = Annotated[int, Field(ge=1, le=9)]


class Positions(Limits):
    """Where horizontal text may stand, as on a numeric keypad (2 bottom, 8 top); where text may be vertical."""

    allowed: Annotated[list[Place], Field(min_length=1)]
    vertical: list[Key] = []


@check("subtitle/position", on=SubtitleTrack, limits=Positions)
def position(track: SubtitleTrack, limits: Positions) -> Problems:
    """A cue stands where the platform does not put text.

    Text is centred at the bottom, or at the top where it would cover what stands written in the picture. Only Japanese
    has vertical rows, at the sides.
    """
    may_be_vertical = applies(limits.vertical, track)
    allowed = ", ".join(_NAMES[place] for place in limits.allowed)
    for cue in track.cues:
        if cue.vertical:
            if not may_be_vertical:
                yield Problem("vertical text, which the language does not have", at(cue))
        elif cue.position not in limits.allowed:
            yield Problem("stands {measured}; allowed: {allowed}", at(cue), _NAMES[cue.position], allowed)

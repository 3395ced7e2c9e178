"""`subtitle/ellipsis-role`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from assets.timing import from_ms
from checks.core import Problem, Problems, check
from checks.subtitle._cues import Where, applies, at, language_of, shown
from checks.subtitle._data import words_of
from checks.subtitle._search import text_of

_LAST = re.compile(r"([….\-‐–—](?:(?<=…)|(?<=\.)\.\.|(?<=[-‐–—])(?<![-‐–—]{2})))[”’\"']?\s*(?=\n\n|\Z)")
_SPEAKER = ("-", "‐", "–", "—", "[", "（")


class EllipsisRole(Where):
    """For which languages the rule holds, and from how long a silence on an ellipsis is right."""

    pause_ms: Annotated[int, Field(ge=1)]


@check("subtitle/ellipsis-role", on=SubtitleTrack, limits=EllipsisRole)
def ellipsis_role(track: SubtitleTrack, limits: EllipsisRole) -> Problems:
    """An ellipsis or a dash stands where a sentence simply goes on in the next cue.

    An ellipsis says that somebody falls silent or trails off; where the sentence goes on at once, the end of the cue
    needs no mark. That it goes on is a guess: from an ellipsis or a small letter that begins the next cue, or, as
    borderline, from a connective ending before the mark.
    """
    if not applies(limits.where, track):
        return
    text = text_of(track)
    connectives = tuple(words_of("ellipsis_role").get(language_of(track), {}).get("connectives", ()))
    for found in text.find(_LAST):
        index = text.index(found.match) + 1
        if index == len(text.cues) or not 0 <= text.cues[index].start - found.cue.end < from_ms(limits.pause_ms):
            continue
        following = text.texts[index].lstrip()
        goes_on = following.startswith((*"…", "...")) or following[:1].islower()
        is_connective = found.before.endswith(connectives) if connectives else False
        if goes_on or (is_connective and not following.startswith(_SPEAKER)):
            template = "{measured} though the next cue goes on: {text} / {next}"
            values = {"text": shown(found.line), "next": shown(following.split("\n")[0])}
            yield Problem(template, at(found.cue), repr(found.match[1]), values=values, borderline=not goes_on)

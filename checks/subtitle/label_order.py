"""`subtitle/label-order`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import Where, applies, at, language_of
from checks.subtitle._data import words_of
from checks.subtitle._search import text_of

_LABEL = re.compile(r"\[([^\[\]\n]+)\]")


@check("subtitle/label-order", on=SubtitleTrack, limits=Where)
def label_order(track: SubtitleTrack, limits: Where) -> Problems:
    """A label names the language before the speaker or the manner.

    Who speaks comes first, then how, the language last: [민수, 영어로].
    """
    if not applies(limits.where, track):
        return
    pattern = words_of("label_order").get(language_of(track), {}).get("language", "(?!)")
    for found in text_of(track).find(_LABEL):
        parts = [part.strip() for part in re.split("[,/·]", found.match[1])]
        named = [part for part in parts if re.search(pattern, part)]
        if named and named != parts[-len(named) :]:
            right = ", ".join([part for part in parts if part not in named] + named)
            yield Problem("{measured}, in the order {allowed}", at(found.cue), found.text, f"[{right}]")

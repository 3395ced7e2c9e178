"""`subtitle/label-with-colon`."""

import re
from collections import Counter
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problems, check
from checks.subtitle._cues import language_of, rule_of
from checks.subtitle._data import words_of
from checks.subtitle._search import Found, text_of

_COLONS = ":："
_NEAR = re.compile(f"[{_COLONS}]")
_LABEL = re.compile(
    rf"^(?:[-‐–—] ?)?([^\W\d_][\w .'’・&#-]{{0,24}}?)[ \u3000]?[{_COLONS}](?!//)(?=([^\S\n]*)(\S?))", re.MULTILINE
)
_NUMBER = re.compile(r"[\W\d_]*\Z")
_ORDINAL = re.compile(r"[第제] ?[\d一二三四五六七八九十百]+ ?[章話回部幕장화회부막]")
"""A chapter, an episode, a part or an act by its number."""

_MOST_WORDS, _MOST_SQUARES = 3, 8
_RECURS = 2


class LabelBrackets(Limits):
    """The pair of brackets that a speaker's name stands in instead, by language and kind."""

    pair: ByLanguage[Annotated[str, Field(min_length=2, max_length=2)]]


@check("subtitle/label-with-colon", on=SubtitleTrack, limits=LabelBrackets)
def label_with_colon(track: SubtitleTrack, limits: LabelBrackets) -> Problems:
    """A speaker is named before a colon, as in a script, and not in the brackets of a label.

    A viewer tells by the brackets what is not said. A name is known by its capitals, or by coming again; a word before
    a colon that comes once may be part of the sentence: borderline.
    """
    pair = rule_of(limits.pair, track)
    if pair is None:
        return
    others = frozenset(words_of("label_with_colon").get(language_of(track), {}).get("no_speakers", ()))
    found = [item for item in text_of(track).find(_LABEL, _NEAR, needs=_COLONS) if _may_be_name(item, others)]
    often = Counter(item.match[1].casefold() for item in found)
    for item in found:
        name = item.match[1]
        is_name = (name.isupper() and not item.after.isupper()) or often[name.casefold()] >= _RECURS
        right = name.title() if name.isupper() else name
        yield item.problem(f"{name}:", f"{pair[0]}{right}{pair[1]}", borderline=not is_name)


def _may_be_name(found: Found, others: frozenset[str]) -> bool:
    """Whether what stands before a colon has the form of a name, and words follow it on the line."""
    name, space, following = found.match[1], found.match[2], found.match[3]
    words = name.split()
    bare = _NUMBER.sub("", name, count=1)
    if not others.isdisjoint(map(str.casefold, (name, bare, words[-1]))) or len(words) > _MOST_WORDS:
        return False
    if _ORDINAL.fullmatch(name):
        return False
    if not following and not name.isupper():
        return False
    if not name.isascii():
        return len(name) <= _MOST_SQUARES and not (name[-1].isdigit() and following.isdigit())
    return bool(space or not following) and all(
        word[0].isupper() or word[0] in "#&" or word.isdigit() for word in words
    )

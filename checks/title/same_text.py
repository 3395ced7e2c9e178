"""`title/same-text`."""

import unicodedata
from typing import Annotated

from pydantic import Field

from assets import text
from assets.subjects import ReadTitle
from assets.subtitles.model import SubtitleTrack
from assets.title import Kind
from checks.core import At, Limits, Problem, Problems, check
from checks.title._tracks import pairs, with_original_first


class SameText(Limits):
    """Most of the cues, in per cent, whose text may stand in a track of another language as well."""

    max_percent: Annotated[int, Field(ge=0, le=99)]


@check("title/same-text", on=ReadTitle, limits=SameText)
def same_text(read: ReadTitle, limits: SameText) -> Problems:
    """The tracks of two languages have the same text.

    One file was delivered twice under two names, or a part was never translated. Names and cues without letters may be
    the same. Put the right file in the place of the one that is not in its language.
    """
    for track, other in pairs(with_original_first(read, {Kind.FULL, Kind.SDH})):
        words, others = _texts(track), set(_texts(other))
        same = sum(1 for item in words if item in others)
        if words and same * 100 > limits.max_percent * len(words):
            yield Problem(
                "{measured} % of the cues have the text of {other}, at most {allowed} %",
                At(track.file.name),
                same * 100 // len(words),
                limits.max_percent,
                {"other": other.file.name},
            )


def _texts(track: SubtitleTrack) -> list[str]:
    """The texts with letters, without regard to line breaks, capitals and normalization."""
    found = (unicodedata.normalize("NFC", cue.text) for cue in track.cues)
    return [" ".join(item.casefold().split()) for item in found if text.scripts(item)]

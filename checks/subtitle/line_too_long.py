"""`subtitle/line-too-long`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from assets.text import count_text, half_characters
from checks.by_language import ByLanguage, limit_for
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, language_of, shown


class LineLength(Limits):
    """Most characters on one line (CPL), by language and kind; in ko, ja and zh half-width characters count 0.5.

    `ambiguous_is_wide` names the languages in which curly quotes and the ellipsis count 1; in others they count 0.5,
    and a line that is too long only with 1 is borderline.
    """

    max_cpl: ByLanguage[Annotated[int, Field(ge=1)]]
    ambiguous_is_wide: list[str] = []


@check("subtitle/line-too-long", on=SubtitleTrack, limits=LineLength)
def line_too_long(track: SubtitleTrack, limits: LineLength) -> Problems:
    """A line is longer than the platform shows on one row.

    Players wrap such a line by themselves, often inside a Korean or Japanese word. Break it at a phrase, or shorten it.
    """
    allowed = limit_for(limits.max_cpl, track.language, track.kind, counts_characters=True)
    language = language_of(track)
    is_settled = language in limits.ambiguous_is_wide
    for cue in track.cues:
        for line in cue.lines:
            wide = half_characters(line, language, ambiguous_is_wide=True)
            if wide <= allowed * 2:
                continue
            narrow = half_characters(line, language, ambiguous_is_wide=is_settled)
            is_borderline = narrow <= allowed * 2
            yield Problem(
                "{measured} characters, at most {allowed}: {text}",
                at(cue),
                count_text(wide if is_borderline else narrow),
                allowed,
                {"text": shown(line)},
                is_borderline,
            )

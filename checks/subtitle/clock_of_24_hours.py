"""`subtitle/clock-of-24-hours`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import Where, applies, at, shown
from checks.subtitle._search import text_of

_DIGITS = re.compile("[12][0-9][:시]")
_HOUR = re.compile(
    r"(?<![\d.,:])(?:(1[3-9]|2[0-4]):[0-5]\d(?![\d:])"
    r"|(1[3-9]|2[0-4])시(?=$|[\s,?!.…”’]|[가-힣]*[ \n]?\d|에|까지|부터|쯤|경|이|가|는|은|의|정각|반))",
    re.MULTILINE,
)


@check("subtitle/clock-of-24-hours", on=SubtitleTrack, limits=Where)
def clock_of_24_hours(track: SubtitleTrack, limits: Where) -> Problems:
    """A time of day is given by the clock of 24 hours.

    Korean subtitles say 오후 3시, not 15시, unless soldiers speak or the time stands in the picture. What has the form
    of a time, 20:30, may be something else, such as a score: borderline.
    """
    if not applies(limits.where, track):
        return
    for found in text_of(track).find(_HOUR, _DIGITS):
        hour = int(found.match[1] or found.match[2])
        allowed = f"오후 {hour - 12}시" if hour < 24 else "오전 0시"  # noqa: PLR2004 -- hours of a day
        template = "{measured}, said as {allowed}: {text}"
        values = {"text": shown(found.line)}
        yield Problem(template, at(found.cue), found.text, allowed, values, borderline=found.match[1] is not None)

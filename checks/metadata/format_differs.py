"""`metadata/format-differs`."""

from typing import Annotated

from pydantic import Field

from assets.subjects import ReadTitle
from assets.timing import TICKS_PER_SECOND, ms_text
from checks.core import At, CannotCheck, Limits, Problem, Problems, check

SECONDS_PER_MINUTE = 60


class FormatDifference(Limits):
    """Longest difference in seconds between the minutes of the format and the declared runtime."""

    max_seconds: Annotated[int, Field(ge=0)]


@check("metadata/format-differs", on=ReadTitle, limits=FormatDifference)
def format_differs(read: ReadTitle, limits: FormatDifference) -> Problems:
    """The format of the programme does not agree with its declared runtime.

    The contract names the format (1 x 84), the platform measures the runtime; one of them is wrong in title.toml, or
    the master is another cut.
    """
    programme = read.title.programme
    if not (programme.minutes and programme.runtime):
        raise CannotCheck("title.toml declares no format or no runtime")
    nominal = programme.minutes * SECONDS_PER_MINUTE * TICKS_PER_SECOND
    if abs(programme.runtime - nominal) > limits.max_seconds * TICKS_PER_SECOND:
        yield Problem(
            "{format} is {allowed}, the runtime is {measured}; at most {max_seconds} s apart",
            At("format"),
            ms_text(programme.runtime),
            ms_text(nominal),
            {"format": programme.format, "max_seconds": limits.max_seconds},
        )

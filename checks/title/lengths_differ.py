"""`title/lengths-differ`."""

from typing import Annotated

from pydantic import Field

from assets.subjects import ReadTitle
from assets.timing import from_ms, ms_text
from checks.core import At, Limits, Problem, Problems, check
from checks.title._declared import need_all_masters


class LengthDifference(Limits):
    """Longest difference in milliseconds between the masters of one title."""

    max_ms: Annotated[int, Field(ge=0)]


@check("title/lengths-differ", on=ReadTitle, limits=LengthDifference)
def lengths_differ(read: ReadTitle, limits: LengthDifference) -> Problems:
    """The masters of a title's versions differ in length.

    Subtitles and sound made for one will not fit the other: they are different cuts, or one was converted to another
    frame rate. Deliver versions of one cut, or make each cut a title of its own.
    """
    need_all_masters(read)
    masters = read.masters()
    for master in masters[1:]:
        first = masters[0]
        if abs(master.info.duration - first.info.duration) > from_ms(limits.max_ms):
            yield Problem(
                "lasts {measured}, {other} lasts {allowed}; at most {max_ms} ms apart",
                At(master.file.name),
                ms_text(master.info.duration),
                ms_text(first.info.duration),
                {"other": first.file.name, "max_ms": limits.max_ms},
            )

"""The check master/chapters."""

from assets.media import Master
from assets.timing import ms_text
from checks.core import At, Problem, Problems, check


@check("master/chapters", on=Master)
def chapters(master: Master) -> Problems:
    """The master has chapter marks.

    They are left from a disc or an edit, and a player shows their names, in one language, to everybody. Remove them;
    platforms take ad breaks and chapters as data beside the file.
    """
    found = master.info.chapters
    if found:
        yield Problem(
            "{measured}, the first at {first}",
            At(start=found[0].start),
            measured="1 chapter mark" if len(found) == 1 else f"{len(found)} chapter marks",
            allowed="none",
            values={"first": ms_text(found[0].start)},
        )

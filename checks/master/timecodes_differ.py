"""The check master/timecodes-differ."""

from assets.media import Master
from checks.core import Problem, Problems, check
from checks.media import listed


@check("master/timecodes-differ", on=Master)
def timecodes_differ(master: Master) -> Problems:
    """The file has more than one start timecode, and they are not the same.

    Which one a player or an editing system shows is its own affair, and every note of a time is then doubtful
    (SMPTE ST 12-1). Remove the wrong timecode track.
    """
    texts = tuple(dict.fromkeys(item.text for item in master.info.timecodes))
    if len(texts) > 1:
        yield Problem(
            "{places}",
            measured=listed(texts),
            allowed="one timecode",
            values={"places": listed(f"{item.source}: {item.text}" for item in master.info.timecodes)},
        )

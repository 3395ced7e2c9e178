"""The check master/dolby-vision."""

from assets.media import Master
from checks.core import Limits, Problem, Problems, check
from checks.media import listed, pictures


class DolbyVision(Limits):
    """The Dolby Vision profiles that a picture may have, such as `8.1`; an empty list for a platform without it."""

    allowed: tuple[str, ...]


@check("master/dolby-vision", on=Master, limits=DolbyVision)
def dolby_vision(master: Master, limits: DolbyVision) -> Problems:
    """The picture is Dolby Vision, and the platform does not take it or not in this profile.

    Shown without its metadata, profile 5 is green and purple and others are too dark. Deliver the grade that the
    platform asks for.
    """
    for at, stream in pictures(master):
        if stream.dolby_vision is not None and stream.dolby_vision not in limits.allowed:
            said = "Dolby Vision" if stream.dolby_vision == "present" else f"Dolby Vision {stream.dolby_vision}"
            yield Problem("{measured}, allowed: {allowed}", at, measured=said, allowed=listed(limits.allowed) or "none")

"""The check audio/purpose."""

from typing import Literal

from assets.media import Media
from checks.core import Limits, Problem, Problems, check
from checks.media import listed, sounds_alike

SPECIAL = {
    "comment": "commentary",
    "visual_impaired": "audio description",
    "hearing_impaired": "for the hard of hearing",
    "clean_effects": "music and effects",
    "descriptions": "audio description",
    "karaoke": "karaoke",
}
"""What players are told a stream is for, by the media library's names, in words."""

Purpose = Literal["commentary", "audio description", "for the hard of hearing", "music and effects", "karaoke"]


class Purposes(Limits):
    """What a sound stream in the master may be for, beside the programme's own sound."""

    allowed: tuple[Purpose, ...] = ()


@check("audio/purpose", on=Media, limits=Purposes)
def purpose(media: Media, limits: Purposes) -> Problems:
    """A sound stream is marked as something else than the programme's own sound.

    A platform may play the commentary or the music and effects as the film. Deliver them as files of their own, or
    correct the mark.
    """
    for at, stream in sounds_alike(media, lambda stream: stream.dispositions):
        for said in dict.fromkeys(SPECIAL[name] for name in stream.dispositions if name in SPECIAL):
            if said not in limits.allowed:
                yield Problem(
                    "marked as {measured}, allowed: {allowed}",
                    at,
                    measured=said,
                    allowed=listed(("programme sound", *limits.allowed)),
                )

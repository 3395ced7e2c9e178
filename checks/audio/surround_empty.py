"""The check audio/surround-empty."""

from assets.media import Media
from checks.audio._layouts import layout_text
from checks.audio._measured import LFE, SURROUNDS, is_empty
from checks.core import Problem, Problems, check
from checks.media import listed
from checks.signals import sounds_measured


@check("audio/surround-empty", on=Media)
def surround_empty(media: Media) -> Problems:
    """The sound is labelled as surround, but its surround channels or its LFE never sound.

    Stereo was probably put into a surround file, which some platforms refuse. Ask for the real surround mix, or deliver
    stereo. A quiet film may have an empty LFE.
    """
    for at, sound in sounds_measured(media, "channels"):
        surrounds = [channel for channel in sound.channels if channel.label in SURROUNDS]
        bass = [channel for channel in sound.channels if channel.label in LFE]
        groups = (group for group in (surrounds, bass) if all(is_empty(channel, sound) for channel in group))
        empty = {channel.label for group in groups for channel in group}
        if empty:
            yield Problem(
                "{measured} of {layout} never sound",
                at,
                measured=listed(channel.label for channel in sound.channels if channel.label in empty),
                values={"layout": layout_text(sound.layout)},
            )

"""The check audio/layout."""

from assets.media import Media
from checks.audio._layouts import is_unlabelled, layout_text
from checks.core import Limits, Problem, Problems, check
from checks.media import Names, listed, sound_place, sounds, sounds_declared

CHANNELS = {"mono": 1, "stereo": 2, "5.1": 6, "7.1": 8}
"""How many channels the layouts have that a stream without labels could be meant as."""


class Layout(Limits):
    """The layouts a sound may have: `mono`, `stereo`, `5.1`, `7.1`."""

    allowed: Names


@check("audio/layout", on=Media, limits=Layout)
def layout(media: Media, limits: Layout) -> Problems:
    """The sound has channels that the platform does not take.

    A missing stereo or a mis-labelled surround plays dialogue from one side or not at all. Where the right number of
    channels is there without labels, the sound may be right, and is reported as borderline: label the channels. Tracks
    of one channel are judged as the sound they are together, unless title.toml declares one of them as mono.
    """
    streams = [stream for _, stream in sounds(media)]
    for sound in sounds_declared(media):
        name = layout_text(sound.layout)
        if name in limits.allowed:
            continue
        unlabelled = is_unlabelled(name)
        yield Problem(
            "channels are not labelled: {measured}, allowed: {allowed}"
            if unlabelled
            else "{measured}, allowed: {allowed}",
            sound_place(*sound.numbers),
            measured=name,
            allowed=listed(limits.allowed),
            borderline=unlabelled
            and streams[sound.numbers[0]].channels in {CHANNELS.get(item) for item in limits.allowed},
        )

"""The check audio/silent-channel."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from assets.media import Media
from assets.signals.model import ChannelSignals, SoundSignals, Stretch
from checks.audio._measured import LFE, SURROUNDS, is_empty, seconds
from checks.core import At, Limits, Problem, Problems, check
from checks.signals import sounds_measured
from checks.stretches import length, length_text, overlap, placed, shortened

SIDES = frozenset({"FL", "FR", "DL", "DR"})
"""Left and right, also of a stereo downmix: one of them without the other is heard at once."""


class SilentChannel(Limits):
    """How long a channel may be silent while others are heard, in seconds: left or right, and any other channel."""

    sides_seconds: Annotated[int, Field(ge=1)]
    others_seconds: Annotated[int, Field(ge=1)]


@check("audio/silent-channel", on=Media, limits=SilentChannel)
def silent_channel(media: Media, limits: SilentChannel) -> Problems:
    """A channel is silent while others are heard.

    A channel was lost in the export, or a cable was. Compare with the mix. A centre or a surround may rest for long, so
    that is borderline unless the channel never sounds; the LFE may be silent, and surrounds that never sound at all are
    a matter of audio/surround-empty.
    """
    for at, sound in sounds_measured(media, "channels", "silence"):
        surrounds = [channel for channel in sound.channels if channel.label in SURROUNDS]
        is_front_only = all(is_empty(channel, sound) for channel in surrounds)
        for channel in sound.channels:
            is_judged_elsewhere = channel.label in LFE or (channel.label in SURROUNDS and is_front_only)
            if not is_judged_elsewhere:
                yield from shortened(list(_rests(at, sound, channel, limits)))


def _rests(at: At, sound: SoundSignals, channel: ChannelSignals, limits: SilentChannel) -> Iterator[Problem]:
    is_side = channel.label in SIDES
    allowed = limits.sides_seconds if is_side else limits.others_seconds
    never = is_empty(channel, sound)
    rests = [(stretch, length(stretch) - overlap(stretch, sound.silence)) for stretch in channel.silent]
    if never and rests:  # one rest, whatever clicks part it
        rests = [(Stretch(rests[0][0].start, rests[-1][0].end), sum(alone for _, alone in rests))]
    for stretch, alone in rests:
        if alone > seconds(allowed):
            yield Problem(
                "{channel} never sounds"
                if never
                else "{channel} is silent for {measured} while others are heard, at most {allowed}",
                placed(at, stretch),
                measured=length_text(alone),
                allowed=f"{allowed} s",
                values={"channel": channel.label},
                # Nobody knows what a channel without a label is for: it may be a spare one.
                borderline=channel.label.isdecimal() or not (is_side or never),
            )

"""The check audio/dropout."""

from assets.media import MediaFile
from checks.audio._channels import by_stretch
from checks.core import Problem, Problems, check
from checks.signals import sounds_measured
from checks.stretches import length, length_text, placed, shortened


@check("audio/dropout", on=MediaFile)
def dropout(media: MediaFile) -> Problems:
    """The sound breaks off for a moment: samples of nothing in the middle of sound.

    A block of samples was lost in a transfer, or an edit left a hole; it is heard as a click or a gap. Export it again,
    and compare.
    """
    for at, sound in sounds_measured(media, "channels"):
        found = [
            Problem(
                "digital silence of {measured} in {channels}",
                placed(at, stretch),
                measured=length_text(length(stretch)),
                values={"channels": channels},
            )
            for stretch, channels in by_stretch(sound, lambda channel: channel.dropouts)
        ]
        yield from shortened(found)

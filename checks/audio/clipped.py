"""The check audio/clipped."""

from assets.media import MediaFile
from checks.audio._channels import by_stretch
from checks.core import Problem, Problems, check
from checks.signals import sounds_measured
from checks.stretches import placed, shortened


@check("audio/clipped", on=MediaFile)
def clipped(media: MediaFile) -> Problems:
    """The sound is clipped: several samples in a row stand at full scale.

    What was above full scale is gone, and is heard as a rasp. Lower the gain before the export; lowering it afterwards
    mends nothing.
    """
    for at, sound in sounds_measured(media, "channels"):
        found = [
            Problem("clipped in {measured}", placed(at, stretch), measured=channels)
            for stretch, channels in by_stretch(sound, lambda channel: channel.clipped)
        ]
        yield from shortened(found)

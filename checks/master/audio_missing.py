"""The check master/audio-missing."""

from assets.media import Master
from checks.core import CannotCheck, Problem, Problems, check
from checks.media import listed


@check("master/audio-missing", on=Master)
def audio_missing(master: Master) -> Problems:
    """The master has no sound.

    Often the export left it out. A silent film has a sound stream too, of silence or music.
    """
    if master.info.audio:
        return
    if separate := master.separate_audio:
        raise CannotCheck(f"the sound is in files of its own, which are not measured: {listed(sorted(separate))}")
    yield Problem("no audio stream in the file")

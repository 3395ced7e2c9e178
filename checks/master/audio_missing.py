"""The check master/audio-missing."""

from assets.media import Master
from checks.core import Problem, Problems, check


@check("master/audio-missing", on=Master)
def audio_missing(master: Master) -> Problems:
    """The master has no sound.

    Often the export left it out. A silent film has a sound stream too, of silence or music. Sound in a file of its own
    is declared in title.toml.
    """
    if not master.info.audio and not master.separate_audio:
        yield Problem("no audio stream in the file, and no file of sound beside it")

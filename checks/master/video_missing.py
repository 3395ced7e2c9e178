"""The check master/video-missing."""

from assets.media import Master
from checks.core import Problem, Problems, check


@check("master/video-missing", on=Master)
def video_missing(master: Master) -> Problems:
    """The master has no picture.

    Often a sound file was delivered under the master's name. A cover picture inside the file does not count.
    """
    if not master.info.video:
        yield Problem("no video stream in the file")

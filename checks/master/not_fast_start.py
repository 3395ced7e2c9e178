"""The check master/not-fast-start."""

from assets.media import Master
from checks.core import Problem, Problems, check


@check("master/not-fast-start", on=Master)
def not_fast_start(master: Master) -> Problems:
    """The index of the MOV or MP4 file stands behind its media.

    A player or transcoder that reads over a network has to fetch the whole file before the first picture. Write the
    file again with the index first; nothing is encoded again. Other containers have no such index, and pass.
    """
    if master.info.is_fast_start is False:
        yield Problem("index behind the media", measured="moov after mdat", allowed="moov before mdat")

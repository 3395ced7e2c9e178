"""The check master/extension-differs."""

from assets.media import Master
from checks.core import Problem, Problems, check
from checks.media import listed

SUFFIXES = {
    "mov": (".mov", ".qt"),
    "mp4": (".mp4", ".m4v", ".mp4v"),
    "mxf": (".mxf",),
    "mkv": (".mkv", ".webm"),
    "mpegts": (".ts", ".m2ts", ".mts", ".m2t"),
    "mpeg": (".mpg", ".mpeg", ".m2p", ".vob"),
    "mpegvideo": (".m2v", ".mpv"),
    "avi": (".avi",),
    "gxf": (".gxf",),
    "h264": (".h264", ".264", ".avc"),
    "hevc": (".hevc", ".h265", ".265"),
}
"""What files of each container are named; one that is not here may be named anything."""


@check("master/extension-differs", on=Master)
def extension_differs(master: Master) -> Problems:
    """The file's name says another container than the file is.

    Players and ingest systems choose by the name, and then fail. Name the file as what it is, or write it again in the
    container that was meant.
    """
    suffix = master.file.path.suffix.lower()
    known = SUFFIXES.get(master.info.container)
    if known and suffix not in known:
        yield Problem(
            "named {measured}, but it is {container}: {allowed}",
            measured=suffix or "without an extension",
            allowed=listed(known),
            values={"container": master.info.container},
        )

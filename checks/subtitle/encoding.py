"""`subtitle/encoding`."""

import codecs
from typing import Annotated

from pydantic import AfterValidator, Field

from assets.subtitles.model import SubtitleTrack
from assets.subtitles.reading import format_of
from checks.core import Limits, Problem, Problems, check


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise ValueError(f"{name!r} is no encoding; a name such as 'utf-8'") from None


class Encodings(Limits):
    """Encodings that the platform reads, and whether a file may begin with a byte order mark."""

    allowed: Annotated[list[Annotated[str, AfterValidator(_known)]], Field(min_length=1)]
    byte_order_mark: bool = True


@check("subtitle/encoding", on=SubtitleTrack, limits=Encodings)
def encoding(track: SubtitleTrack, limits: Encodings) -> Problems:
    """A subtitle file is in an encoding that the platform does not read.

    A player that takes CP949 or Shift_JIS for UTF-8 shows garbage. Save the file as UTF-8. A format of bytes, such as
    EBU STL, has characters of its own, and nothing is said of it here.
    """
    if format_of(track.format).is_binary:
        return
    name = codecs.lookup(track.encoding).name
    if name not in limits.allowed:
        yield Problem("encoded as {measured}; allowed: {allowed}", measured=name, allowed=", ".join(limits.allowed))
    elif track.bom and not limits.byte_order_mark:
        yield Problem("begins with a byte order mark; the platform wants {allowed}", allowed=f"{name} without one")

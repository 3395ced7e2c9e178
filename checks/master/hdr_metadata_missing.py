"""The check master/hdr-metadata-missing."""

from collections.abc import Iterator

from assets.media import Master
from assets.media_facts import HdrMetadata
from checks.core import Limits, Problem, Problems, check
from checks.media import listed, pictures


class HdrMetadataMissing(Limits):
    """Whether MaxCLL and MaxFALL (CTA-861.3) are needed beside the mastering display (SMPTE ST 2086)."""

    light_level: bool = True


@check("master/hdr-metadata-missing", on=Master, limits=HdrMetadataMissing)
def hdr_metadata_missing(master: Master, limits: HdrMetadataMissing) -> Problems:
    """The picture is PQ, and does not say on which display it was mastered or how bright it gets.

    A television then maps its highlights by guess. Take the figures from the grading, and write them into the file;
    the picture need not be encoded again.
    """
    for at, stream in pictures(master):
        if stream.colour_transfer != "pq":
            continue
        if missing := [*_missing(stream.hdr or HdrMetadata(), light_level=limits.light_level)]:
            yield Problem("PQ picture without {missing}", at, measured="missing", values={"missing": listed(missing)})


def _missing(hdr: HdrMetadata, *, light_level: bool) -> Iterator[str]:
    if not hdr.has_primaries:
        yield "mastering display primaries"
    if not hdr.max_luminance:
        yield "mastering display luminance"
    if light_level and not hdr.max_content_light:
        yield "MaxCLL"
    if light_level and not hdr.max_average_light:
        yield "MaxFALL"

"""The check artwork/bytes."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from assets.subjects import ArtworkImage
from checks.core import Limits, Problem, Problems, check

MEGA = 1_000_000


class Bytes(Limits):
    """The most megabytes (of 1 000 000 bytes) of a picture's file; `by_kind` has exceptions: `title-art = 1`."""

    max_mb: Annotated[int, Field(ge=1)]
    by_kind: Mapping[str, Annotated[int, Field(ge=1)]] = {}


@check("artwork/bytes", on=ArtworkImage, limits=Bytes)
def bytes_(artwork: ArtworkImage, limits: Bytes) -> Problems:
    """The picture's file is larger than the platform takes.

    The upload is refused. Export it with a little more compression, which nobody sees at this size.
    """
    max_mb = limits.by_kind.get(artwork.declaration.kind, limits.max_mb)
    if artwork.size > max_mb * MEGA:
        yield Problem("{measured}, at most {allowed}", measured=_text(artwork.size), allowed=f"{max_mb} MB")


def _text(size: int) -> str:
    """Rounded up, so that a file that is too large never reads like the limit."""
    hundredths = -(-size * 100 // MEGA)
    return f"{hundredths // 100}.{hundredths % 100:02} MB"

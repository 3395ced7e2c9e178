"""`title/track-missing`."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from assets import language
from assets.subjects import ReadTitle
from assets.title import Kind
from checks.core import Limits, Problem, Problems, check
from checks.title._declared import ORIGINAL, has_track, meant, tracks_of

_REQUIRED = re.compile(r"^([A-Za-z0-9-]+):([a-z]+(?:\|[a-z]+)*)$")


def _required(text: str) -> str:
    match = _REQUIRED.match(text)
    if match is None or not set(match[2].split("|")) <= set(Kind):
        raise ValueError(f"{text!r} is no track; a language and kinds ({', '.join(Kind)}), such as 'en:full|sdh'")
    if match[1] != ORIGINAL and not language.is_valid(match[1]):
        raise ValueError(f"{match[1]!r} is no language; a BCP-47 tag or {ORIGINAL!r}")
    return text


class RequiredTracks(Limits):
    """Tracks that a title must have: a language or `original`, and the kinds that will do, `en:full|sdh`."""

    required: Annotated[list[Annotated[str, AfterValidator(_required)]], Field(min_length=1)]


@check("title/track-missing", on=ReadTitle, limits=RequiredTracks)
def track_missing(read: ReadTitle, limits: RequiredTracks) -> Problems:
    """A subtitle track that the platform requires is missing.

    The platform will not publish the title without it. Add the file to a version in title.toml, with its language and
    kind.
    """
    had = sorted({f"{track.language} {track.kind}" for track in tracks_of(read.title)})
    for item in limits.required:
        tag, _, kinds = item.partition(":")
        tag = meant(tag, read.title)
        if not has_track(read.title, tag, frozenset(map(Kind, kinds.split("|")))):
            yield Problem(
                "no subtitles in {allowed}; there are: {measured}",
                measured=", ".join(had) or "none",
                allowed=f"{tag} ({kinds.replace('|', ' or ')})",
            )

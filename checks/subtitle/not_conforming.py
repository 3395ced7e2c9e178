"""`subtitle/not-conforming`."""

from pydantic import field_validator

from assets.subtitles import conformance
from assets.subtitles.model import SubtitleTrack
from checks.core import At, Limits, Problem, Problems, check


class NotConforming(Limits):
    """What a document is held against: `document` (what it claims to be), or profiles such as `imsc1.1-text`."""

    profiles: list[str] = [conformance.DOCUMENT]

    @field_validator("profiles")
    @classmethod
    def _known(cls, profiles: list[str]) -> list[str]:
        unknown = [name for name in profiles if name not in conformance.PROFILES]
        if unknown or not profiles:
            known = ", ".join(conformance.PROFILES)
            raise ValueError(f"{', '.join(unknown) or 'an empty list'} is no profile; {known}")
        return profiles


@check("subtitle/not-conforming", on=SubtitleTrack, limits=NotConforming)
def not_conforming(track: SubtitleTrack, limits: NotConforming) -> Problems:
    """A TTML or WebVTT document does not keep to its specification.

    A player may refuse the whole file, or leave out the element. Change the element or attribute as the clause allows.
    What a clause merely advises against is borderline. Other formats have no specification that a file could be held
    against; what is wrong with theirs is `subtitle/damaged`.
    """
    if not track.source:
        return
    found = [item for name in limits.profiles for item in conformance.violations(track.source, track.encoding, name)]
    for item in sorted(dict.fromkeys(found), key=lambda violation: violation.line):
        yield Problem(
            "{path}: {measured}; allowed: {allowed} ({clause}, {profile})",
            At(f"line {item.line}", line=item.line),
            item.what,
            item.allowed,
            {"path": item.path, "clause": item.clause, "profile": item.profile},
            borderline=item.advice,
        )

"""The check artwork/colour-profile."""

from assets.subjects import ArtworkImage
from checks.core import Limits, Problem, Problems, check
from checks.media import Names, listed


class ColourProfile(Limits):
    """Parts of the descriptions of allowed ICC profiles, such as `sRGB`; a picture without a profile passes."""

    allowed: Names


@check("artwork/colour-profile", on=ArtworkImage, limits=ColourProfile)
def colour_profile(artwork: ArtworkImage, limits: ColourProfile) -> Problems:
    """The picture carries the colour profile of another device than a screen.

    Platforms leave the profile out: colours made for print, or for a wide gamut such as Adobe RGB, then turn dull.
    Convert the picture to sRGB; taking the profile off is not enough.
    """
    profile, space = artwork.picture.profile, artwork.picture.profile_space
    known = any(part.casefold() in profile.casefold() for part in limits.allowed)
    if profile and not known:
        yield Problem(
            "the profile is {measured} ({space}), allowed: {allowed}",
            measured=repr(profile),
            allowed=listed(limits.allowed),
            values={"space": space or "of no space"},
        )

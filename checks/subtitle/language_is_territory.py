"""`subtitle/language-is-territory`."""

from assets import language
from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check


@check("subtitle/language-is-territory", on=SubtitleTrack)
def language_is_territory(track: SubtitleTrack) -> Problems:
    """A subtitle track is declared with a country code where a language belongs.

    `jp` and `kr` are the classic mistake: the languages are `ja` and `ko`. Correct the tag in title.toml. A code that
    is also a language, as `se` is Northern Sami, is only pointed out.
    """
    meant = language.confusion(track.language)
    if meant is not None:
        yield Problem(
            "{measured}: {meant}",
            measured=repr(track.language),
            values={"meant": meant},
            borderline=language.is_valid(track.language),
        )

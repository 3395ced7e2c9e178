"""`subtitle/language-not-canonical`."""

from assets import language
from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check


@check("subtitle/language-not-canonical", on=SubtitleTrack)
def language_not_canonical(track: SubtitleTrack) -> Problems:
    """A subtitle track is declared with an unusual spelling of its language.

    `kor`, `KO` and `iw` mean `ko` and `he`, but a platform that compares tags as text does not know it. Write the
    canonical tag in title.toml.
    """
    tag = track.language
    if language.is_valid(tag) and language.canonical(tag) != tag:
        yield Problem("{measured} is written {allowed}", measured=repr(tag), allowed=repr(language.canonical(tag)))

"""`subtitle/language-invalid`."""

from assets import language
from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check


@check("subtitle/language-invalid", on=SubtitleTrack)
def language_invalid(track: SubtitleTrack) -> Problems:
    """A subtitle track is declared with a language tag that names no language.

    A platform would refuse the track or list it under a wrong name, and no limit of a language can be applied to it.
    Write a BCP-47 tag in title.toml: ko, en, ja, pt-BR, zh-Hant.
    """
    tag = track.language
    if not language.is_valid(tag):
        yield Problem("{measured} is no BCP-47 language tag", measured=repr(tag))
    elif not language.is_spoken(tag):
        yield Problem("{measured} names no single language", measured=repr(tag))

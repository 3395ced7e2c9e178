"""The check audio/default-language."""

from assets.language import same_language
from assets.media import Media
from checks.core import Problem, Problems, check
from checks.media import UNSTATED, sound_place, sounds


@check("audio/default-language", on=Media)
def default_language(media: Media) -> Problems:
    """The sound that players choose by themselves is not in the language of the version.

    Whoever just presses play hears another language. Mark the stream of the version's language as default, and no
    other. Files that mark no stream, or leave its language out, pass here.
    """
    chosen = [
        (number, stream.language or "")
        for number, (_, stream) in enumerate(sounds(media))
        if "default" in stream.dispositions and (stream.language or "") not in UNSTATED
    ]
    if chosen and not any(same_language(tag, media.version.language) for _, tag in chosen):
        number, tag = chosen[0]
        yield Problem(
            "marked as default in {measured}, the version is in {allowed}",
            sound_place(number),
            measured=tag,
            allowed=media.version.language,
        )

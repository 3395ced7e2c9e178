"""The check audio/language-differs."""

from assets.language import same_language
from assets.media import MediaFile
from checks.core import Problem, Problems, check
from checks.media import UNSTATED, sound_place, sounds_declared


@check("audio/language-differs", on=MediaFile)
def language_differs(media: MediaFile) -> Problems:
    """A sound stream is tagged with another language than title.toml declares for it.

    Either the wrong language would be shipped, or one of the two is a mistake; listen, then correct it. A stream
    without a tag is a matter of audio/language-untagged, a declared stream that is absent one of audio/stream-missing.
    """
    sounds = {sound.numbers[0]: sound.numbers for sound in sounds_declared(media)}
    for item in media.audio_declarations:
        if item.stream >= len(media.info.audio):
            continue
        tag = media.info.audio[item.stream].language or ""
        if tag not in UNSTATED and not same_language(tag, item.language):
            yield Problem(
                "tagged {measured}, declared: {allowed}",
                sound_place(*sounds.get(item.stream, (item.stream,))),
                measured=tag,
                allowed=item.language,
            )

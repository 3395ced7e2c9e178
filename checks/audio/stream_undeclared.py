"""The check audio/stream-undeclared."""

from assets.media import Media
from checks.core import NotAsked, Problem, Problems, check
from checks.media import sounds


@check("audio/stream-undeclared", on=Media)
def stream_undeclared(media: Media) -> Problems:
    """The master has a sound stream that title.toml does not declare.

    It would leave with the file although nobody asked whether its language is licensed. Declare it in the version, or
    remove it from the file.
    """
    if not media.programme.is_declared:
        raise NotAsked("the file belongs to no title that declares sound")
    declared = {item.stream for item in media.audio_declarations}
    for number, (at, stream) in enumerate(sounds(media)):
        if number not in declared:
            yield Problem(
                "not declared in title.toml (tagged {measured})", at, measured=stream.language or "no language"
            )

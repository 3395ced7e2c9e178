"""The check audio/stream-undeclared."""

from assets.media import Media
from checks.audio._layouts import layout_text
from checks.core import NotAsked, Problem, Problems, check
from checks.media import sound_place, sounds, sounds_declared


@check("audio/stream-undeclared", on=Media)
def stream_undeclared(media: Media) -> Problems:
    """The master has a sound stream that title.toml does not declare.

    It would leave with the file although nobody asked whether its language is licensed. Declare it in the version, or
    remove it from the file. Several tracks of one channel that are one sound are declared by the first of them, with
    the layout they have together.
    """
    if not media.programme.is_declared:
        raise NotAsked("the file belongs to no title that declares sound")
    declared = {(item.stream, layout_text(item.layout.lower())) for item in media.audio_declarations}
    declared_streams = {number for number, _ in declared}
    streams = [stream for _, stream in sounds(media)]
    for sound in sounds_declared(media):
        first, is_several = sound.numbers[0], len(sound.numbers) > 1
        if (first, sound.layout) in declared if is_several else first in declared_streams:
            continue
        yield Problem(
            "not declared in title.toml as one sound in {layout} (tagged {measured})"
            if is_several
            else "not declared in title.toml (tagged {measured})",
            sound_place(*sound.numbers),
            measured=streams[first].language or "no language",
            values={"layout": sound.layout} if is_several else {},
        )

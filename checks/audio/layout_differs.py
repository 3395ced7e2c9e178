"""The check audio/layout-differs."""

from assets.media import Media
from checks.audio._layouts import is_unlabelled, layout_text
from checks.core import Problem, Problems, check
from checks.media import sound_place


@check("audio/layout-differs", on=Media)
def layout_differs(media: Media) -> Problems:
    """The sound has another channel layout than title.toml declares.

    Streams were swapped, or 5.1 was folded down on the way. Correct the file or its declaration. A stream without
    channel labels is a matter of audio/layout, a declared stream that is absent one of audio/stream-missing.
    """
    for item in media.audio_declarations:
        if item.stream >= len(media.info.audio):
            continue
        name = layout_text(media.info.audio[item.stream].layout)
        declared = layout_text(item.layout.lower())
        if name != declared and not is_unlabelled(name):
            yield Problem(
                "{measured}, declared: {allowed}",
                sound_place(item.stream),
                measured=name,
                allowed=declared,
            )

"""The check audio/layout-differs."""

from assets.media import MediaFile
from checks.audio._layouts import is_unlabelled, layout_text
from checks.core import Problem, Problems, check
from checks.media import sound_place, sounds_declared


@check("audio/layout-differs", on=MediaFile)
def layout_differs(media: MediaFile) -> Problems:
    """The sound has another channel layout than title.toml declares.

    Streams were swapped, or 5.1 was folded down on the way. Correct the file or its declaration. A stream without
    channel labels is a matter of audio/layout, a declared stream that is absent one of audio/stream-missing. Several
    tracks of one channel that are one sound are declared by the first of them, with the layout they have together.
    """
    sounds = {number: sound for sound in sounds_declared(media) for number in sound.numbers}
    for item in media.audio_declarations:
        sound = sounds.get(item.stream)
        if sound is None:
            continue
        name = layout_text(sound.layout)
        declared = layout_text(item.layout.lower())
        if item.stream != sound.numbers[0]:
            yield Problem(
                "{measured}, declared: {allowed}",
                sound_place(item.stream),
                measured=f"one channel of the {name} that begins with audio stream {sound.numbers[0]}",
                allowed=declared,
            )
        elif name != declared and not is_unlabelled(name):
            yield Problem(
                "{measured}, declared: {allowed}", sound_place(*sound.numbers), measured=name, allowed=declared
            )

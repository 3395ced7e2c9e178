"""The check audio/unlabelled."""

from assets.media import MediaFile
from checks.core import Problem, Problems, check
from checks.media import sounds

MONO = 1


@check("audio/unlabelled", on=MediaFile)
def unlabelled(media: MediaFile) -> Problems:
    """Channels of a sound stream do not say which loudspeaker they are for.

    Dialogue then comes from the left, or the surrounds from the front. Label the channels; the sound need not be
    encoded again. A stream of one channel can be told by its place, and passes.
    """
    for at, stream in sounds(media):
        bare = [str(number) for number, label in enumerate(stream.labels, 1) if label == "-"]
        if bare and stream.channels > MONO:
            yield Problem(
                "no label on channel {measured} of {count}",
                at,
                measured=", ".join(bare),
                allowed="a label on each",
                values={"count": stream.channels},
            )

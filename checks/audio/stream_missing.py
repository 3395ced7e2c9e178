"""The check audio/stream-missing."""

from assets.media import MediaFile
from checks.core import Problem, Problems, check
from checks.media import sound_place


@check("audio/stream-missing", on=MediaFile)
def stream_missing(media: MediaFile) -> Problems:
    """title.toml declares a sound stream that the file does not have.

    A language that was sold would be absent. Streams are counted from 0, among the sound streams of the file.
    """
    count = len(media.info.audio)
    for item in media.audio_declarations:
        if item.stream < count:
            continue
        yield Problem(
            "declared in {language}, but the file's audio streams are {measured}",
            sound_place(item.stream),
            measured=count,
            allowed=item.stream + 1,
            values={"language": item.language},
        )

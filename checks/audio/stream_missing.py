"""The check audio/stream-missing."""

from assets.media import Master
from checks.core import CannotCheck, Problem, Problems, check
from checks.media import listed, sound_place


@check("audio/stream-missing", on=Master)
def stream_missing(master: Master) -> Problems:
    """title.toml declares a sound stream that the master does not have.

    A language that was sold would be absent. Streams are counted from 0, among the sound streams of the file. Sound
    that is declared in a file of its own is not measured, and that is said.
    """
    count = len(master.info.audio)
    absent = [item for item in master.audio_declarations if item.stream >= count]
    for item in absent:
        yield Problem(
            "declared in {language}, but the file's audio streams are {measured}",
            sound_place(item.stream),
            measured=count,
            allowed=item.stream + 1,
            values={"language": item.language},
        )
    separate = set(master.separate_audio)
    if separate and not absent:
        raise CannotCheck(f"sound in files of its own is not measured: {listed(sorted(separate))}")

"""A master with the sound that its version declares, as reading a title makes it."""

from dataclasses import replace

from assets.media import Master


def with_declared_sound(master: Master) -> Master:
    """The master, its declarations filled in from its one version."""
    inside = tuple(audio for audio in master.version.audio if audio.file is None)
    separate = tuple(sorted({audio.file.name for audio in master.version.audio if audio.file}))
    return replace(master, audio_declarations=inside, separate_audio=separate)

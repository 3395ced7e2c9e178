"""The check audio/language-untagged."""

from assets.media import Master
from checks.core import Problem, Problems, check
from checks.media import UNSTATED, sounds_alike


@check("audio/language-untagged", on=Master)
def language_untagged(master: Master) -> Problems:
    """A sound stream does not say which language it is in.

    Players then show "unknown" in their menu, and swapped streams go unnoticed. Tag the stream; it need not be encoded
    again.
    """
    for at, stream in sounds_alike(master, lambda stream: stream.language):
        if (stream.language or "") in UNSTATED:
            yield Problem("no language tag", at, measured="none")

"""The one error of this room."""


class NotSubtitlesError(ValueError):
    """The bytes are no timed text that the tool reads; the message says why and what is read."""

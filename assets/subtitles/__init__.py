"""Timed text: one model, one module per format. The format of a file is told from its content, never its suffix."""

from assets.subtitles.model import Cue, Damage, Run, SubtitleTrack
from assets.subtitles.reading import FORMATS, read_subtitles, write_subtitles

__all__ = ["FORMATS", "Cue", "Damage", "Run", "SubtitleTrack", "read_subtitles", "write_subtitles"]

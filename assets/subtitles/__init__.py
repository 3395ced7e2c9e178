"""Timed text: one model, one module per format. The format of a file is told from its content, never its suffix."""

from assets.subtitles.format import Format, Target
from assets.subtitles.model import Cue, Damage, Region, Run, SubtitleTrack
from assets.subtitles.reading import FORMATS, format_of, read_subtitles, write_subtitles

__all__ = [
    "FORMATS",
    "Cue",
    "Damage",
    "Format",
    "Region",
    "Run",
    "SubtitleTrack",
    "Target",
    "format_of",
    "read_subtitles",
    "write_subtitles",
]

"""Stems: the parts of a mix in files of their own, such as music and effects for a dubbed version."""

from enum import StrEnum

WITHOUT_LANGUAGE = "zxx"
"""The tag of what is not spoken (ISO 639-2): music and effects."""


class StemKind(StrEnum):
    """What of the mix a stem holds."""

    MUSIC_AND_EFFECTS = "music-and-effects"
    """Everything but the voices, fully filled: what a dubbed version is mixed with."""
    DIALOGUE = "dialogue"
    NARRATION = "narration"
    MUSIC = "music"
    EFFECTS = "effects"
    MIX_MINUS = "mix-minus"
    """The mix without the narration."""
    MIX = "mix"
    """The whole mix, as it is in the master or in another layout."""

    @property
    def is_spoken(self) -> bool:
        """Whether it has voices, and so a language."""
        return self in _SPOKEN


_SPOKEN = frozenset({StemKind.DIALOGUE, StemKind.NARRATION, StemKind.MIX_MINUS, StemKind.MIX})

CHANNELS = {"stereo": ("L", "R"), "5.1": ("L", "R", "C", "LFE", "Ls", "Rs")}
"""The files of one channel that make a layout, by the names that SMPTE ST 377-4 gives the loudspeakers."""

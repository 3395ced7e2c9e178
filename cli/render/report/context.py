"""What a report page shows beside the report itself: the picture and the sound as measured, the cues, and media."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from assets.signals.model import Signals
from assets.subtitles.model import Cue
from assets.timing import Time


@dataclass(frozen=True, slots=True)
class Track:
    """The cues of a subtitle file; a limit is None where the platform has none for it, or more than one."""

    asset: str
    language: str
    cues: tuple[Cue, ...]
    max_cpl: int | None = None
    max_cps: int | None = None


@dataclass(frozen=True, slots=True)
class Reel:
    """A master to look at. `facts` are its rows of the header; `tracks` the names of the subtitle files beside it.

    `sounds` are the names of files of sound that belong to it. `signals` is what its decode told, if it was decoded.
    `video` is where the page finds a copy that a browser plays, relative to the page; `captions` are the language and
    the name of each track that it has as WebVTT, and where. `no_video` says why there is no copy, where one was asked
    for.
    """

    asset: str
    duration: Time
    rate: Fraction | None
    facts: tuple[tuple[str, str], ...] = ()
    tracks: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    signals: Signals | None = None
    video: str = ""
    captions: tuple[tuple[str, str, str], ...] = ()
    no_video: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Everything of that kind. `names` are the title's by language; `operator` is who had the report made.

    `stills` are pictures of what was found, by asset and time, relative to the page.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    operator: str = ""
    reels: tuple[Reel, ...] = ()
    tracks: tuple[Track, ...] = ()
    stills: Mapping[tuple[str, Time], str] = field(default_factory=dict)


NOTHING = Context()
"""A report alone, as it lies in a package."""

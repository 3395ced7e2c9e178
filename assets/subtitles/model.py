"""The one model that every timed-text format is read into and written from."""

from dataclasses import dataclass
from fractions import Fraction

from assets.timing import Time
from assets.title import AssetFile, Kind, Programme


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. A line feed inside the text breaks the row."""

    text: str
    italic: bool = False
    bold: bool = False
    underline: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: shown from `start` (in-cue) until `end` (out-cue, the first instant without it).

    `number` is the position in the file, from 1. `line` is the line of the source where the cue begins, from 1.
    `position` is where on the picture, as on a numeric keypad (2 bottom centre, 8 top centre).
    """

    number: int
    start: Time
    end: Time
    runs: tuple[Run, ...]
    line: int = 0
    position: int = 2

    @property
    def text(self) -> str:
        """What is shown, without any markup."""
        return self.runs[0].text if len(self.runs) == 1 else "".join(run.text for run in self.runs)

    @property
    def lines(self) -> list[str]:
        """The rows that are shown."""
        return self.text.split("\n")

    @property
    def duration(self) -> Time:
        """Ticks from in-cue to out-cue; negative in a damaged file."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in the source that is not well formed; what was read in spite of it is in the cues.

    `kind` is a stable word (`missing-blank-line`, `bad-index`, `odd-timestamp`, `unparsed-text`, …), `text` the source
    text that it is about, so that nothing of the input is lost unseen.
    """

    kind: str
    line: int
    what: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class SubtitleTrack:
    """A subtitle file that could be read.

    `format` is `srt`, `webvtt` or `imsc1.1`; `encoding` the Python name of the encoding it was decoded with, `bom`
    whether it began with one. `frame_rate` and `programme_end` come from the master the track goes with and are None
    where there is no readable master.
    """

    file: AssetFile
    version: str
    language: str
    kind: Kind
    format: str
    encoding: str
    bom: bool
    cues: tuple[Cue, ...]
    damage: tuple[Damage, ...] = ()
    size: int = 0
    sha256: str = ""
    programme: Programme | None = None
    frame_rate: Fraction | None = None
    programme_end: Time | None = None

"""The one model that every timed-text format is read into and written from."""

from dataclasses import dataclass, fields, make_dataclass
from fractions import Fraction
from operator import attrgetter
from typing import Any, cast

from assets.timing import Time
from assets.title import AssetFile, Kind, Programme


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. A line feed inside the text breaks the row.

    `ruby` is the reading that is set beside the whole stretch, at `ruby_position` (`outside`, `before`, `after`, or
    empty for the default). `emphasis` is bouten, as the value of tts:textEmphasis (`filled dot outside`). `combine`
    sets the stretch upright in one square of a vertical row (tate-chu-yoko). `slant` is a shear in per cent.
    `colour` and `background` are `#rrggbb` or `#rrggbbaa`. `language` is set where it is not the track's.
    """

    text: str
    italic: bool = False
    bold: bool = False
    underline: bool = False
    ruby: str = ""
    ruby_position: str = ""
    emphasis: str = ""
    combine: bool = False
    slant: Fraction = Fraction(0)
    colour: str = ""
    background: str = ""
    font: str = ""
    language: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of the picture that cues are set in; lengths in per cent of the picture.

    `align` is where the rows stand across the direction of writing: `before`, `center` or `after`.
    `writing` is `lrtb` (horizontal), `tbrl` or `tblr` (vertical), or `rltb`.
    """

    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction
    align: str = "after"
    writing: str = "lrtb"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: shown from `start` (in-cue) until `end` (out-cue, the first instant without it).

    `number` is the position in the file, from 1. `line` is the line of the source where the cue begins, from 1.
    `position` is where on the picture, as on a numeric keypad (2 bottom centre, 8 top centre); `region` is the exact
    place where the source gives one. `text_align` is `start`, `center`, `end`, `left`, `right` or empty for the
    default; `rows_align` likewise for the rows among themselves (ebutts:multiRowAlign). `slant` is the shear of the
    whole cue in per cent. `forced` marks a forced narrative.
    """

    number: int
    start: Time
    end: Time
    runs: tuple[Run, ...]
    line: int = 0
    position: int = 2
    region: Region | None = None
    text_align: str = ""
    rows_align: str = ""
    slant: Fraction = Fraction(0)
    forced: bool = False
    id: str = ""

    @property
    def vertical(self) -> bool:
        """Whether the rows run from top to bottom."""
        return self.region is not None and self.region.writing in {"tbrl", "tblr"}

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


_OPEN_RUN = make_dataclass("_OpenRun", [(item.name, item.type, item) for item in fields(Run)], slots=True)
_OPEN_CUE = make_dataclass("_OpenCue", [(item.name, item.type, item) for item in fields(Cue)], slots=True)
"""The same fields in the same slots, not frozen.

A frozen dataclass sets each of its fields by a call of `object.__setattr__`: 200,000 runs with their cues take 0.55 s
to make, and 0.15 s in this way, where pysrt reads the whole file in 1.1 s. Python allows an object's class to be
changed between classes of the same layout only, so that a field of one that the other lacks is a TypeError.
"""


def quick_run(text: str, *, italic: bool = False) -> Run:
    """The same as `Run(text, italic)`, made quickly: a file of a day has 200,000 of them."""
    made: Any = _OPEN_RUN(text, italic)
    made.__class__ = Run  # its fields lie where those of a Run lie; from here on it is frozen
    return cast("Run", made)


_STYLE_OF = attrgetter(*(item.name for item in fields(Run) if item.name != "text"))


def with_text(run: Run, text: str) -> Run:
    """The same style around another text."""
    made: Any = _OPEN_RUN(text, *_STYLE_OF(run))
    made.__class__ = Run
    return cast("Run", made)


def quick_cue(number: int, times: tuple[Time, Time], runs: tuple[Run, ...], line: int, position: int) -> Cue:
    """The same as `Cue(number, *times, runs, line, position)`, made quickly."""
    made: Any = _OPEN_CUE(number, *times, runs, line, position)
    made.__class__ = Cue
    return cast("Cue", made)


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
class Document:
    """What a subtitle file says. `language`, `frame_rate` and `drop` are empty where the file does not say.

    `frame_rate` is that of the file's own frame counts; `drop` whether its timecode leaves out labels (SMPTE ST 12-1).
    `start` is the timecode of the programme's first frame, as the file gives it; the times of the cues count from it.
    """

    cues: tuple[Cue, ...]
    damage: tuple[Damage, ...] = ()
    language: str = ""
    frame_rate: Fraction | None = None
    drop: bool = False
    start: Time = 0


@dataclass(frozen=True, slots=True)
class Speech:
    """The stretches of speech in the sound that a track goes with; `missing` says why they could not be measured."""

    stretches: tuple[tuple[Time, Time], ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class SubtitleTrack:
    """A subtitle file that could be read.

    `format` is an id of assets.subtitles.FORMATS, such as `srt`; `encoding` the Python name of the encoding it was
    decoded with, `bom` whether it began with one. `frame_rate` and `programme_end` come from the master the track
    goes with and are None where there is no readable master. `document_language` and `document_rate` are what the
    file itself says of them. `cuts` are the shot changes of the master, None where they have not been measured.
    `source` is the text of a TTML or WebVTT document, which has a specification to conform to; empty for other
    formats.
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
    document_language: str = ""
    document_rate: Fraction | None = None
    cuts: tuple[Time, ...] | None = None
    speech: Speech | None = None
    source: str = ""

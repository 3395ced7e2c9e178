"""What a timed-text format is: how it is told, read and written, and what it can hold."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assets.subtitles.model import Cue, Document
from assets.timing import Time


class Feature(StrEnum):
    """Something of a cue, beside its times and its plain text, that a format may or may not be able to hold."""

    ITALIC = "italics"
    BOLD = "bold"
    UNDERLINE = "underline"
    RUBY = "ruby"
    EMPHASIS = "emphasis marks (bouten)"
    COMBINE = "upright digits in a vertical row (tate-chu-yoko)"
    SLANT = "slant"
    COLOUR = "colour"
    BACKGROUND = "background"
    FONT = "font"
    LANGUAGE = "language of a stretch of text"
    SPEAKER = "speaker"
    TOP = "place on the picture"
    PLACE = "exact place"
    ALIGN = "alignment"
    VERTICAL = "vertical writing"
    FORCED = "forced narrative mark"
    ID = "cue id"


class Grid(StrEnum):
    """Which times a format can write."""

    EXACT = "exact"
    MILLISECONDS = "milliseconds"
    CENTISECONDS = "centiseconds"
    FRAMES = "frames"


@dataclass(frozen=True, slots=True)
class Target:
    """What a writer needs to know beside the cues.

    `frame_rate` is needed by formats whose times are frames; `drop` asks for drop-frame labels; `start` is the
    timecode of the programme's first frame, which is added to every time of a format that carries one.
    """

    language: str = ""
    frame_rate: Fraction | None = None
    drop: bool = False
    start: Time = 0


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `id` is its name on the command line, `suffix` that of its files (without the dot).

    `matches` tells the format from decoded text (of a binary format: from bytes read as latin-1). `read` takes the
    text, or the bytes if `is_binary`; it raises NotSubtitlesError and nothing else. `write` raises
    assets.errors.UsageError if the target lacks what the format needs. `losses` says what of one cue the format
    cannot hold beside `holds`: characters, rows, lengths; `crowding` says by number what the cues of a track take
    from each other; `write_and_tell` does so and writes, where both are one work. `one_at_a_time` says that a cue
    ends where the next one of its language begins, as in captions, so that the order is that of the times and no two
    are shown at once; `in_order` only that they stand in the order of their in-cues. `of_language` keeps the cues of
    one language of a document that holds several side by side; it raises NotSubtitlesError if none is in it.
    `aligned_by_place` says that the alignment of a cue is that of its place on the keypad, and nothing of its own.
    `null` is what U+0000 is read as; it is left out where this is empty.
    """

    id: str
    name: str
    suffix: str
    matches: Callable[[str], bool]
    write: Callable[[Sequence[Cue], Target], bytes]
    holds: frozenset[Feature]
    grid: Grid
    read_text: Callable[[str], Document] | None = None
    read_bytes: Callable[[bytes], Document] | None = None
    losses: Callable[[Cue, Target], Iterator[str]] | None = None
    crowding: Callable[[Sequence[Cue], Target], Iterator[tuple[int, str]]] | None = None
    write_and_tell: Callable[[Sequence[Cue], Target], tuple[bytes, list[tuple[int, str]]]] | None = None
    one_at_a_time: bool = False
    in_order: bool = False
    of_language: Callable[[Document, str], Document] | None = None
    aligned_by_place: bool = False
    null: str = ""

    @property
    def is_binary(self) -> bool:
        """Whether the format is no text, so that it has no encoding to be guessed."""
        return self.read_bytes is not None

"""What `convert`, `retime` and `diff` share: subtitle files from paths, the format to write, files written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from assets.errors import Fault, InputError, UsageError
from assets.language import same_language
from assets.subtitles import FORMATS, Cue, Target, format_of, frames, markup, read_subtitles, retiming
from assets.subtitles.conversion import ROUNDED, Converted, convert
from assets.subtitles.reading import NotSubtitlesError, Parsed
from assets.timing import DROP_FRAME_RATES
from cli.main import CLEAN, FINDINGS
from cli.target_options import Settings
from cli.writing import write_bytes

LEFT_OUT = frozenset({"bad-timestamp", "not-kept", "sequential", "undecodable", "unparsed-text"})
"""Kinds of damage that say that something of the file is not in its cues."""

SEVERAL_LANGUAGES = "several-languages"
"""The kind of damage of a file with a class for each of its languages (SAMI)."""

_LONGEST_TAG = 11


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file read, and the one made of it; `written` says whether it was."""

    source: Path
    read: Parsed
    destination: Path
    format_id: str
    converted: Converted
    written: bool

    @property
    def lost(self) -> int:
        """How many things were lost: on reading, and on writing. A time that was rounded is no loss."""
        return sum(loss.what != ROUNDED for loss in self.converted.losses) + sum(
            1 for item in self.read.damage if item.kind in LEFT_OUT
        )

    def exit_code(self, settings: Settings) -> int:
        """1 if something was lost and nothing may be."""
        return FINDINGS if settings.fail_on_loss and self.lost else CLEAN


def load(path: Path, language: str | None = None) -> Parsed:
    """The subtitles of a file, of one language if it is named. Raises InputError if it cannot be read or is none."""
    try:
        return read_subtitles(path.read_bytes(), language or "")
    except OSError as error:
        raise InputError(Fault(str(path), "", f"cannot be read: {error.strerror}")) from error
    except NotSubtitlesError as error:
        raise InputError(Fault(str(path), "", str(error))) from error


def rate_of(read: Parsed, settings: Settings) -> Fraction | None:
    """The frame rate that is asked for, or that the file tells."""
    return retiming.parse_rate(settings.frame_rate) if settings.frame_rate else read.frame_rate


def of_language(source: Path, read: Parsed, settings: Settings) -> tuple[Cue, ...]:
    """The cues of the language that is asked for, of a file that holds several; otherwise all.

    Raises UsageError if a file has its languages side by side and none is asked for.
    """
    tags = {markup.language_of(cue) for cue in read.cues}
    wanted = settings.language
    several = next((item for item in read.damage if item.kind == SEVERAL_LANGUAGES), None)
    if several and wanted is None:
        raise UsageError(f"{source}: several languages in one file: {several.text}; name one of them with --language")
    if wanted is None or len(tags) == 1:
        return read.cues
    return tuple(cue for cue in read.cues if same_language(markup.language_of(cue) or read.language or wanted, wanted))


@dataclass(frozen=True, slots=True)
class Move:
    """How times are to be moved, in the words of the command line."""

    offset: str | None
    from_rate: str | None
    to_rate: str | None
    keep_frames: bool
    timecode: str | None


def moved(read: Parsed, rate: Fraction | None, move: Move) -> tuple[Cue, ...]:
    """The cues at other times. Raises UsageError if not exactly one way is named."""
    rates = [retiming.parse_rate(text) for text in (move.from_rate, move.to_rate) if text]
    if len(rates) == 1 or (move.offset is not None) + bool(rates) + bool(move.timecode) != 1:
        raise UsageError("name one of --offset, --from-rate with --to-rate, and --timecode")
    if move.offset is not None:
        return retiming.shift(read.cues, retiming.parse_time(move.offset, rate, drop=read.drop))
    if move.timecode:
        return retiming.relabel(read.cues, rate or frames.NTSC, drop=move.timecode == "drop")
    if move.keep_frames:
        return retiming.conform(read.cues, *rates)
    return retiming.scale(read.cues, rates[0] / rates[1])


def at_rate(settings: Settings, rate: str | None) -> Settings:
    """The settings for a file at another frame rate, if there is one and none was asked for."""
    return replace(settings, frame_rate=settings.frame_rate or rate)


def make(source: Path, destination: Path, read: Parsed, cues: Sequence[Cue], settings: Settings) -> Outcome:
    """Cues of a file written as another: whole, or not at all. Raises UsageError."""
    if destination.exists() and not settings.force:
        raise UsageError(f"{destination}: exists already; it is left as it is without --force")
    format_id = _format(destination, read, settings)
    converted = convert(cues, format_id, _target(source, destination, read, settings))
    outcome = Outcome(source, read, destination, format_id, converted, written=False)
    if settings.fail_on_loss and outcome.lost:
        return outcome
    write_bytes(destination, converted.data)
    return Outcome(source, read, destination, format_id, converted, written=True)


def _format(destination: Path, read: Parsed, settings: Settings) -> str:
    """The format that is asked for; otherwise the source's if the suffix is its, or the first that has the suffix."""
    if settings.to:
        if settings.to not in FORMATS:
            raise UsageError(f"--to {settings.to}: there is no such format; formats: {', '.join(FORMATS)}")
        return settings.to
    suffix = destination.suffix.lower().removeprefix(".")
    for format_id in (read.format, *FORMATS):
        if suffix in {format_of(format_id).suffix, format_id}:
            return format_id
    known = ", ".join(dict.fromkeys(f".{format_of(name).suffix}" for name in FORMATS))
    raise UsageError(f"{destination}: its suffix names no format; name one with --to, or use one of {known}")


def _target(source: Path, destination: Path, read: Parsed, settings: Settings) -> Target:
    rate = rate_of(read, settings)
    language = _asked(settings.language) or read.language or _named_language(destination) or _named_language(source)
    start = retiming.parse_time(settings.start, rate, drop=settings.drop) if settings.start else read.start
    if settings.drop and rate not in DROP_FRAME_RATES:
        raise UsageError("--drop: drop-frame timecode exists at 29.97 and 59.94; name one with --frame-rate")
    drop = settings.drop or (read.drop and rate in DROP_FRAME_RATES and rate == read.frame_rate)
    return Target(language, rate, drop, start)


def _asked(tag: str | None) -> str:
    """The tag of --language, which documents are written with. Raises UsageError if it is none."""
    from assets.language import confusion, is_valid

    if tag and not is_valid(tag):
        raise UsageError(f"--language {tag}: {confusion(tag) or 'no language tag; allowed is one such as ko or pt-BR'}")
    return tag or ""


def _named_language(path: Path) -> str:
    """The language tag in a name such as `film.ko.sdh.srt`; empty if there is none."""
    from assets.language import is_valid

    parts = path.name.split(".")[1:-1]
    return next((part for part in reversed(parts) if len(part) <= _LONGEST_TAG and is_valid(part)), "")

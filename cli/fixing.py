"""What `fix` does: tracks of titles read, mended, and written in the place of their files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assets.catalogue import Catalogue
from assets.digest import sha256_bytes
from assets.errors import InputError, UsageError
from assets.platform import Platform
from assets.subjects import UnreadableSubtitles
from assets.subtitles import Target as FileTarget
from assets.subtitles import format_of, read_subtitles, retiming
from assets.subtitles.conversion import convert
from assets.subtitles.model import Cue, SubtitleTrack
from checks import core
from checks.fixing import Fixed, fix_track, load
from cli import judgement
from cli.judgement import Target
from cli.main import CLEAN, FINDINGS, UNREADABLE
from cli.timed_text import LEFT_OUT
from cli.writing import write_bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked on the command line."""

    frame_rate: str | None = None
    only: tuple[str, ...] = ()
    write: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. `refused` are the reasons it is not written, `kept` where the original is."""

    file: str
    fixed: Fixed | None
    refused: tuple[str, ...] = ()
    kept: Path | None = None


def fix_targets(
    catalogue: Catalogue | None, chosen: Iterable[Target | InputError], platform: Platform, asked: Asked
) -> list[Outcome]:
    """Every subtitle track of the targets, mended. Raises UsageError, InputError."""
    for name in asked.only:
        load(name)
    outcomes = []
    for target in chosen:
        if isinstance(target, InputError):
            raise target
        for asset in judgement.read(catalogue, target.title).assets:
            if target.only is not None and not target.only(asset):
                continue
            if isinstance(asset, UnreadableSubtitles):
                outcomes.append(Outcome(str(asset.file), None, (asset.reason,)))
            elif isinstance(asset, SubtitleTrack):
                outcomes.append(_fixed(asset, platform, asked))
    if not outcomes:
        raise UsageError("no subtitles there; fixes are for subtitle files")
    return outcomes


def _fixed(track: SubtitleTrack, platform: Platform, asked: Asked) -> Outcome:
    if asked.frame_rate:
        track = replace(track, frame_rate=retiming.parse_rate(asked.frame_rate))
    fixed = fix_track(track, core.suite(platform), format_of(track.format), asked.only)
    if not fixed.changes:
        return Outcome(str(track.file), fixed)
    data, refused = _rewritten(fixed.track)
    if refused or not asked.write:
        return Outcome(str(track.file), fixed, refused)
    return Outcome(str(track.file), fixed, (), _put(track, data))


def _rewritten(track: SubtitleTrack) -> tuple[bytes, tuple[str, ...]]:
    """The track as a file of its format, and what would be lost by writing it."""
    source = read_subtitles(_source_of(track))
    rate = source.frame_rate or track.frame_rate
    target = FileTarget(source.language or track.language, rate, source.drop, source.start)
    converted = convert(track.cues, track.format, target)
    lost = [f"line {item.line}: {item.what} {item.text}".rstrip() for item in source.damage if item.kind in LEFT_OUT]
    lost += [f"cue {loss.number}: {loss.what} {loss.text}".rstrip() for loss in converted.losses]
    if not lost and _shown(read_subtitles(converted.data).cues) != _shown(track.cues):
        lost.append(f"{format_of(track.format).name} does not give back what was written")
    return converted.data, tuple(lost)


def _shown(cues: Sequence[Cue]) -> list[tuple[object, ...]]:
    return [(cue.start, cue.end, cue.runs) for cue in cues]


def _source_of(track: SubtitleTrack) -> bytes:
    """The bytes of a track's file. Raises UsageError if they are not those that were judged."""
    try:
        data = track.file.path.read_bytes()
    except OSError as error:
        raise UsageError(f"{track.file.path}: cannot be read: {error.strerror}") from error
    if sha256_bytes(data) != track.sha256:
        raise UsageError(f"{track.file.path}: has changed since it was read; it is left as it is")
    return data


def _put(track: SubtitleTrack, data: bytes) -> Path:
    """Write the file, the original kept beside it under a name of its own: `film.orig.1.srt`."""
    path = track.file.path.resolve()
    original = _source_of(track)
    number = 1
    while True:
        kept = path.with_name(f"{path.stem}.orig.{number}{path.suffix}")
        try:
            with kept.open("xb") as file:
                file.write(original)
            break
        except FileExistsError:
            number += 1
        except OSError as error:
            raise UsageError(f"{kept}: cannot be written: {error.strerror}") from error
    write_bytes(path, data)
    return kept


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """3 if a file could not be read, 1 if one could not be written without loss, else 0."""
    if any(outcome.fixed is None for outcome in outcomes):
        return UNREADABLE
    return FINDINGS if any(outcome.refused for outcome in outcomes) else CLEAN

"""What `fix` does: tracks of titles read, mended, and written in the place of their files."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from assets.catalogue import Catalogue
from assets.errors import InputError, UsageError
from assets.platform import Platform
from assets.subjects import UnreadableSubtitles
from assets.subtitles import Target as FileTarget
from assets.subtitles import format_of, read_subtitles, retiming
from assets.subtitles.conversion import convert
from assets.subtitles.decoding import newlines
from assets.subtitles.model import Cue, SubtitleTrack
from assets.title import Title
from checks import suites
from checks.fixing import Fixed, fix_track, load
from cli import judgement
from cli.fix_writing import Kept, Signed, put, put_beside, role_of, source_of
from cli.judgement import Target
from cli.main import CLEAN, FINDINGS, UNREADABLE
from cli.timed_text import LEFT_OUT


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked on the command line; `quick` leaves out the fixes that need the master's shot changes."""

    frame_rate: str | None = None
    only: tuple[str, ...] = ()
    write: bool = False
    quick: bool = False
    who: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. `refused` are the reasons it is not written, `kept` where the original is now.

    `otherwise` is how the bytes of the file written are not as they were, though its cues are.
    """

    file: str
    fixed: Fixed | None
    refused: tuple[str, ...] = ()
    kept: Kept | None = None
    otherwise: tuple[str, ...] = ()


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
        for asset in judgement.read(catalogue, target.title, quick=asked.quick).assets:
            if target.only is not None and asset.file.name not in target.only:
                continue
            if isinstance(asset, UnreadableSubtitles):
                outcomes.append(Outcome(str(asset.file), None, (asset.reason,)))
            elif isinstance(asset, SubtitleTrack):
                outcomes.append(_fixed(catalogue, target.title, asset, platform, asked))
    if not outcomes:
        raise UsageError("no subtitles there; fixes are for subtitle files")
    return outcomes


def _fixed(
    catalogue: Catalogue | None, title: Title, track: SubtitleTrack, platform: Platform, asked: Asked
) -> Outcome:
    if asked.frame_rate:
        track = replace(track, frame_rate=retiming.parse_rate(asked.frame_rate))
    fixed = fix_track(track, suites.suite(platform), format_of(track.format), asked.only)
    if not fixed.changes:
        return Outcome(str(track.file), fixed)
    data, refused = _rewritten(fixed.track)
    if refused:
        return Outcome(str(track.file), fixed, refused)
    data, otherwise = like(data, source_of(track), track)
    kept = _put(catalogue, title, fixed, data, _signed(fixed, platform, asked)) if asked.write else None
    return Outcome(str(track.file), fixed, (), kept, otherwise)


_COMMENT = re.compile(
    r"<!--.*?-->|(?<=\AWEBVTT)[ \t]+[^\s][^\n]*|(?<=\n\n)NOTE(?=[ \t\n]|\Z)(?:[^\n]|\n(?!\n))*", re.DOTALL
)
_UTF_8 = frozenset({"utf-8", "utf-8-sig", "utf_8", "ascii"})
_END_NAMES = {"\r\n": "CR LF", "\n": "LF", "\r": "CR"}
_KEPT_OUT = LEFT_OUT | {"other-language"}
"""Damage that says that the file holds more than the track: writing the track would lose it."""


def _rewritten(track: SubtitleTrack) -> tuple[bytes, tuple[str, ...]]:
    """The track as a file of its format, and what would be lost by writing it.

    What reads back as it is loses nothing, also where a conversion would change it: a cue that lasts no time.
    """
    source = read_subtitles(source_of(track), track.language)
    rate = source.frame_rate or track.frame_rate
    target = FileTarget(source.language or track.language, rate, source.drop, source.start)
    lost = [f"line {item.line}: {item.what} {item.text}".rstrip() for item in source.damage if item.kind in _KEPT_OUT]
    lost += _comments(track.source)
    cues = [replace(cue, number=number) for number, cue in enumerate(track.cues, 1)]
    if all(0 <= cue.start < cue.end for cue in cues):
        converted = convert(cues, track.format, target)
        data, losses = converted.data, converted.losses
    else:
        data, losses = format_of(track.format).write(cues, target), ()
    lost += [f"cue {loss.number}: {loss.what} {loss.text}".rstrip() for loss in losses]
    if not lost:
        read = read_subtitles(data, track.language).cues
        lost += [f"cue {number}: reads back otherwise: {cue.text}" for number, cue in _unlike(cues, read)]
    return data, tuple(lost)


def _comments(document: str) -> list[str]:
    """The comments of an XML or WebVTT document and the title of the latter, which no file written has."""
    text = newlines(document)
    found = ((text.count("\n", 0, match.start()) + 1, match[0]) for match in _COMMENT.finditer(text))
    return [f"line {line}: a comment {' '.join(comment.split())}" for line, comment in found]


def _unlike(cues: Sequence[Cue], read: Sequence[Cue]) -> list[tuple[int, Cue]]:
    """The cues that are not read as they were written, with their places."""
    pairs = enumerate(zip_longest(cues, read), 1)
    return [
        (number, cue or other)
        for number, (cue, other) in pairs
        if not (cue and other and replace(cue, line=0, number=0) == replace(other, line=0, number=0))
    ]


def like(data: bytes, original: bytes, track: SubtitleTrack) -> tuple[bytes, tuple[str, ...]]:
    """A text file with the byte order mark and the line ends of the original, and what is otherwise all the same.

    Binary formats have neither and are as they are.
    """
    if format_of(track.format).is_binary:
        return data, ()
    otherwise = [] if track.encoding in _UTF_8 else [f"it is UTF-8 now, not {track.encoding}"]
    text = original.decode(track.encoding, errors="replace")
    pairs = text.count("\r\n")
    counts = {"\r\n": pairs, "\n": text.count("\n") - pairs, "\r": text.count("\r") - pairs}
    end = max(counts, key=lambda each: counts[each])
    if sum(map(bool, counts.values())) > 1:
        otherwise.append(f"all its lines end with {_END_NAMES[end]} now; they ended in several ways")
    lines = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\n", end)
    return lines.encode("utf-8-sig" if track.bom else "utf-8"), tuple(otherwise)


def _put(catalogue: Catalogue | None, title: Title, fixed: Fixed, data: bytes, signed: Signed) -> Kept:
    """Write the file of a track: of a title as a revision, any other with its original beside it."""
    track = fixed.track
    role = role_of(catalogue, title, track)
    if catalogue is None or role is None:
        return put_beside(track, data)
    return put(catalogue.root, title, (role, track), data, signed)


def _signed(fixed: Fixed, platform: Platform, asked: Asked) -> Signed:
    """`fix: gaps, overlaps; svod 2026-11` where nobody says why."""
    done = ", ".join(dict.fromkeys(change.fix for change in fixed.changes))
    return Signed(asked.who, asked.why or f"fix: {done}; {platform.id} {platform.revision}")


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """3 if a file could not be read, 1 if one could not be written without loss, else 0."""
    if any(outcome.fixed is None for outcome in outcomes):
        return UNREADABLE
    return FINDINGS if any(outcome.refused for outcome in outcomes) else CLEAN

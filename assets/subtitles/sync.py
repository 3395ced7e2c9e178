"""How the times of a track relate to right ones: in step, late or early, at another speed, or cut otherwise.

Nothing is altered. The right times are those of another language's track, or the stretches of speech in the sound: the
in-cues are compared with where those begin (`sync_vote.py`, `sync_parts.py`, `sync_labels.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assets.subtitles import sync_labels, sync_vote
from assets.subtitles.model import Cue
from assets.subtitles.sync_parts import FEWEST, Part, by_chance, is_more_than_chance, matched, parts
from assets.timing import TICKS_PER_MS, Time, from_ms, rate_text

NOTICEABLE_MS = 150
"""A difference that is smaller is none: people who time a track differ by as much."""

TRACK_TOLERANCE_MS, SPEECH_TOLERANCE_MS = 120, 240
"""How far a cue may be from where the explanation puts it: people and detectors of speech are not exact."""

TRACK_CONFIDENCE, SPEECH_CONFIDENCE = 50, 25
"""The least confidence with which a fault is claimed; a detector of speech does not hear each cue begin by itself."""

PULL_DOWNS = (1 / sync_vote.PULL_DOWN, sync_vote.PULL_DOWN)


class Kind(StrEnum):
    """What a track's times are, compared with the right ones."""

    IN_SYNC = "in-sync"
    OFFSET = "offset"
    """All cues are late, or early, by the same time."""
    RATE = "rate"
    """The track belongs to another frame rate: the difference grows."""
    RATE_AND_OFFSET = "rate-and-offset"
    JUMP = "jump"
    """From some cue on the difference is another: a reel was cut otherwise."""
    UNKNOWN = "unknown"
    """The track and the reference have too little in common."""


@dataclass(frozen=True, slots=True)
class Jump:
    """From the cue of that number on the track is late by `offset`, early if it is negative."""

    cue: int
    offset: Time


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found: a cue's time is `ratio` times the right one, plus `offset`.

    `confidence` is the share of the cues, in per cent, that this fits, without those that chance would fit. `from_cue`
    is the number of the cue where the fault starts, 0 if there is none: the first one that is off, or where the first
    jump is; `offset` holds from there, `before` up to there. `jumps` are all places where the offset becomes another.
    `furthest` is the most that any cue is away. `cause` says what else than a frame rate explains the ratio.
    """

    kind: Kind
    ratio: Fraction = Fraction(1)
    offset: Time = 0
    confidence: int = 0
    from_cue: int = 0
    before: Time = 0
    jumps: tuple[Jump, ...] = ()
    furthest: Time = 0
    cause: str = ""

    @property
    def is_fault(self) -> bool:
        """Whether the track is known to be out of sync."""
        return self.kind not in {Kind.IN_SYNC, Kind.UNKNOWN}

    @property
    def words(self) -> str:
        """The diagnosis for a person, such as `2.000 s late` or `stretched by 25/24 (24 fps against 25)`."""
        if not self.is_fault:
            return "in sync" if self.kind is Kind.IN_SYNC else "not to be told"
        said = [] if self.ratio == 1 else [_ratio_words(self.ratio, self.cause)]
        if self.kind is Kind.JUMP:
            said += [
                f"{_late(self.before)} at first",
                *(f"{_late(jump.offset)} from cue {jump.cue}" for jump in self.jumps),
            ]
        elif self.kind is not Kind.RATE:
            said.append(_late(self.offset))
        return ", ".join(said)


def diagnose(cues: Sequence[Cue], reference: Sequence[tuple[Time, Time]], *, speech: bool = False) -> Diagnosis:
    """How the in-cues relate to the beginnings of the reference: another track's cues, or `speech` in the sound.

    `unknown` where fewer than eight cues are left, or too few of them fit any one explanation.
    """
    tolerance, least = (SPEECH_TOLERANCE_MS, SPEECH_CONFIDENCE) if speech else (TRACK_TOLERANCE_MS, TRACK_CONFIDENCE)
    ordered = sorted(cues, key=lambda cue: cue.start)
    begins = sorted({start // TICKS_PER_MS for start, _ in reference})
    if min(len(ordered), len(begins)) < FEWEST:
        return Diagnosis(Kind.UNKNOWN)
    starts = [cue.start // TICKS_PER_MS for cue in ordered]
    speed = sync_vote.best_speed(starts, begins, tolerance)
    starts = sync_vote.at_speed(starts, speed)
    differences = [peak.difference for peak in sync_vote.peaks(starts, begins, tolerance)]
    if not differences:
        return Diagnosis(Kind.UNKNOWN)
    found = parts(starts, begins, differences, tolerance)
    fits, few = sum(part.fits for part in found), min(len(starts), len(begins))
    expected = by_chance(few, begins, tolerance)
    confidence = 100 * (min(fits, few) - expected) // max(1, few - expected)
    if not is_more_than_chance(fits, expected):
        return Diagnosis(Kind.UNKNOWN, confidence=max(0, confidence))
    cause = ""
    if speed in PULL_DOWNS:
        best = max(found, key=lambda part: part.fits)
        fitting = matched(starts, begins, best, tolerance)
        cause = sync_labels.cause([(ordered[cue].start, from_ms(right)) for cue, right in fitting], speed)
    result = _diagnosis(ordered, speed, found, confidence, cause)
    return Diagnosis(Kind.UNKNOWN, confidence=confidence) if result.is_fault and confidence < least else result


def _diagnosis(cues: Sequence[Cue], speed: Fraction, found: Sequence[Part], confidence: int, cause: str) -> Diagnosis:
    """The diagnosis of cues in the order of their times, whose parts are told in the reference's time."""
    offsets = [from_ms(part.difference) * speed.numerator // speed.denominator for part in found]
    if len(found) == 1 and abs(found[0].difference) < NOTICEABLE_MS:
        offsets = [0]
    ends = [(cues[at], late) for part, late in zip(found, offsets, strict=True) for at in (part.first, part.stop - 1)]
    furthest = max(abs(_away(cue, speed, late)) for cue, late in ends)
    if len(found) > 1:
        jumps = tuple(Jump(cues[part.first].number, late) for part, late in zip(found[1:], offsets[1:], strict=True))
        return Diagnosis(
            Kind.JUMP, speed, offsets[1], confidence, jumps[0].cue, offsets[0], jumps, furthest=furthest, cause=cause
        )
    [offset] = offsets
    if speed == 1 and not offset:
        return Diagnosis(Kind.IN_SYNC, confidence=confidence)
    kind = Kind.OFFSET if speed == 1 else Kind.RATE_AND_OFFSET if offset else Kind.RATE
    away = (cue.number for cue in cues if abs(_away(cue, speed, offset)) >= from_ms(NOTICEABLE_MS))
    first = next(away, cues[-1].number)
    return Diagnosis(kind, speed, offset, confidence, first, furthest=furthest, cause=cause)


def _away(cue: Cue, speed: Fraction, offset: Time) -> Time:
    """How far the in-cue is from its right time; negative if it is early."""
    return cue.start - (cue.start - offset) * speed.denominator // speed.numerator


def _ratio_words(ratio: Fraction, cause: str) -> str:
    """`stretched by 25/24 (24 fps against 25)`; what is confused may be several pairs of rates."""
    pairs = [
        f"{rate_text(slow)} fps against {rate_text(fast)}"
        for slow in sync_vote.RATES
        for fast in sync_vote.RATES
        if fast / slow == ratio
    ]
    reasons = [cause] if cause and not cause.startswith("or ") else [" or ".join(pairs), *([cause] if cause else [])]
    return f"{'stretched' if ratio > 1 else 'squeezed'} by {ratio} ({' '.join(reasons)})"


def _late(offset: Time) -> str:
    """`2.000 s late`, `0.500 s early`; `in sync` for what nobody notices."""
    ms = abs(offset) // TICKS_PER_MS
    if ms < NOTICEABLE_MS:
        return "in sync"
    return f"{ms // 1000}.{ms % 1000:03} s {'late' if offset > 0 else 'early'}"

"""How the times of a track relate to right ones: in step, late or early, at another speed, or cut otherwise.

Nothing is altered. The right times are those of another language's track, or the stretches of speech in the sound: the
in-cues are compared with where those begin (`sync_vote.py`, `sync_parts.py`, `sync_labels.py`).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from assets.subtitles import sync_labels, sync_vote
from assets.subtitles.model import Cue
from assets.subtitles.sync_parts import FEWEST, Part, by_chance, is_more_than_chance, matched, parts
from assets.timing import TICKS_PER_MS, Time, from_ms, rate_text

NOTICEABLE_MS = 150
"""A difference that is smaller is none: people who time a track differ by as much.

Where only the wider tolerance tells anything, it is twice that tolerance: to come in early or late is a habit, too.
"""

WIDE_MS = 300
TRACK_TOLERANCES_MS, SPEECH_TOLERANCES_MS = (120, WIDE_MS), (240,)
"""How far a cue may be from where the explanation puts it: people and detectors of speech are not exact.

Translators who time a track of their own differ by more than those who share one template: what the first tolerance
does not tell, the second one may.
"""

TRACK_CONFIDENCE, SPEECH_CONFIDENCE = 60, 25
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


ENOUGH = 20
"""Cues from which a match of all of them is no accident, where half of the time is free of the other's in-cues."""


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
    ordered = sorted(cues, key=lambda cue: cue.start)
    begins = sorted({start // TICKS_PER_MS for start, _ in reference})
    if min(len(ordered), len(begins)) < FEWEST:
        return Diagnosis(Kind.UNKNOWN)
    if not speech and _all_match([cue.start // TICKS_PER_MS for cue in ordered], begins):
        return Diagnosis(Kind.IN_SYNC, confidence=100)
    found = Diagnosis(Kind.UNKNOWN)
    for tolerance in SPEECH_TOLERANCES_MS if speech else TRACK_TOLERANCES_MS:
        found = _within(tolerance, ordered, begins, SPEECH_CONFIDENCE if speech else TRACK_CONFIDENCE)
        if found.kind is not Kind.UNKNOWN:
            break
    return found


def _all_match(starts: Sequence[int], begins: Sequence[int]) -> bool:
    """Whether every time of the shorter list is one of the longer: most tracks, of which no fault need be searched.

    Not told of few times, nor where the longer list is so dense that chance would do it.
    """
    few, many = sorted((starts, begins), key=len)
    tolerance = TRACK_TOLERANCES_MS[0]
    if len(few) < ENOUGH or 4 * tolerance * len(many) > many[-1] - many[0]:
        return False
    for time in few:
        place = bisect_left(many, time - tolerance)
        if place == len(many) or many[place] > time + tolerance:
            return False
    return True


def _within(tolerance: int, ordered: Sequence[Cue], begins: Sequence[int], least: int) -> Diagnosis:
    """The diagnosis where cues are up to `tolerance` ms off; a fault only with the `least` confidence."""
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
    if len(found) == 1 and abs(found[0].difference) < (2 * tolerance if tolerance == WIDE_MS else NOTICEABLE_MS):
        found = [replace(found[0], difference=0)]
    result = _diagnosis(ordered, speed, found, confidence, cause)
    is_doubtful = confidence < least and (result.is_fault or tolerance == WIDE_MS)
    return Diagnosis(Kind.UNKNOWN, confidence=confidence) if is_doubtful else result


def _diagnosis(cues: Sequence[Cue], speed: Fraction, found: Sequence[Part], confidence: int, cause: str) -> Diagnosis:
    """The diagnosis of cues in the order of their times, whose parts are told in the reference's time."""
    offsets = [from_ms(part.difference) * speed.numerator // speed.denominator for part in found]
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

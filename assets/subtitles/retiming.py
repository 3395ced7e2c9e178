"""Moving the times of a track: by an offset, by a change of speed, from the frames of one rate to those of another.

Cues may come to begin before zero: they keep their negative times, and conversion reports them. All arithmetic is
exact; a result is rounded once, to the nearest tick (0.06 ns) or, where frames are kept, not at all.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from assets.errors import UsageError
from assets.subtitles import frames
from assets.subtitles.model import Cue
from assets.timing import DROP_FRAME_RATES, TICKS_PER_SECOND, Time, from_frames, from_seconds, rate_text

_TIMECODE = re.compile(r"([+-]?)([0-9]{1,3}):([0-5]?[0-9]):([0-5]?[0-9])([:;])([0-9]{2,3})", re.ASCII)
_CLOCK = re.compile(r"([+-]?)(?:([0-9]{1,3}):)?([0-5]?[0-9]):([0-5]?[0-9])(?:[.,]([0-9]{1,9}))?", re.ASCII)
_AMOUNT = re.compile(r"([+-]?)([0-9]{1,9}(?:\.[0-9]{1,9})?)(ms|s|f)", re.ASCII)
_DECIMAL_RATES = {rate_text(Fraction(nominal * 1000, 1001)): Fraction(nominal * 1000, 1001) for nominal in (24, 30, 60)}
_RATE = re.compile(r"([0-9]{1,6})(?:/([0-9]{1,6})|\.([0-9]{1,4}))?", re.ASCII)
_MOST_FRAMES_PER_SECOND = 1000


def shift(cues: Sequence[Cue], offset: Time) -> tuple[Cue, ...]:
    """Every time later by `offset` ticks, earlier if it is negative."""
    return _retimed(cues, lambda time: time + offset)


def scale(cues: Sequence[Cue], ratio: Fraction) -> tuple[Cue, ...]:
    """Every time multiplied by an exact ratio: 1001/1000 for a film that runs at 23.976 instead of 24."""
    return _retimed(cues, lambda time: round(time * ratio))


def conform(cues: Sequence[Cue], old: Fraction, new: Fraction) -> tuple[Cue, ...]:
    """Every time at the frame of the same number at another rate; one between two frames goes to the nearest."""
    return _retimed(cues, lambda time: _by_frame(time, old, lambda frame: from_frames(frame, new)))


def relabel(cues: Sequence[Cue], rate: Fraction, *, drop: bool) -> tuple[Cue, ...]:
    """Times that were read from timecode as of the wrong kind: `drop` says that it is drop-frame timecode.

    Each time becomes the label that it was read from and the label is counted anew. A label that drop-frame timecode
    leaves out counts as the one after it. Raises UsageError for a rate that has no drop-frame timecode.
    """
    _require_drop(rate, f"a track at {rate_text(rate)}")
    nominal = round(rate)

    def counted(frame: int) -> Time:
        label = frames.fields(frame, nominal, drop=not drop)
        if drop and frames.is_dropped(label, nominal):
            label = (*label[:3], nominal // 15)
        return from_frames(frames.count(label, nominal, drop=drop), rate)

    return _retimed(cues, lambda time: _by_frame(time, rate, counted))


def _by_frame(time: Time, rate: Fraction, change: Callable[[int], Time]) -> Time:
    """What becomes of the frame nearest to a time; before zero the frames count backwards."""
    new = change(frames.nearest(abs(time), rate))
    return -new if time < 0 else new


def _retimed(cues: Sequence[Cue], change: Callable[[Time], Time]) -> tuple[Cue, ...]:
    return tuple(replace(cue, start=change(cue.start), end=change(cue.end)) for cue in cues)


def parse_rate(text: str) -> Fraction:
    """A frame rate as people write it: `24`, `23.976`, `29.97`, `24000/1001`. Raises UsageError for others."""
    match = _RATE.fullmatch(text.strip())
    if match is None or int(match[2] or 1) == 0:
        raise UsageError(f"{text!r} is no frame rate; allowed are 24, 25, 23.976, 29.97 and exact ones as 24000/1001")
    if match[3] is None:
        rate = Fraction(int(match[1]), int(match[2] or 1))
    else:
        given = Fraction(text.strip())
        near = (value for value in _DECIMAL_RATES.values() if abs(value - given) < Fraction(1, 100))
        rate = next(near, given)
    if not 1 <= rate <= _MOST_FRAMES_PER_SECOND:
        raise UsageError(f"{text!r} is no frame rate; allowed are 1 to {_MOST_FRAMES_PER_SECOND}")
    return rate


def parse_time(text: str, rate: Fraction | None, *, drop: bool = False) -> Time:
    """A time or an offset: `1.5s`, `-1500ms`, `+36f`, `00:01:02.500`, or timecode `01:00:00:00`, `01:00:00;00`.

    A count of frames and timecode need a rate; `;` is drop-frame timecode, as `:` is if `drop` says so. Raises
    UsageError for what cannot be read.
    """
    if match := _AMOUNT.fullmatch(text.strip()):
        amount = Fraction(match[2])
        if match[3] == "f":
            return _signed(match[1], round(amount / _needed(rate, text) * TICKS_PER_SECOND))
        return _signed(match[1], from_seconds(amount / (1000 if match[3] == "ms" else 1)))
    if match := _TIMECODE.fullmatch(text.strip()):
        return _signed(match[1], _timecode(match, _needed(rate, text), drop=drop or match[5] == ";"))
    if match := _CLOCK.fullmatch(text.strip()):
        seconds = (int(match[2] or 0) * 60 + int(match[3])) * 60 + int(match[4])
        return _signed(match[1], from_seconds(seconds + Fraction(f"0.{match[5] or 0}")))
    raise UsageError(f"{text!r} is no time; allowed are 1.5s, -1500ms, 36f, 00:01:02.500 and timecode 00:01:02:12")


def _timecode(match: re.Match[str], rate: Fraction, *, drop: bool) -> Time:
    hours, minutes, seconds, frame = (int(match[group]) for group in (2, 3, 4, 6))
    label, nominal = (hours, minutes, seconds, frame), round(rate)
    if frame >= nominal:
        raise UsageError(f"{match[0]}: there is no frame {frame} at {rate_text(rate)}; the last one is {nominal - 1}")
    if drop:
        _require_drop(rate, match[0])
        if frames.is_dropped(label, nominal):
            raise UsageError(
                f"{match[0]}: drop-frame timecode leaves this label out; the next one is {nominal // 15:02}"
            )
    return from_frames(frames.count(label, nominal, drop=drop), rate)


def _require_drop(rate: Fraction, what: str) -> None:
    if rate not in DROP_FRAME_RATES:
        raise UsageError(f"{what}: there is no drop-frame timecode at {rate_text(rate)}; at 29.97 and 59.94 there is")


def _needed(rate: Fraction | None, text: str) -> Fraction:
    if rate is None:
        raise UsageError(f"{text}: frames need a frame rate; give one with --frame-rate")
    return rate


def _signed(sign: str, time: Time) -> Time:
    return -time if sign == "-" else time

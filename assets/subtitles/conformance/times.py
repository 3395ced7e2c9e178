"""Time expressions (TTML1 10.3.1, TTML2 12.3): whether one is well formed, and the time it means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assets.subtitles.conformance.values import is_integer, is_ratio, words
from assets.timing import TICKS_PER_MS, TICKS_PER_SECOND, Time, from_seconds

_CLOCK = re.compile(r"([0-9]{2,9}):([0-9]{2}):([0-9]{2})(?:(\.[0-9]+)|:([0-9]{2,9})(?:\.([0-9]{1,9}))?)?", re.ASCII)
_OFFSET = re.compile(r"([0-9]{1,18})(\.[0-9]+)?(h|ms|m|s|f|t)", re.ASCII)
_DATE, _TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}", r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
_WALLCLOCK = re.compile(rf"wallclock\(\s*\"?(?:{_DATE}(?:T{_TIME})?|{_TIME})\"?\s*\)", re.ASCII)
_UNITS = {"h": 3600 * TICKS_PER_SECOND, "m": 60 * TICKS_PER_SECOND, "s": TICKS_PER_SECOND, "ms": TICKS_PER_MS}
_FRAME_RATE = 30
_LAST = 59
_LEAP = 60
_DIGITS = 30
"""Decimals of a second that count; a tick is coarser than that."""

SYNTAX = "HH:MM:SS, HH:MM:SS.fraction, HH:MM:SS:FF, or a number with h, m, s, ms, f or t"


@dataclass(frozen=True, slots=True)
class Clock:
    """What the times of a document depend on; parameters that are malformed have their defaults."""

    base: str = "media"
    nominal: int = _FRAME_RATE
    rate: Fraction = Fraction(_FRAME_RATE)
    sub_frames: int = 1
    ticks: Fraction = Fraction(1)


def clock(given: Mapping[str, str]) -> Clock:
    """The clock that the attributes of the root element describe."""
    nominal = _number(given, "ttp:frameRate", _FRAME_RATE)
    multiplier = given.get("ttp:frameRateMultiplier", "")
    ratio = Fraction(*(int(word[:18]) for word in words(multiplier))) if is_ratio(multiplier) else Fraction(1)
    rate = nominal * ratio
    sub_frames = _number(given, "ttp:subFrameRate", 1)
    implied = rate * sub_frames if "ttp:frameRate" in given else Fraction(1)
    ticks = _number(given, "ttp:tickRate", 0)
    return Clock(given.get("ttp:timeBase", "media"), nominal, rate, sub_frames, Fraction(ticks) if ticks else implied)


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, "").strip()
    return int(text[:18]) if is_integer(text, positive=True) else default


def units(text: str) -> set[str]:
    """What an expression counts in beside seconds: `frames`, `sub-frames`, `ticks`."""
    found = set()
    match = _CLOCK.fullmatch(text.strip())
    if match:
        found |= {"frames"} if match[5] else set()
        found |= {"sub-frames"} if match[6] else set()
    offset = _OFFSET.fullmatch(text.strip())
    if offset and offset[3] in {"f", "t"}:
        found.add("frames" if offset[3] == "f" else "ticks")
    return found


def fault(text: str, by: Clock) -> tuple[str, str] | None:
    """What is wrong with a time expression and what is allowed, or None."""
    given = text.strip(" \t\r\n")
    counted = units(given)
    if by.base == "clock" and counted:
        return f"{' and '.join(sorted(counted))} in a time of the wall clock", "hours, minutes and seconds"
    match = _CLOCK.fullmatch(given)
    if match is None:
        known = _OFFSET.fullmatch(given) or (by.base == "clock" and _WALLCLOCK.fullmatch(given))
        return None if known else (f"'{text}' is no time expression", SYNTAX)
    return _clock_fault(match, by)


def _clock_fault(match: re.Match[str], by: Clock) -> tuple[str, str] | None:
    """Fields of a clock time that are out of range."""
    _, minutes, seconds, decimals, frames, sub_frames = match.groups()
    if int(minutes) > _LAST:
        return f"{minutes} minutes", f"00 to {_LAST}"
    if int(seconds) > _LEAP or (int(seconds) == _LEAP and (decimals or "").strip(".0")):
        return f"{seconds}{decimals or ''} seconds", f"00 to {_LEAP}"
    if int(frames or 0) >= by.nominal:
        return f"frame {frames} at {by.nominal} frames a second", f"00 to {by.nominal - 1:02}"
    if int(sub_frames or 0) >= by.sub_frames:
        return f"sub-frame {sub_frames} of {by.sub_frames}", f"0 to {by.sub_frames - 1}"
    return None


def value(text: str | None, by: Clock) -> Time | None:
    """The time of an expression in media time; None if there is none or it is malformed."""
    given = (text or "").strip(" \t\r\n")
    if offset := _OFFSET.fullmatch(given):
        whole, decimals, unit = offset.groups()
        if unit in _UNITS:
            return _exact(int(whole), decimals, _UNITS[unit])
        return from_seconds(Fraction(whole + (decimals or "")[:_DIGITS]) / (by.rate if unit == "f" else by.ticks))
    match = _CLOCK.fullmatch(given)
    if match is None:
        return None
    hours, minutes, seconds, decimals, frames, sub_frames = match.groups()
    time = _exact((int(hours) * 60 + int(minutes)) * 60 + int(seconds), decimals, TICKS_PER_SECOND)
    if frames is None:
        return time
    return time + from_seconds((int(frames) + Fraction(int(sub_frames or 0), by.sub_frames)) / by.rate)


def _exact(whole: int, decimals: str | None, unit: Time) -> Time:
    """A decimal number of units in ticks; in integers, as most files have thousands of them."""
    digits = (decimals or "")[1:_DIGITS]
    return whole * unit + (int(digits) * unit // 10 ** len(digits) if digits else 0)

"""What the cell of a column says, as the value that title.toml has.

Every reader raises ValueError, `what is wrong; what is allowed`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from assets import language
from assets.importing.columns import language_named
from assets.importing.sheet import Raw

Value = str | int | date | list[str]

MAX_TEXT = 32_767
"""Characters: what a cell of a spreadsheet holds."""
_MOST_MINUTES = 99 * 60 + 59

_YEAR = re.compile(r"(\d{4})\s*[년年]?")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)(\.\d{1,3})?")
_HOURS = re.compile(
    r"(\d{1,2})\s*(?:hours?|hrs?|h|시간|時間)\.?\s*(?:([0-5]?\d)\s*(?:minutes?|mins?|m|분|分)?\.?)?", re.IGNORECASE
)
_MINUTES = re.compile(r"(\d{1,4})\s*(?:minutes?|mins?|m|분|分|['′])?\.?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})\s*[-./년年]\s*(\d{1,2})\s*[-./월月]\s*(\d{1,2})\s*[.일日]?")
_LIST = re.compile(r"[;|\n、；]")
_WORDS = re.compile(r"[;|\n、；,，/・·]")


def text(raw: Raw) -> str:
    """A text, composed (NFC); a number without the point that a spreadsheet gives it."""
    if isinstance(raw, float):
        found = str(int(raw)) if raw.is_integer() else str(raw)
    else:
        found = unicodedata.normalize("NFC", str(raw)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(found) > MAX_TEXT:
        raise ValueError(f"has {len(found)} characters; at most {MAX_TEXT}")
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" for char in found):
        raise ValueError(f"{found[:40]!r} has control characters; text")
    return found


def year(raw: Raw) -> int:
    """1985, 1985년, 1985年."""
    match = _YEAR.fullmatch(text(raw))
    if isinstance(raw, date) or match is None:
        raise ValueError(f"{text(raw)!r} is no year; four digits, such as 1985")
    return int(match[1])


def day(raw: Raw) -> date:
    """A date, or a text with the year first: 1985-06-25, 1985.6.25, 1985년 6월 25일."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    match = None if isinstance(raw, datetime) else _DATE.fullmatch(text(raw))
    allowed = "a date, or year, month and day in this order, such as 1985-06-25"
    if match is None:
        raise ValueError(f"{text(raw)!r} is no date; {allowed}")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise ValueError(f"{text(raw)!r} is no day of the calendar; {allowed}") from None


def runtime(raw: Raw) -> str:
    """HH:MM:SS of whole minutes (84, 84분, 84 min), hours and minutes (1 h 24 min), or a duration (01:24:00)."""
    if isinstance(raw, timedelta):
        seconds = raw.days * 86_400 + raw.seconds
        return _clock(seconds) if raw.microseconds == 0 else _no_runtime(raw)
    if isinstance(raw, time):
        return raw.strftime("%H:%M:%S") if raw.microsecond == 0 else _no_runtime(raw)
    written = text(raw)
    if match := _CLOCK.fullmatch(written):
        return f"{int(match[1]):02}:{match[2]}:{match[3]}{match[4] or ''}"
    if match := _HOURS.fullmatch(written):
        return _clock(int(match[1]) * 3600 + int(match[2] or 0) * 60)
    match = _MINUTES.fullmatch(written)
    if match is None or not 0 < int(match[1]) <= _MOST_MINUTES:
        return _no_runtime(raw)
    return _clock(int(match[1]) * 60)


def _clock(seconds: int) -> str:
    if not 0 < seconds <= (_MOST_MINUTES + 1) * 60:
        return _no_runtime(f"{seconds} s")
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _no_runtime(raw: Raw) -> str:
    raise ValueError(f"{text(str(raw))!r} is no runtime; whole minutes (84, 84 min, 1 h 24 min) or HH:MM:SS")


def names(raw: Raw) -> list[str]:
    """Names of companies or people, between semicolons, bars or lines: a comma may be part of one."""
    return _split(_LIST, raw)


def words(raw: Raw) -> list[str]:
    """Words such as genres, between commas too."""
    return _split(_WORDS, raw)


def _split(between: re.Pattern[str], raw: Raw) -> list[str]:
    found = dict.fromkeys(part.strip() for part in between.split(text(raw)) if part.strip())
    if not found:
        raise ValueError(f"{text(raw)!r} names nothing; names between semicolons")
    return list(found)


def tag(raw: Raw) -> str:
    """The tag of a language, from the tag or from its name in English, Korean or Japanese."""
    written = language_named(text(raw))
    meant = language.confusion(written)
    if meant and not language.is_valid(written):
        raise ValueError(f"{written!r} is no language; {meant}")
    if not language.is_valid(written):
        raise ValueError(f"{written!r} is no language; a BCP-47 tag such as ko, or the language's name")
    return language.canonical(written)


READERS: Mapping[str, Callable[[Raw], Value]] = {
    "production_year": year,
    "runtime": runtime,
    "release_date": day,
    "production_companies": names,
    "genres": words,
    "original_language": tag,
}
"""How the cells of a column are read by key; all others hold text."""

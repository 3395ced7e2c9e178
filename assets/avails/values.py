"""The values of cells and elements, and how they are written; every reader raises ValueError, `wrong; allowed`."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from assets.avails.rows import ASSETS, LanguageUse, When

Raw = str | int | float | bool | date | time | timedelta

MAX_TEXT = 32_767
"""Characters: what a cell of a spreadsheet holds."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.0+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_DURATION = re.compile(
    r"(-)?P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?",
    re.ASCII,
)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)", re.ASCII)
_FLAGS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
_SHORT_ASSETS = {"sub": "subtitle", "dub": "audio", "subdub": "subdub"}
"""What a sheet writes behind a language, and what XML says for it."""


def told(error: ValueError) -> tuple[str, str]:
    """What is wrong and what is allowed, of an error raised here. A value may have a semicolon of its own."""
    wrong, is_parted, allowed = str(error).rpartition("; ")
    return (wrong, allowed) if is_parted else (allowed, "")


def text(raw: Raw) -> str:
    """A text on its lines, without what surrounds it; a number as a person writes it."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    found = str(raw).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(found) > MAX_TEXT:
        raise ValueError(f"has {len(found)} characters; at most {MAX_TEXT}")
    if not is_plain(found):
        raise ValueError(f"{found[:40]!r} has control characters; text")
    return found


def is_plain(written: str) -> bool:
    """Whether both formats can hold a text: no control characters but line feeds and tabs, no halves of characters."""
    if written.isascii() and written.isprintable():
        return True
    return not any(
        (unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t") or char in "\ufffe\uffff"
        for char in written
    )


def when(raw: Raw) -> When:
    """2027-01-01, 2027-01-01T00:00:00+09:00, a date of the spreadsheet, or a word such as Open."""
    if isinstance(raw, datetime):
        return _at(raw)
    if isinstance(raw, date):
        return When(raw)
    written = text(raw)
    if not isinstance(raw, str):
        raise ValueError(f"{written} is no date; a cell of dates, or a text such as 2027-01-01")  # noqa: TRY004
    if not written[:1].isdigit():
        return When(condition=written)
    match = _INSTANT.fullmatch(written)
    try:
        if match is None:
            return When(date.fromisoformat(written) if _DATE.fullmatch(written) else _no_date(written))
        day, clock, offset = match.groups()
        is_end_of_day = clock in {"24:00", "24:00:00"}
        found = datetime.fromisoformat(f"{day}T{'00:00:00' if is_end_of_day else clock}{offset or ''}")
        return _at(found + timedelta(days=1) if is_end_of_day else found)
    except (ValueError, OverflowError):
        return When(_no_date(written))


def _at(found: datetime) -> When:
    if found.microsecond:
        raise ValueError(f"{found.isoformat()} has parts of a second; whole seconds")
    return When(found.date() if found.tzinfo is None and found.time() == time() else found)


def _no_date(written: str) -> date:
    raise ValueError(f"{written!r} is no date; 2027-01-01 or 2027-01-01T00:00:00+09:00")


def when_text(value: When) -> str:
    """How a start or an end is written in a sheet."""
    return value.at.isoformat() if value.at is not None else value.condition


def flag(raw: Raw) -> bool:
    """Yes, no, true, false."""
    written = text(raw)
    if (found := _FLAGS.get(written.lower())) is None:
        raise ValueError(f"{written!r} is neither yes nor no; Yes, No, TRUE, FALSE")
    return found


def is_duration(written: str) -> bool:
    """Whether a text is a duration of ISO 8601 as XML Schema has it: P90D, PT48H, -P7D."""
    match = _DURATION.fullmatch(written)
    return match is not None and any(match.groups()[1:])


def days_and_more(written: str) -> tuple[int, int, int] | None:
    """Years, months and days of a duration that has nothing else and does not go back; None for any other."""
    match = _DURATION.fullmatch(written)
    if match is None or match[1] or any(match.groups()[4:]):
        return None
    return int(match[2] or 0), int(match[3] or 0), int(match[4] or 0)


def hours(raw: Raw) -> str:
    """A duration in whole hours: 48, PT48H and P2D are PT48H."""
    written = text(raw)
    if written.isdecimal():
        return f"PT{int(written)}H"
    match = _DURATION.fullmatch(written)
    if match is None or match[1] or match[2] or match[3] or match[6] or match[7] or not (match[4] or match[5]):
        raise ValueError(f"{written!r} is no number of hours; 48, or a duration such as PT48H")
    return f"PT{int(match[4] or 0) * 24 + int(match[5] or 0)}H"


def hours_text(value: str) -> str:
    """How a duration in hours is written in a sheet: the number."""
    return value.removeprefix("PT").removesuffix("H")


def run_time(raw: Raw) -> str:
    """The length of a work: 01:56:20, 56:20 (minutes and seconds), PT1H56M20S, or a time of the spreadsheet."""
    if isinstance(raw, timedelta):
        return _length(raw.days * 86_400 + raw.seconds)
    if isinstance(raw, datetime):
        raise ValueError(f"{raw.isoformat()} is a date; HH:MM:SS")  # noqa: TRY004 -- it is a value of a person's
    if isinstance(raw, time):
        return _length(raw.hour * 3600 + raw.minute * 60 + raw.second)
    written = text(raw)
    if match := _CLOCK.fullmatch(written):
        return _length(int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]))
    match = _DURATION.fullmatch(written)
    if match is None or match[1] or match[2] or match[3] or not is_duration(written):
        raise ValueError(f"{written!r} is no running time; HH:MM:SS")
    days, whole, minutes, seconds = (int(match[number] or 0) for number in (4, 5, 6, 7))
    return _length(days * 86_400 + whole * 3600 + minutes * 60 + seconds)


def _length(seconds: int) -> str:
    whole, rest = divmod(seconds, 3600)
    parts = ((whole, "H"), (rest // 60, "M"), (rest % 60, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def run_time_text(value: str) -> str:
    """How a running time is written in a sheet: HH:MM:SS."""
    match = _DURATION.fullmatch(value)
    if match is None:
        return value
    return ":".join(f"{int(match[number] or 0):02}" for number in (5, 6, 7))


def words(raw: Raw) -> tuple[str, ...]:
    """A list between commas; what stands twice counts once."""
    return tuple(dict.fromkeys(part.strip() for part in text(raw).split(",") if part.strip()))


def languages(raw: Raw) -> tuple[LanguageUse, ...]:
    """Language tags between commas, each with what carries it behind a colon: `en, fr-CA:subdub, es-419:dub`."""
    return tuple(dict.fromkeys(_language(word) for word in words(raw)))


def _language(word: str) -> LanguageUse:
    tag, colon, suffix = word.partition(":")
    asset = _SHORT_ASSETS.get(suffix.strip().lower(), suffix.strip())
    if colon and asset not in ASSETS:
        raise ValueError(f"{word!r} limits the language to {suffix.strip()!r}; sub, dub or subdub")
    return LanguageUse(tag.strip(), asset)


def languages_text(value: tuple[LanguageUse, ...]) -> str:
    """How languages are written in a sheet."""
    short = {asset: word for word, asset in _SHORT_ASSETS.items()}
    return ",".join(use.tag + (f":{short[use.asset]}" if use.asset else "") for use in value)

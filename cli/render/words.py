"""Numbers, times and foreign text in the words of a report."""

import re
import unicodedata
from fractions import Fraction

from assets.timing import TICKS_PER_SECOND, Time, ms_text, timecode

SHORT_DIGEST = 12
"""Hex digits that name a file to a person; the JSON and HTML forms have all 64."""

_STEP = 1000
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


def size_text(size: int) -> str:
    """Bytes in decimal units, one digit after the point, as stores and operating systems count: `1.2 GB`, `999 B`."""
    if size < _STEP:
        return f"{size} B"
    scale = 1
    for unit in _UNITS[1:]:
        scale *= _STEP
        tenths = (size * 10 + scale // 2) // scale
        if tenths < _STEP * 10 or unit == _UNITS[-1]:
            break
    return f"{tenths // 10}.{tenths % 10} {unit}"


def duration_text(duration: Time) -> str:
    """A length of time by the clock, to the second, below a minute to the millisecond: `1 h 24 min 5 s`, `2.5 s`."""
    sign = "-" if duration < 0 else ""
    thousandths = round(Fraction(abs(duration) * 1000, TICKS_PER_SECOND))
    if thousandths < 60 * 1000:
        seconds, rest = divmod(thousandths, 1000)
        return f"{sign}{seconds}{f'.{rest:03}'.rstrip('0').rstrip('.')} s"
    minutes, seconds = divmod(round(Fraction(thousandths, 1000)), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return sign + " ".join(f"{number} {unit}" for number, unit in parts if number)


def time_text(time: Time, rate: Fraction | None) -> str:
    """A place on the time line: timecode at the asset's frame rate, or `HH:MM:SS.mmm` where it has none."""
    return ms_text(time) if rate is None else timecode(time, rate)


def count_text(number: int, word: str) -> str:
    """`1 error`, `3 errors`: a number of things whose plural ends in s."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, lone surrogates, separators of lines, and the marks that reorder text (UAX 9)."""


def visible(text: str) -> str:
    r"""Text of unknown origin on one line and without power over where it is shown.

    A line feed is shown as `⏎`, a tab as a space. Control characters, lone surrogates and the marks that reorder text
    (UAX 9, embeddings, overrides and isolates) are shown as escapes such as `\x1b`. Decomposed text is composed,
    since terminals draw decomposed Hangul letter by letter.
    """
    if text.isprintable() and text.isascii():
        return text
    return _HIDDEN.sub(_shown, unicodedata.normalize("NFC", text))


def visible_lines(text: str) -> str:
    """Text of our own that quotes text of unknown origin: its line feeds stay, the rest is made `visible`."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _shown(found: re.Match[str]) -> str:
    char = found[0]
    if char == "\n":
        return " ⏎ "
    if char == "\t":
        return " "
    return char.encode("unicode_escape").decode("ascii")

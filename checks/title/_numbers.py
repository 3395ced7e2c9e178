"""The numbers that a text names in digits, with the words for powers of ten that follow them, or in Han numerals."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

POWERS = {
    **dict.fromkeys(("백", "百", "hundred"), 10**2),
    **dict.fromkeys(("천", "千", "thousand"), 10**3),
    **dict.fromkeys(("만", "万", "萬"), 10**4),
    "million": 10**6,
    **dict.fromkeys(("억", "億", "亿"), 10**8),
    "billion": 10**9,
    **dict.fromkeys(("조", "兆"), 10**12),
}
HAN_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}
HAN_TENS = {"十": 10, "百": 100, "千": 1000}
HAN_POWERS = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8}

_DIGITS = re.compile(
    r"(?<![A-Za-z0-9.])(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
    rf"(?:[ ]?(?P<power>{'|'.join(POWERS)}))?",
    re.IGNORECASE,
)
_HAN = re.compile("[〇零一二三四五六七八九十百千万萬億亿]{2,}")


def numbers(text: str) -> set[int]:
    """The whole numbers in a text: `2만 5천`, `25,000`, `２万５０００` and `二万五千` are the same one."""
    plain = unicodedata.normalize("NFKC", text)
    values = [*_written(plain), *(_han(item[0]) for item in _HAN.finditer(plain))]
    return {value for value in values if value is not None}


def _written(text: str) -> Iterator[int]:
    """The numbers in digits. What follows a power of ten and is smaller belongs to it: 2만 5천."""
    total, room, end = Fraction(0), 0, -1
    for match in _DIGITS.finditer(text):
        power = POWERS.get((match["power"] or "").lower(), 1)
        value = Fraction(match["number"].replace(",", "")) * power
        if room > value and text[end : match.start()].strip(" ") == "":
            total += value
        else:
            yield from _whole(total)
            total = value
        room, end = power, match.end()
    yield from _whole(total)


def _whole(value: Fraction) -> Iterator[int]:
    if value and value.denominator == 1:
        yield int(value)


def _han(numerals: str) -> int | None:
    """The value of Han numerals, by place (一九五一) or by powers (二万五千); None for what is neither, as in 万一."""
    if all(char in HAN_DIGITS for char in numerals):
        return int("".join(str(HAN_DIGITS[char]) for char in numerals))
    total = section = digit = 0
    for char in numerals:
        if char in HAN_DIGITS:
            if digit:
                return None
            digit = HAN_DIGITS[char]
        elif char in HAN_TENS:
            section, digit = section + (digit or 1) * HAN_TENS[char], 0
        else:
            if not section + digit:
                return None
            total, section, digit = total + (section + digit) * HAN_POWERS[char], 0, 0
    return total + section + digit

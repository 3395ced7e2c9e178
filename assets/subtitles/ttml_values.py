"""Values of TTML attributes: colours, percentages, lengths (TTML2, clause 10.3)."""

import re
from fractions import Fraction
from functools import lru_cache

NAMED_COLOURS = {
    "transparent": "#00000000",
    "black": "#000000",
    "silver": "#c0c0c0",
    "gray": "#808080",
    "white": "#ffffff",
    "maroon": "#800000",
    "red": "#ff0000",
    "purple": "#800080",
    "fuchsia": "#ff00ff",
    "magenta": "#ff00ff",
    "green": "#008000",
    "lime": "#00ff00",
    "olive": "#808000",
    "yellow": "#ffff00",
    "navy": "#000080",
    "blue": "#0000ff",
    "teal": "#008080",
    "aqua": "#00ffff",
    "cyan": "#00ffff",
}
_HEX = re.compile(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?")
_NUMBERS = re.compile(r"rgb(a?)\(\s*([0-9]{1,3})\s*,\s*([0-9]{1,3})\s*,\s*([0-9]{1,3})\s*(?:,\s*([0-9]{1,3})\s*)?\)")
_PERCENT = re.compile(r"([+-]?[0-9]{1,9}(?:\.[0-9]{1,20})?)%")
_LENGTH = re.compile(r"([+-]?[0-9]{0,9}(?:\.[0-9]{1,20})?)([a-z]{1,2}|%)")
_MAX_LEVEL = 255
_QUOTED = r""" "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' """.replace(" ", "")
_WORD = r"-?[^\W\d][\w-]*"
_FAMILY = rf"(?:{_QUOTED}|{_WORD}(?: {_WORD})*)"
_FAMILIES = re.compile(rf"{_FAMILY}(?: ?, ?{_FAMILY})*")

PLACES = 6
"""Decimals of a percentage that are kept: a ten-millionth of the picture."""


@lru_cache(maxsize=1024)
def colour(text: str) -> str | None:
    """A colour as `#rrggbb`, or `#rrggbbaa` if it is not opaque; None if it is no colour."""
    found = text.strip().lower()
    found = NAMED_COLOURS.get(found, found)
    if match := _NUMBERS.fullmatch(found):
        has_alpha, *levels = match.groups()
        given = [int(level) for level in levels if level is not None]
        if len(given) != (4 if has_alpha else 3) or max(given) > _MAX_LEVEL:
            return None
        found = "#" + "".join(f"{level:02x}" for level in given)
    if _HEX.fullmatch(found) is None:
        return None
    return found[:7] if found.endswith("ff") and len(found) > len("#rrggbb") else found


def is_transparent(value: str) -> bool:
    """Whether a colour as `colour` gives it shows nothing."""
    return len(value) > len("#rrggbb") and value.endswith("00")


def percent(text: str) -> Fraction | None:
    """A number of per cent, to six decimals; None if it is none."""
    match = _PERCENT.fullmatch(text.strip())
    return rounded(Fraction(match[1])) if match else None


def rounded(number: Fraction) -> Fraction:
    """The number to six decimals, so that it can be written in full."""
    return Fraction(round(number * 10**PLACES), 10**PLACES)


def length(text: str) -> tuple[Fraction, str] | None:
    """A length as its number and unit (`%`, `px`, `c`, `rh`, `rw`, `em`); None if it is none."""
    match = _LENGTH.fullmatch(text)
    if match is None or not match[1].strip("+-"):
        return None
    return Fraction(match[1]), match[2]


def decimal(number: Fraction) -> str:
    """A number as a decimal of at most six places."""
    whole, part = divmod(round(abs(number) * 10**PLACES), 10**PLACES)
    text = f"{whole}.{part:0{PLACES}}".rstrip("0").rstrip(".") if part else str(whole)
    return f"-{text}" if number < 0 and text != "0" else text


@lru_cache(maxsize=1024)
def families(font: str) -> str:
    """A font as a value of tts:fontFamily: as it is if it is a list of names, else as one name in quotation marks."""
    if _FAMILIES.fullmatch(font):
        return font
    escaped = font.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@lru_cache(maxsize=1024)
def font(value: str) -> str:
    """The font that a value of tts:fontFamily names, without quotation marks that it does not need."""
    if re.fullmatch(_QUOTED, value):
        name = re.sub(r"\\(.)", r"\1", value[1:-1])
        if name and ("," not in name or not _FAMILIES.fullmatch(name)):
            return name
    return value

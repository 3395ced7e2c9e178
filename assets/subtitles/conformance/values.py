"""The pieces that attribute values are made of: numbers, lengths, colours, tokens (TTML1 8.3, TTML2 10.3)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

_NUMBER = r"[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30}"
_LENGTH = re.compile(rf"([+-]?)({_NUMBER})(px|em|c|rw|rh|%)")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_COMPONENTS = re.compile(r"rgb(a?)\(([^()]{1,100})\)")
_COMPONENT = re.compile(r"[0-9]{1,10}")
_MOST = 255
_WHITE = " \t\r\n"
_NCNAME = re.compile(r"[^\W\d][\w.\-\u00b7]*")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", re.DOTALL)
_IDENTIFIER = re.compile(r"-?(?:[_a-zA-Z\u00a0-\U0010ffff]|\\.)(?:[-_a-zA-Z0-9\u00a0-\U0010ffff]|\\.)*", re.DOTALL)
_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN")
_LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
    r"|en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:be-fr|be-nl|ch-de)"
    r"|art-lojban|cel-gaulish|no-bok|no-nyn|zh-(?:guoyu|hakka|min|min-nan|xiang)",
    re.IGNORECASE,
)


def words(text: str) -> list[str]:
    """The tokens of a value, which white space of XML separates."""
    return [word for word in re.split(f"[{_WHITE}]+", text) if word]


_NAMED = frozenset(
    words(
        "transparent black silver gray white maroon red purple fuchsia magenta green lime olive yellow navy blue teal"
        " aqua cyan"
    )
)


@dataclass(frozen=True, slots=True)
class Length:
    """A length: a number and `px`, `em`, `c`, `rw`, `rh` or `%`."""

    number: Fraction
    unit: str


@lru_cache(maxsize=4096)
def length(text: str) -> Length | None:
    """The length that a token expresses, or None if it is none."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        return None
    sign, number, unit = match.groups()
    value = Fraction(number.removesuffix("."))
    return Length(-value if sign == "-" else value, unit)


@lru_cache(maxsize=4096)
def lengths(text: str) -> tuple[Length, ...]:
    """All tokens of a value as lengths; empty if one of them is none."""
    found = [length(word) for word in words(text)]
    return tuple(item for item in found if item) if all(found) else ()


def every_length(text: str) -> list[Length]:
    """Those tokens of a value that are lengths, whatever else stands there."""
    tokens = words(text.replace(",", " "))
    return [found for token in tokens if (found := length(token)) is not None]


def is_colour(text: str) -> bool:
    """Whether a value is a colour: a name, `#rrggbb`, `#rrggbbaa`, `rgb(…)` or `rgba(…)`."""
    if _COLOUR.fullmatch(text) or text.lower() in _NAMED:
        return True
    match = _COMPONENTS.fullmatch(text)
    if match is None:
        return False
    parts = [part.strip(_WHITE) for part in match[2].split(",")]
    return len(parts) == (4 if match[1] else 3) and all(
        _COMPONENT.fullmatch(part) and int(part) <= _MOST for part in parts
    )


def tokens(text: str) -> list[str]:
    """As `words`, but a colour such as `rgb(0, 0, 0)` is one token and a quoted string too."""
    return re.findall(r"rgba?\([^()]*\)|\"[^\"]*\"|'[^']*'|[^ \t\r\n]+", text)


def is_families(text: str) -> bool:
    """Whether a value is a list of font families: names with or without quotes, separated by commas."""
    rest, comma = text, True
    while comma:
        rest = rest.lstrip(_WHITE)
        match = _QUOTED.match(rest) or _unquoted(rest)
        if match is None:
            return False
        rest = rest[match.end() :].lstrip(_WHITE)
        comma = rest.startswith(",")
        rest = rest[1:] if comma else rest
    return not rest


def _unquoted(text: str) -> re.Match[str] | None:
    """Identifiers with blanks between them, at the beginning of a text."""
    return re.compile(rf"(?:{_IDENTIFIER.pattern})(?:[{_WHITE}]+(?:{_IDENTIFIER.pattern}))*", re.DOTALL).match(text)


def is_float(text: str) -> bool:
    """Whether a value is a float of XML Schema."""
    return _FLOAT.fullmatch(text) is not None


def is_integer(text: str, *, positive: bool = False) -> bool:
    """Whether a value is an integer; digits alone, and more than zero, if it has to be `positive`."""
    if positive:
        return re.fullmatch(r"[0-9]+", text, re.ASCII) is not None and text.strip("0") != ""
    return re.fullmatch(r"[+-]?[0-9]+", text, re.ASCII) is not None


def is_ratio(text: str) -> bool:
    """Whether a value is two positive integers with white space between them."""
    parts = words(text)
    return len(parts) == 2 and all(is_integer(part, positive=True) for part in parts)  # noqa: PLR2004


def is_language(text: str) -> bool:
    """Whether a language tag is well formed (BCP 47, 2.1); whether its subtags exist is not asked."""
    return _LANGUAGE.fullmatch(text) is not None


def is_ncname(text: str) -> bool:
    """Whether a text can be an identifier (XML Namespaces, NCName)."""
    return _NCNAME.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Syntax:
    """What a value may be: a test, and the same in words. `since` is the version of TTML that brought the attribute."""

    allowed: str
    test: Callable[[str], bool]
    since: int = 1


def one_of(allowed: str, *, since: int = 1) -> Syntax:
    """One of the words."""
    choice = frozenset(allowed.split())
    return Syntax(", ".join(allowed.split()), lambda text: text in choice, since)

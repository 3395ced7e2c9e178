"""Values that IMSC 1.1 narrows: units, signs, sizes, words (IMSC 1.1 6, 7.12, 8.4, 9.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assets.subtitles.conformance.position import Position, position
from assets.subtitles.conformance.styles import shadows
from assets.subtitles.conformance.values import (
    every_length,
    is_colour,
    lengths,
    tokens,
    words,
)

_SIGNED: Final = frozenset({"disparity", "textShadow", "shear"})
_WORDS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "display": (frozenset({"inlineBlock"}), "#display-inlineBlock"),
    "displayAlign": (frozenset({"justify"}), "#displayAlign-justify"),
    "textAlign": (frozenset({"justify"}), "#textAlign-justify"),
    "unicodeBidi": (frozenset({"isolate"}), "#unicodeBidi-isolate"),
}
_MAX_SHADOWS: Final = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value, what is allowed, and who says so."""

    what: str
    allowed: str
    clause: str


def clause(section: str, feature: str) -> str:
    """A clause of IMSC 1.1: its section, and the feature that it is about."""
    return f"IMSC 1.1 {section} {feature}"


@lru_cache(maxsize=8192)
def fault(element: str, name: str, value: str, *, text: bool, pixels: bool) -> Fault | None:
    """What is wrong with the value of `tts:name`; `pixels` tells whether the root has an extent in pixels."""
    return (
        _words_fault(name, value)
        or _unit_fault(name, value, text=text, pixels=pixels)
        or (_extent_fault(element, value, text=text) if name == "extent" else None)
        or (_narrow_fault(name, value) if text else _image_fault(name, value))
    )


def _words_fault(name: str, value: str) -> Fault | None:
    banned, feature = _WORDS.get(name, (frozenset(), ""))
    given = value.strip()
    return (
        Fault(f"tts:{name}='{given}'", f"the other values of tts:{name}", clause("6", feature))
        if given in banned
        else None
    )


def _unit_fault(name: str, value: str, *, text: bool, pixels: bool) -> Fault | None:
    """Units that need something, are banned, or stand for the wrong direction; lengths below zero."""
    found = every_length(value)
    units = {item.unit for item in found}
    shown = f"tts:{name}='{value}'"
    if "c" in units:
        return Fault(f"{shown} in cells", "c in ebutts:linePadding alone", clause("7.12", "#length-cell"))
    if "px" in units and not pixels:
        return Fault(f"{shown}, but tt has no tts:extent", "tts:extent in px on tt", clause("7.12", "#extent-root"))
    if name not in _SIGNED and any(item.number < 0 for item in found):
        return Fault(shown, "lengths that are not negative", clause("8.4" if text else "9.4", "#length-negative"))
    if not text and units & {"rw", "rh", "em"}:
        return Fault(shown, "px or %", clause("6", "#length-root-container-relative"))
    if name in {"extent", "position"} and _is_crossed(name, value):
        return Fault(shown, "rw across, rh down", clause("7.12", "#length-root-container-relative"))
    return None


def _is_crossed(name: str, value: str) -> bool:
    """Whether a width is given in rh or a height in rw.

    A position with one length and no edge for it is left in peace: the test suite of the W3C has them either way.
    """
    found = lengths(value)
    if name == "extent":
        return len(found) == 2 and (found[0].unit == "rh" or found[1].unit == "rw")  # noqa: PLR2004
    place = position(value)
    return (
        isinstance(place, Position)
        and not place.alone
        and (place.horizontal.length.unit == "rh" or place.vertical.length.unit == "rw")
    )


def _extent_fault(element: str, value: str, *, text: bool) -> Fault | None:
    found = lengths(value)
    shown = f"tts:extent='{value}'"
    if element == "tt":
        plain = len(found) == 2 and {item.unit for item in found} == {"px"}  # noqa: PLR2004
        return None if plain else Fault(shown, "two lengths in px", clause("7.12", "#extent-root"))
    units = {"px", "%", "rw", "rh"} if text else {"px"}
    if len(found) == 2 and {item.unit for item in found} <= units:  # noqa: PLR2004
        return None
    section = "8.4" if text else "9.4"
    return Fault(shown, f"two lengths in {', '.join(sorted(units))}", clause(section, "#extent-region"))


def _narrow_fault(name: str, value: str) -> Fault | None:
    """What the text profile asks of single attributes."""
    test = _NARROW.get(name)
    if test is None or test[0](value):
        return _emphasis_fault(f"tts:{name}='{value}'", value) if name == "textEmphasis" else None
    return Fault(f"tts:{name}='{value}'", test[1], test[2])


def _units(value: str) -> set[str]:
    return {item.unit for item in every_length(value)}


_NARROW: Final[Mapping[str, tuple[Callable[[str], bool], str, str]]] = {
    "origin": (
        lambda value: len(lengths(value)) == 2 and _units(value) <= {"px", "%"},  # noqa: PLR2004
        "two lengths in px or %",
        clause("8.4", "#origin"),
    ),
    "position": (
        lambda value: _units(value) <= {"px", "%", "rw", "rh"},
        "lengths in px, %, rw or rh",
        clause("8.4", "#position"),
    ),
    "fontSize": (lambda value: len(words(value)) == 1, "one length", clause("6", "#fontSize-anamorphic")),
    "rubyAlign": (
        lambda value: value.strip() in {"center", "spaceAround"},
        "center or spaceAround",
        clause("8.4", "#rubyAlign"),
    ),
    "textOutline": (
        lambda value: len(every_length(value)) <= 1,
        "an outline without blur radius",
        clause("6", "#textOutline-blurred"),
    ),
    "textShadow": (
        lambda value: len(shadows(value)) <= _MAX_SHADOWS,
        f"at most {_MAX_SHADOWS} shadows",
        clause("8.4", "#textShadow"),
    ),
}


def _emphasis_fault(shown: str, value: str) -> Fault | None:
    for token in tokens(value):
        if token[0] in "\"'":
            return Fault(shown, "a mark of clause 6, no quoted one", clause("6", "#textEmphasis-quoted-string"))
        if is_colour(token):
            return Fault(shown, "marks in the colour of the text", clause("6", "#textEmphasis-color"))
    return None


def _image_fault(name: str, value: str) -> Fault | None:
    if name == "writingMode" and value.strip().startswith("tb"):
        return Fault(f"tts:{name}='{value}'", "horizontal writing", clause("6", "#writingMode-vertical"))
    return None

"""The value of tts:position (TTML2 10.3, `<position>`)."""

from dataclasses import dataclass
from fractions import Fraction

from assets.subtitles.conformance.values import Length, length, words

_HORIZONTAL = {"left", "right"}
_VERTICAL = {"top", "bottom"}
_ZERO = Length(Fraction(0), "%")
_HALF = Length(Fraction(50), "%")


@dataclass(frozen=True, slots=True)
class Offset:
    """How far from an edge, `left`, `right`, `top` or `bottom`; a percentage is of the room that is left."""

    edge: str
    length: Length


@dataclass(frozen=True, slots=True)
class Position:
    """A value of tts:position; `alone` if it has one length that names no edge: its direction is easily mistaken."""

    horizontal: Offset
    vertical: Offset
    alone: bool = False


def is_position(text: str) -> bool:
    """Whether a value is a position."""
    return position(text) is not None


def position(text: str) -> Position | None:
    """The position that a value expresses, or None if it is none."""
    given = words(text)
    parts = _parts(given)
    if parts is None:
        return None
    if len(parts) == 1:
        return _single(parts[0])
    first, second = parts
    if _is_vertical(first) or (_is_horizontal(second) and not _is_horizontal(first)):
        first, second = second, first
        if first[0] == "" or second[0] == "":  # lengths without an edge stand in the order x, y
            return None
    if _is_vertical(first) or _is_horizontal(second):
        return None
    if len(given) > len(parts) and "" in {first[0], second[0]}:  # with an edge offset, the other names its edge too
        return None
    sizes = [size for _, size in parts if size is not None]
    alone = len(sizes) == 1 and len(given) == len(parts)
    return Position(_offset(first, "left"), _offset(second, "top"), alone)


_Part = tuple[str, Length | None]


def _parts(given: list[str]) -> list[_Part] | None:
    """One or two pairs of keyword and length; either may be missing, `center` has no length."""
    parts: list[_Part] = []
    for word in given:
        size = length(word)
        if size is None:
            if word not in _HORIZONTAL | _VERTICAL | {"center"}:
                return None
            parts.append((word, None))
        elif parts and parts[-1][0] in _HORIZONTAL | _VERTICAL and parts[-1][1] is None and _takes(given):
            parts[-1] = (parts[-1][0], size)
        else:
            parts.append(("", size))
    return parts if 1 <= len(parts) <= 2 else None  # noqa: PLR2004


def _takes(given: list[str]) -> bool:
    """Whether a length belongs to the edge before it: in a value of two words it is a component of its own."""
    return len(given) > 2  # noqa: PLR2004


def _single(part: _Part) -> Position | None:
    word, size = part
    if _is_vertical(part):
        return Position(Offset("left", _HALF), _offset(part, "top"))
    return Position(_offset(part, "left"), Offset("top", _HALF), alone=not word and size is not None)


def _is_horizontal(part: _Part) -> bool:
    return part[0] in _HORIZONTAL


def _is_vertical(part: _Part) -> bool:
    return part[0] in _VERTICAL


def _offset(part: _Part, near: str) -> Offset:
    word, size = part
    if word == "center":
        return Offset(near, _HALF)
    return Offset(word or near, size or _ZERO)

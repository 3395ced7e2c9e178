"""Values of style attributes of TTML2 that are made of several parts in any order: borders, variants of glyphs."""

import re
from typing import Final

from assets.subtitles.conformance.values import is_colour, length, words

_TOKEN: Final = re.compile(r"[a-z]+\([^()]*\)|[^\s()]+|[()]")
_VARIANTS: Final = (frozenset({"super", "sub"}), frozenset({"full", "half"}), frozenset({"ruby"}))
_LINES: Final = frozenset({"none", "dotted", "dashed", "solid", "double"})
_THICKNESSES: Final = frozenset({"thin", "medium", "thick"})
_RADII: Final = re.compile(r"radii\(([^()]*)\)")


def is_variant(text: str) -> bool:
    """Whether a value is `normal`, or at most one word of each kind of variant of glyphs (TTML2, fontVariant)."""
    given = words(text)
    kinds = [next((number for number, kind in enumerate(_VARIANTS) if word in kind), -1) for word in given]
    return given == ["normal"] or (bool(kinds) and -1 not in kinds and len(set(kinds)) == len(kinds))


def is_border(text: str) -> bool:
    """Whether a value is a thickness, a style, a colour and radii, each at most once (TTML2, border)."""
    kinds = [_border_kind(item) for item in _TOKEN.findall(text)]
    return bool(kinds) and "" not in kinds and len(set(kinds)) == len(kinds)


def _border_kind(token: str) -> str:
    if token in _LINES:
        return "style"
    if token in _THICKNESSES or _is_size(token):
        return "thickness"
    if radii := _RADII.fullmatch(token):
        sizes = radii[1].split(",")
        return "radii" if len(sizes) in {1, 2} and all(_is_size(size.strip()) for size in sizes) else ""
    return "colour" if is_colour(token) else ""


def _is_size(text: str) -> bool:
    found = length(text)
    return found is not None and found.number >= 0

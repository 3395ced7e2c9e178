"""The style attributes of TTML1 and TTML2: what each may say (TTML1 8.2, TTML2 10.2), and the clause that says so."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from assets.subtitles.conformance.compound import is_border, is_variant
from assets.subtitles.conformance.position import is_position
from assets.subtitles.conformance.values import (
    Length,
    Syntax,
    is_colour,
    is_families,
    is_float,
    is_integer,
    length,
    lengths,
    one_of,
    tokens,
    words,
)

_TTML1: Final = words(
    "backgroundColor color direction display displayAlign extent fontFamily fontSize fontStyle fontWeight lineHeight"
    " opacity origin overflow padding showBackground textAlign textDecoration textOutline unicodeBidi visibility"
    " wrapOption writingMode zIndex"
)
_TTML2: Final = words(
    "backgroundClip backgroundColor backgroundExtent backgroundImage backgroundOrigin backgroundPosition"
    " backgroundRepeat border bpd color direction disparity display displayAlign extent fontFamily fontKerning"
    " fontSelectionStrategy fontShear fontSize fontStyle fontVariant fontWeight ipd letterSpacing lineHeight lineShear"
    " luminanceGain opacity origin overflow padding position ruby rubyAlign rubyPosition rubyReserve shear"
    " showBackground textAlign textCombine textDecoration textEmphasis textOrientation textOutline textShadow"
    " unicodeBidi visibility wrapOption writingMode zIndex"
)
_FIRST: Final = 2
"""The first of these attributes is the second subclause: the first is the style attribute itself."""

_DECORATIONS = (("underline", "noUnderline"), ("lineThrough", "noLineThrough"), ("overline", "noOverline"))
_MARKS = (frozenset({"filled", "open"}), frozenset({"circle", "dot", "sesame"}))
_POSITIONS = frozenset({"before", "after", "outside"})


def clause(name: str, version: int) -> str:
    """The clause of a style attribute, such as `TTML1 8.2.7` for `tts:extent`."""
    local = name.partition(":")[2]
    if version == 1 and local in _TTML1:
        return f"TTML1 8.2.{_TTML1.index(local) + _FIRST}"
    return f"TTML2 10.2.{_TTML2.index(local) + _FIRST}" if local in _TTML2 else "TTML2 10.2"


def _positive(found: Sequence[Length]) -> bool:
    return all(item.number >= 0 for item in found)


def _some(least: int, most: int) -> Syntax:
    """So many lengths, none of them negative."""
    many = str(least) if least == most else f"{least} to {most}"
    return Syntax(
        f"{many} lengths (px, em, c, %, rw, rh), none negative",
        lambda text: least <= len(found := lengths(text)) <= most and _positive(found),
    )


def _or_lengths(keywords: str, syntax: Syntax, *, signed: bool = False, count: int = 2, since: int = 1) -> Syntax:
    """One of the words, or `count` lengths."""
    choice = frozenset(keywords.split())

    def test(text: str) -> bool:
        return text in choice or (len(lengths(text)) == count if signed else syntax.test(text))

    said = f"{count} lengths" if signed else syntax.allowed
    return Syntax(f"{' or '.join(keywords.split())}, or {said}", test, since)


def _is_font_size(text: str) -> bool:
    found = lengths(text)
    return len(found) in {1, 2} and _positive(found) and len({item.unit for item in found}) == 1


def _is_decoration(text: str) -> bool:
    given = words(text)
    if given == ["none"]:
        return True
    kinds = [next((number for number, pair in enumerate(_DECORATIONS) if word in pair), -1) for word in given]
    return bool(kinds) and -1 not in kinds and len(set(kinds)) == len(kinds)


def _is_outline(text: str) -> bool:
    given = tokens(text)
    if given == ["none"]:
        return True
    if given and is_colour(given[0]):
        given = given[1:]
    found = [length(item) for item in given]
    return len(found) in {1, 2} and all(item is not None and item.number >= 0 for item in found)


def _is_shadow(text: str) -> bool:
    given = tokens(text)
    if given and is_colour(given[-1]):
        given = given[:-1]
    found = [length(item) for item in given]
    return len(found) in {2, 3} and all(found) and all(item is not None and item.number >= 0 for item in found[2:])


def shadows(text: str) -> list[str]:
    """The shadows of a value of tts:textShadow; commas in `rgb(…)` part nothing."""
    parts, depth, start = [], 0, 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == "," and not depth:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def is_emphasis(text: str) -> bool:
    """Whether a value is a style, a colour and a position of emphasis marks, each at most once."""
    given = tokens(text)
    kinds = [_emphasis_kind(item) for item in given]
    plain = kinds.count("word") + kinds.count("string")
    marked = kinds.count("fill") + kinds.count("shape")
    return (
        bool(given)
        and "" not in kinds
        and plain <= 1
        and not (plain and marked)
        and all(kinds.count(kind) <= 1 for kind in ("fill", "shape", "colour", "position"))
    )


def _emphasis_kind(token: str) -> str:
    if token in {"none", "auto"}:
        return "word"
    if token[0] in "\"'":
        return "string"
    if token in _MARKS[0] | _MARKS[1]:
        return "fill" if token in _MARKS[0] else "shape"
    if token in _POSITIONS:
        return "position"
    return "colour" if is_colour(token) or token.startswith("current") else ""


def _is_reserve(text: str) -> bool:
    given = words(text)
    if given == ["none"]:
        return True
    size = length(given[1]) if len(given) == 2 else None  # noqa: PLR2004
    return given[:1] != [] and given[0] in _POSITIONS | {"both"} and (len(given) == 1 or size is not None)


def _is_percentage(text: str) -> bool:
    found = length(text)
    return found is not None and found.unit == "%"


_COLOUR = Syntax("a colour: #rrggbb, #rrggbbaa, rgb(r,g,b), rgba(r,g,b,a) or one of the 19 names", is_colour)
_TWO, _ONE = _some(2, 2), _some(1, 1)
_PERCENTAGE = Syntax("a percentage", _is_percentage, 2)
_ANY2 = Syntax("any value", lambda _text: True, 2)
_RECTANGLE = one_of("border content padding", since=2)
_MEASURE = _or_lengths("auto fitContent maxContent minContent", _ONE, count=1, since=2)

STYLES: Final[Mapping[str, Syntax]] = {
    **{f"tts:{name}": _ANY2 for name in _TTML2},
    "tts:backgroundClip": _RECTANGLE,
    "tts:backgroundColor": _COLOUR,
    "tts:backgroundExtent": _or_lengths("auto contain cover", _TWO, since=2),
    "tts:backgroundOrigin": _RECTANGLE,
    "tts:backgroundPosition": Syntax("one to four of left, right, top, bottom, center and lengths", is_position, 2),
    "tts:backgroundRepeat": one_of("repeat repeatX repeatY noRepeat", since=2),
    "tts:border": Syntax("a thickness, a style, a colour and radii(…) of a border, each at most once", is_border, 2),
    "tts:bpd": _MEASURE,
    "tts:color": _COLOUR,
    "tts:direction": one_of("ltr rtl"),
    "tts:disparity": Syntax("a length", lambda text: length(text) is not None, 2),
    "tts:display": one_of("auto none inlineBlock"),
    "tts:displayAlign": one_of("before center after justify"),
    "tts:extent": _or_lengths("auto contain cover", _TWO),
    "tts:fontFamily": Syntax("font families, separated by commas", is_families),
    "tts:fontKerning": one_of("none normal", since=2),
    "tts:fontSelectionStrategy": one_of("auto character", since=2),
    "tts:fontSize": Syntax("one length, or two of one unit, not negative", _is_font_size),
    "tts:fontStyle": one_of("normal italic oblique"),
    "tts:fontVariant": Syntax("normal, or super or sub, full or half, and ruby", is_variant, 2),
    "tts:fontWeight": one_of("normal bold"),
    "tts:ipd": _MEASURE,
    "tts:letterSpacing": _or_lengths("normal", _ONE, signed=True, count=1, since=2),
    "tts:lineHeight": _or_lengths("normal", _ONE, count=1),
    "tts:luminanceGain": Syntax("a number, not negative", lambda text: is_float(text) and text[0] not in "-NI", 2),
    "tts:opacity": Syntax("a number from 0 to 1", is_float),
    "tts:origin": _or_lengths("auto", _TWO, signed=True),
    "tts:overflow": one_of("visible hidden"),
    "tts:padding": _some(1, 4),
    "tts:position": Syntax("one to four of left, right, top, bottom, center and lengths", is_position, 2),
    "tts:ruby": one_of("none container base baseContainer text textContainer delimiter", since=2),
    "tts:rubyAlign": one_of("start center end spaceAround spaceBetween withBase", since=2),
    "tts:rubyPosition": one_of("before after outside", since=2),
    "tts:rubyReserve": Syntax("none, or both, before, after or outside and a length", _is_reserve, 2),
    "tts:shear": _PERCENTAGE,
    "tts:fontShear": _PERCENTAGE,
    "tts:lineShear": _PERCENTAGE,
    "tts:showBackground": one_of("always whenActive"),
    "tts:textAlign": one_of("left center right start end justify"),
    "tts:textCombine": one_of("none all", since=2),
    "tts:textDecoration": Syntax("none, or underline, lineThrough, overline or their no… forms", _is_decoration),
    "tts:textEmphasis": Syntax("a style, a colour and a position of marks, each at most once", is_emphasis, 2),
    "tts:textOrientation": one_of("mixed sideways sidewaysLeft sidewaysRight upright", since=2),
    "tts:textOutline": Syntax("none, or a colour, a thickness and a blur radius", _is_outline),
    "tts:textShadow": Syntax(
        "none, or shadows of two or three lengths and a colour",
        lambda text: text == "none" or all(_is_shadow(part) for part in shadows(text)),
        2,
    ),
    "tts:unicodeBidi": one_of("normal embed bidiOverride isolate"),
    "tts:visibility": one_of("visible hidden"),
    "tts:wrapOption": one_of("wrap noWrap"),
    "tts:writingMode": one_of("lrtb rltb tbrl tblr lr rl tb"),
    "tts:zIndex": Syntax("auto or an integer", lambda text: text == "auto" or is_integer(text)),
}

_LATER: Final[Mapping[str, frozenset[str]]] = {
    "tts:display": frozenset({"inlineBlock"}),
    "tts:displayAlign": frozenset({"justify"}),
    "tts:extent": frozenset({"contain", "cover"}),
    "tts:textAlign": frozenset({"justify"}),
    "tts:unicodeBidi": frozenset({"isolate"}),
}
"""Words that TTML2 added to attributes of TTML1."""


@lru_cache(maxsize=8192)
def is_style_value(name: str, value: str, version: int) -> bool:
    """Whether a style attribute may have a value. `inherit` was a value of all of them before TTML2."""
    text = value.strip(" \t\r\n")
    return (text == "inherit" and version == 1) or STYLES[name].test(text)


@lru_cache(maxsize=8192)
def is_later(name: str, value: str) -> bool:
    """Whether an attribute or its value came with TTML2."""
    syntax = STYLES.get(name)
    if syntax is None:
        return False
    found = lengths(value)
    return syntax.since > 1 or value.strip() in _LATER.get(name, ()) or any(item.unit in {"rw", "rh"} for item in found)

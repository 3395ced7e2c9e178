"""The styles of TTML: which are inherited, which the model holds, and which change nothing."""

from collections.abc import Iterator, Mapping

from assets.subtitles import ttml_values
from assets.subtitles.ttml_names import FOREIGN

IMAGES = frozenset({"tts:backgroundImage", "smpte:backgroundImage"})
"""Attributes that show a picture in place of text."""

STYLING = ("tts:", "itts:", "ebutts:")
"""The prefixes of styles."""

INHERITED = frozenset(
    {
        *(f"tts:{name}" for name in ("color", "fontFamily", "fontStyle", "fontWeight", "textDecoration", "textAlign")),
        *(f"tts:{name}" for name in ("textEmphasis", "textCombine", "fontShear", "lineShear", "shear", "visibility")),
        *("tts:rubyPosition", "itts:forcedDisplay", "ebutts:multiRowAlign"),
    }
)
_OWN = frozenset({"tts:backgroundColor", "tts:display", "tts:ruby"})
_LAYOUT = frozenset(
    f"tts:{name}" for name in ("displayAlign", "extent", "origin", "position", "showBackground", "writingMode")
)
_HELD = INHERITED | _OWN | _LAYOUT
_NEUTRAL = {
    "tts:direction": {"ltr"},
    "tts:fontSize": {"100%", "1c"},
    "tts:lineHeight": {"normal"},
    "tts:opacity": {"1", "1.0"},
    "tts:overflow": {"hidden", "visible"},
    "tts:rubyAlign": {"center"},
    "tts:rubyReserve": {"none", "outside"},
    "tts:unicodeBidi": {"normal"},
    "tts:wrapOption": {"wrap"},
}
"""Values of styles that the model does not hold which change nothing, or only how far rows stand apart."""

_PASSED_OVER = frozenset({"style", "region", "timeContainer", "xml:space", "xml:lang", "xml:base", "ttm:agent", "id"})


def not_held(name: str, own: Mapping[str, str]) -> Iterator[str]:
    """The styles of the element `name` that change what is shown and that the model does not hold.

    A background is held behind text, not behind a whole paragraph or region; a place is held of regions alone.
    """
    for key, value in own.items():
        if key in IMAGES:
            lost = False  # reported where it is
        elif key not in _HELD:
            lost = value not in _NEUTRAL.get(key, ())
        elif key == "tts:backgroundColor":
            lost = name != "span" and not ttml_values.is_transparent(ttml_values.colour(value) or value)
        else:
            lost = key in _LAYOUT and name not in {"region", "initial"} and key != "tts:showBackground"
        if lost:
            yield key if name in {"span", "region"} or key not in _HELD else f"{key} of {name}"


def not_read(given: Mapping[str, str]) -> Iterator[str]:
    """The attributes of an element of the body that are neither styles nor read."""
    for key in given:
        if not key.startswith(STYLING) and key not in _PASSED_OVER and key not in IMAGES:
            yield key.removeprefix(FOREIGN)

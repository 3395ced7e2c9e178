"""Styles, colours and alignment of SubStation Alpha (v4) and Advanced SubStation Alpha (v4+), as far as the model goes.

Sources: the published descriptions of the v4.00 and v4.00+ script formats; where they are silent, what libass does.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

FONT = "sans-serif"
"""The font of the style that is written; read in a style it is no font at all."""

WHITE = "#ffffff"

_LEGACY = {1: 1, 2: 2, 3: 3, 5: 7, 6: 8, 7: 9, 9: 4, 10: 5, 11: 6}
"""Alignment of v4 and of the tag \\a, and the key of a numeric keypad: 4 is added for the top, 8 for the middle."""

LEGACY_OF = {key: legacy for legacy, key in _LEGACY.items()}

_HEX = re.compile(r"&?H?([0-9A-Fa-f]{1,16})&?", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]{1,20}", re.ASCII)
_BOLD_WEIGHT = 600
_OPAQUE = 0xFF
_HELD = frozenset(
    {"name", "fontname", "primarycolour", "bold", "italic", "underline", "alignment", "encoding", "alphalevel"}
)
_NEUTRAL = {
    "fontsize": {"60", "18"},
    "secondarycolour": {"&h000000ff", "255"},
    "outlinecolour": {"&h00000000"},
    "tertiarycolour": {"0"},
    "backcolour": {"&h00000000", "0"},
    "strikeout": {"0"},
    "scalex": {"100"},
    "scaley": {"100"},
    "spacing": {"0"},
    "angle": {"0"},
    "borderstyle": {"1"},
    "outline": {"2"},
    "shadow": {"0"},
    "marginl": {"60"},
    "marginr": {"60"},
    "marginv": {"60"},
}
"""What a style says of the rest where it is the one that is written here; anything else is reported as not kept."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text looks. `colour` is `#rrggbb`, empty for the default; `alpha` is 255 where it is opaque."""

    italic: bool = False
    bold: bool = False
    underline: bool = False
    colour: str = ""
    alpha: int = _OPAQUE
    font: str = ""

    @property
    def model_colour(self) -> str:
        """The colour as the model has it: `#rrggbb`, or with two more digits where it is not opaque."""
        return self.colour if self.alpha == _OPAQUE else f"{self.colour or WHITE}{self.alpha:02x}"


@dataclass(frozen=True, slots=True)
class Style:
    """A named style: its look, and where it places a cue, as on a numeric keypad."""

    look: Look = Look()
    position: int = 2


def style(fields: Mapping[str, str], *, legacy: bool) -> Style:
    """The style of a Style line's fields, by their names in lower case; `legacy` is v4 without plus."""
    number = _DECIMAL.fullmatch(fields.get("alignment", "2"))
    code = int(number[0]) if number else 2
    colour, alpha = colour_of(fields.get("primarycolour", "")) or (WHITE, _OPAQUE)
    font = fields.get("fontname", "")
    return Style(
        Look(
            italic=fields.get("italic", "0") not in {"0", ""},
            bold=is_bold(fields.get("bold", "0")),
            underline=fields.get("underline", "0") not in {"0", ""},
            colour="" if colour == WHITE else colour,
            alpha=_OPAQUE if legacy else alpha,
            font="" if font == FONT else font,
        ),
        keypad(code, legacy=legacy) or 2,
    )


def not_held(fields: Mapping[str, str]) -> str:
    """What a style says that the model cannot hold: `fontsize 28, outline 1.00`."""
    return ", ".join(
        f"{name} {value}"
        for name, value in fields.items()
        if name not in _HELD and value.lower() not in _NEUTRAL.get(name, ())
    )


def keypad(code: int, *, legacy: bool) -> int | None:
    """The place of an alignment code, as on a numeric keypad; None for a code that means nothing."""
    if legacy:
        return _LEGACY.get(code)
    return code if 1 <= code <= 9 else None  # noqa: PLR2004 -- the keys of a numeric keypad


def is_bold(value: str) -> bool:
    """Whether a weight is bold: 1 or -1, or a weight of the CSS scale from 600."""
    number = _DECIMAL.fullmatch(value)
    return number is not None and (int(number[0]) in {1, -1} or int(number[0]) >= _BOLD_WEIGHT)


def colour_of(value: str) -> tuple[str, int] | None:
    """`#rrggbb` and the opacity (255 is opaque) of `&HAABBGGRR`, `&HBBGGRR&` or a decimal number; None for others."""
    text = value.strip()
    if match := _DECIMAL.fullmatch(text):
        number = int(match[0])
    elif match := _HEX.fullmatch(text):
        number = int(match[1], 16)
    else:
        return None
    red, green, blue, transparency = (number >> shift & 0xFF for shift in (0, 8, 16, 24))
    return f"#{red:02x}{green:02x}{blue:02x}", _OPAQUE - transparency


def alpha_of(value: str) -> int | None:
    """The opacity of `&HAA&`, where 00 is opaque; None for what is none."""
    match = _HEX.fullmatch(value.strip())
    return _OPAQUE - (int(match[1], 16) & 0xFF) if match else None


def bgr(colour: str) -> str:
    """The digits `BBGGRR` of `#rrggbb` or `#rrggbbaa`."""
    return f"{colour[5:7]}{colour[3:5]}{colour[1:3]}".upper()

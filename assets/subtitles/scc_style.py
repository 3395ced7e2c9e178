"""The styles that line 21 captions have, and the codes that lead from one to another (47 CFR 79.101, CTA-608)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assets.subtitles import scc_codes as codes
from assets.subtitles.model import Run

Code = tuple[int, int]
"""A control code of two bytes, without parity."""


@dataclass(frozen=True, slots=True)
class Style:
    """The styles that line 21 has. An empty colour is white, an empty background black."""

    italic: bool = False
    underline: bool = False
    colour: str = ""
    background: str = ""


PLAIN = Style()


@lru_cache(maxsize=256)
def colour_of(colour: str) -> str | None:
    """A colour as one of line 21, or None if it has none like it."""
    colour = colour.lower().removesuffix("ff") if len(colour) == len("#rrggbbaa") else colour.lower()
    colour = "" if colour == "#ffffff" else colour
    return colour if colour in {*codes.COLOURS, codes.BLACK} else None


@lru_cache(maxsize=256)
def background_of(background: str) -> str | None:
    """A background as one of line 21, or None if it has none like it."""
    background = background.lower()
    if len(background) == len("#rrggbbaa"):
        base, alpha = background[:7], background[7:]
        if alpha == "00":
            return codes.CLEAR
        half = codes.HALF if alpha == codes.HALF else ""
        known = alpha in {"ff", codes.HALF} and (base in codes.BACKGROUNDS or base == codes.BLACK)
        return (base + half if half else _background(base)) if known else None
    return _background(background) if background in {*codes.BACKGROUNDS, codes.BLACK} else None


def _background(background: str) -> str:
    return "" if background == codes.BLACK else background


@lru_cache(maxsize=256)
def _style_of(italic: bool, underline: bool, colour: str, background: str) -> Style:
    return Style(italic, underline, colour_of(colour) or "", background_of(background) or "")


def style_of(run: Run) -> Style:
    """The style of a run, as near as line 21 has it."""
    return _style_of(run.italic, run.underline, run.colour, run.background)


def changes(old: Style, new: Style) -> Iterator[Code]:
    """The codes that lead from one style to another; a background first, as it is kept by the others."""
    if old.background != new.background:
        yield _background_code(new.background)
    if (old.italic, old.underline, old.colour) == (new.italic, new.underline, new.colour):
        return
    if old.colour != new.colour or not new.italic:
        if new.colour == codes.BLACK:
            yield codes.TAB, codes.BLACK_TEXT + new.underline
        else:
            yield codes.STYLE, 0x20 | codes.COLOURS.index(new.colour) << 1 | new.underline
    if new.italic:
        yield codes.STYLE, 0x20 | codes.ITALICS << 1 | new.underline


def _background_code(background: str) -> Code:
    if background == codes.CLEAR:
        return codes.TAB, codes.CLEAR_BACKGROUND
    half = background.endswith(codes.HALF) and len(background) == len("#rrggbbaa")
    base = _background(background[:7]) if half else background
    return codes.BACKGROUND, 0x20 | codes.BACKGROUNDS.index(base) << 1 | half


def addressed(style: Style) -> Style:
    """What of a style an address can set at the edge of the screen: a colour but black, or white italics."""
    colour = style.colour if style.colour != codes.BLACK else ""
    return Style(italic=style.italic and not style.colour, underline=style.underline, colour=colour)

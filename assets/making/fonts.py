"""A font that can draw a text in any script: one that is named, the one that Pillow carries, one of the system's."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assets.errors import UsageError

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_SUFFIXES = frozenset({".ttf", ".ttc", ".otf", ".otc"})
_MOST_FONTS = 2000

# Parts of the names of families with Korean and Japanese letters: they are looked at first.
_PREFERRED = (
    "notosanscjk",
    "notosanskr",
    "notosansjp",
    "sourcehansans",
    "applesdgothic",
    "hiragino",
    "malgun",
    "yugoth",
    "meiryo",
    "nanumgothic",
    "arialunicode",
    "dejavusans.",
    "notosans-regular",
)

_NO_LETTER = "\U0010fffe"
"""A noncharacter: no font has a glyph for it, so that its picture is that of a letter that is missing."""

_PROBE_PIXELS = 24
_JOINERS, _UNSEEN = "\u200c\u200d", frozenset({"Cc", "Cf", "Cs"})


def one_line(text: str) -> str:
    """A text as one line that can be drawn: composed, white space as one space, without control characters."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(char for char in composed if char in _JOINERS or unicodedata.category(char) not in _UNSEEN).strip()


def font_for(text: str, pixels: int, named: Path | None = None) -> FreeTypeFont:
    """A font with every letter of a text, that many pixels high; with `named` only that one.

    Raises UsageError with the letters that no font can draw: boxes in their place would look like a mark.
    """
    if named is not None:
        font = _opened(named, pixels)
        if font is None:
            raise UsageError(f"{named}: is no font; a TrueType or OpenType file")
        if lacking := _lacking(font, text):
            raise UsageError(f"{named}: has no letter for {_shown(lacking)}; name another font with --font")
        return font
    fewest = text
    for font in _candidates(pixels):
        lacking = _lacking(font, text)
        if not lacking:
            return font
        fewest = min(fewest, lacking, key=len)
    raise UsageError(f"{text!r}: no font here can draw {_shown(fewest)}; name one that can with --font")


def _candidates(pixels: int) -> Iterator[FreeTypeFont]:
    from PIL import ImageFont

    own = ImageFont.load_default(pixels)
    if isinstance(own, ImageFont.FreeTypeFont):
        yield own
    for path in _system_fonts():
        font = _opened(path, pixels)
        if font is not None:
            yield font


def _opened(path: Path, pixels: int) -> FreeTypeFont | None:
    from PIL import ImageFont

    try:
        return ImageFont.truetype(str(path), pixels)
    except OSError:
        return None


def _lacking(font: FreeTypeFont, text: str) -> str:
    """The letters of a text that a font would draw as it draws one that it does not have, or as nothing."""
    probe = font.font_variant(size=_PROBE_PIXELS)
    missing = _drawn(probe, _NO_LETTER)
    letters = [char for char in dict.fromkeys(text) if not char.isspace() and unicodedata.category(char) != "Cf"]
    return "".join(char for char in letters if _drawn(probe, char) in {missing, None})


def _drawn(font: FreeTypeFont, char: str) -> bytes | None:
    """The picture of a letter, None if nothing is drawn."""
    mask = font.getmask(char)
    return bytes(mask) if mask.getbbox() else None


@lru_cache(maxsize=1)
def _system_fonts() -> tuple[Path, ...]:
    """The font files of this system, those with letters of many scripts first."""
    found = [path for folder in _folders() for path in _fonts_below(folder)][:_MOST_FONTS]
    return tuple(sorted(dict.fromkeys(found), key=_rank))


def _fonts_below(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        yield from (Path(where) / name for name in sorted(names) if Path(name).suffix.lower() in _SUFFIXES)


def _folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    if sys.platform == "win32":
        return (Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "Fonts",)
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts")


def _rank(path: Path) -> tuple[int, int, str]:
    """Preferred families first, in their order, and of a family the regular weight."""
    name = path.name.lower().replace(" ", "")
    place = next((number for number, part in enumerate(_PREFERRED) if part in name), len(_PREFERRED))
    return place, "regular" not in name, str(path)


def _shown(letters: str) -> str:
    first = ", ".join(f"{char!r} (U+{ord(char):04X})" for char in letters[:5])
    return f"{first} …" if len(letters) > 5 else first  # noqa: PLR2004 -- as many as are shown

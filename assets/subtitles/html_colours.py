"""Colours as SAMI and SubRip files have them: hexadecimal with or without `#`, three digits or six, and names."""

import re

_HEX = re.compile(r"#?([0-9A-Fa-f]{6})", re.ASCII)
_SHORT_HEX = re.compile(r"#([0-9A-Fa-f])([0-9A-Fa-f])([0-9A-Fa-f])", re.ASCII)
_COLOURS = {
    "black": "000000",
    "silver": "c0c0c0",
    "gray": "808080",
    "grey": "808080",
    "white": "ffffff",
    "maroon": "800000",
    "red": "ff0000",
    "purple": "800080",
    "fuchsia": "ff00ff",
    "magenta": "ff00ff",
    "green": "008000",
    "lime": "00ff00",
    "olive": "808000",
    "yellow": "ffff00",
    "navy": "000080",
    "blue": "0000ff",
    "teal": "008080",
    "aqua": "00ffff",
    "cyan": "00ffff",
    "orange": "ffa500",
    "pink": "ffc0cb",
    "hotpink": "ff69b4",
    "gold": "ffd700",
    "skyblue": "87ceeb",
    "violet": "ee82ee",
    "brown": "a52a2a",
    "tomato": "ff6347",
    "salmon": "fa8072",
    "khaki": "f0e68c",
    "lightgreen": "90ee90",
    "lightblue": "add8e6",
    "deepskyblue": "00bfff",
    "coral": "ff7f50",
    "beige": "f5f5dc",
    "ivory": "fffff0",
}
"""The colours of HTML 4 by name, and the others that files were found with."""


def colour_of(value: str) -> str | None:
    """`#rrggbb` of a colour as files have it; empty for none, None for one that is unknown."""
    text = value.strip()
    if not text:
        return ""
    if match := _HEX.fullmatch(text):
        return f"#{match[1].lower()}"
    if match := _SHORT_HEX.fullmatch(text):
        return "#" + "".join(digit * 2 for digit in match.groups()).lower()
    name = _COLOURS.get(text.lower())
    return f"#{name}" if name else None

"""The code tables of line 21 captions (CTA-608; 47 CFR 79.101): bytes without their parity bit.

A control code is two bytes, of which the first is 10h to 1Fh; its bit 08h tells the second channel of a field. Here
the bit is off. Characters of the extended sets replace the character before them, as older decoders show only that.
"""

import unicodedata

_REPLACED = {
    0x2A: "á",
    0x5C: "é",
    0x5E: "í",
    0x5F: "ó",
    0x60: "ú",
    0x7B: "ç",
    0x7C: "÷",
    0x7D: "Ñ",
    0x7E: "ñ",
    0x7F: "█",
}
BASIC = {code: _REPLACED.get(code, chr(code)) for code in range(0x20, 0x80)}
"""One byte each (79.101 (g))."""

TRANSPARENT = "\u00a0"
"""Stands for the transparent space, through which the picture shows."""

SPECIAL = {(0x11, code): character for code, character in enumerate("®°½¿™¢£♪à" + TRANSPARENT + "èâêîôû", 0x30)}
EXTENDED = {
    **{(0x12, code): character for code, character in enumerate("ÁÉÓÚÜü‘¡*'—©℠•“”", 0x20)},
    **{(0x12, code): character for code, character in enumerate("ÀÂÇÈÊËëÎÏïÔÙùÛ«»", 0x30)},
    **{(0x13, code): character for code, character in enumerate("ÃãÍÌìÒòÕõ{}\\^_|~", 0x20)},
    **{(0x13, code): character for code, character in enumerate("ÄäÖöß¥¤¦ÅåØø┌┐└┘", 0x30)},
}

COLOURS = ("", "#00ff00", "#0000ff", "#00ffff", "#ff0000", "#ffff00", "#ff00ff")
"""White, which is the default, green, blue, cyan, red, yellow, magenta: half of the low bits of a style code."""

ITALICS = 7
BACKGROUNDS = ("#ffffff", *COLOURS[1:], "")
"""White first, black, the default, last; half of the low bits of a background code."""

BLACK = "#000000"
HALF = "80"
CLEAR = "#00000000"

ROWS, COLUMNS = 15, 32
_PAIRS = {
    0x11: (1, 2),
    0x12: (3, 4),
    0x15: (5, 6),
    0x16: (7, 8),
    0x17: (9, 10),
    0x10: (11,),
    0x13: (12, 13),
    0x14: (14, 15),
}
ADDRESS_OF = {
    row: (first, base) for first, rows in _PAIRS.items() for row, base in zip(rows, (0x40, 0x60), strict=False)
}
"""The first byte and the base of the second of the preamble address code of each row."""

ROW_OF = {address: row for row, address in ADDRESS_OF.items()}

RCL, BS, AOF, AON, DER, RU2, RU3, RU4, FON, RDC, TR, RTD, EDM, CR, ENM, EOC = range(0x20, 0x30)
"""Second bytes of the miscellaneous control codes, whose first is 14h in field 1 and 15h in field 2."""

FIELD_1, FIELD_2 = 0x14, 0x15
CHANNEL_BIT = 0x08
STYLE, BACKGROUND, TAB = 0x11, 0x10, 0x17
TABS = range(0x21, 0x24)
CLEAR_BACKGROUND, BLACK_TEXT, BLACK_UNDERLINED = 0x2D, 0x2E, 0x2F


def background(low: int) -> str:
    """The colour of the low four bits of a background code."""
    colour = BACKGROUNDS[low >> 1]
    return (colour or BLACK) + HALF if low & 1 else colour


def is_fallback(shown: str, extended: str) -> bool:
    """Whether a character is likely to stand in for an extended one: no other letter, and not extended itself."""
    base = unicodedata.normalize("NFD", extended)[0]
    if shown not in BASIC.values():
        return False
    return not (shown.isalpha() and base.isascii() and base.isalpha()) or shown.casefold() == base.casefold()


def with_parity(byte: int) -> int:
    """The byte with bit 80h set so that the number of its one bits is odd."""
    return byte | (0x80 if byte.bit_count() % 2 == 0 else 0)


def has_parity(byte: int) -> bool:
    """Whether the number of one bits of a byte is odd."""
    return byte.bit_count() % 2 == 1

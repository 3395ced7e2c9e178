"""The character code tables of EBU STL (Tech 3264, appendix 2): bytes of a text field -> text, and back.

Table 00 is that of ISO 6937: an accent is a byte before its letter. It is read as files are found: 24h and A4h are both
the dollar sign (the edition of 1983 has the currency sign at 24h). E2h, which Croatian and Icelandic read differently,
is read as Đ. The other tables are ISO 8859, parts 5 to 8.
"""

import unicodedata
from functools import cache

LATIN = "00"
TABLES = {LATIN: "Latin", "01": "iso8859_5", "02": "iso8859_6", "03": "iso8859_7", "04": "iso8859_8"}
"""Character code table numbers (CCT) and, but for Latin, the Python codec of the table."""

_TABLE_OF = {
    **dict.fromkeys(("be", "bg", "kk", "mk", "mo", "ru", "sr", "tg", "tt", "uk", "uz"), "01"),
    **dict.fromkeys(("ar", "fa", "ps", "ur"), "02"),
    "el": "03",
    "he": "04",
}
_SINGLE = {
    **{code: chr(code) for code in range(0x20, 0x7F)},
    **{code: chr(code) for code in (*range(0xA0, 0xA4), 0xA5, 0xA7, 0xAB, *range(0xB0, 0xB4), *range(0xB5, 0xB8))},
    **{code: chr(code) for code in range(0xBB, 0xC0)},
    **dict(zip(range(0xA8, 0xB0), "¤‘“«←↑→↓", strict=True)),
    **dict(zip(range(0xD0, 0xD8), "—¹®©™♪¬¦", strict=True)),
    **dict(zip(range(0xDC, 0xE0), "⅛⅜⅝⅞", strict=True)),
    **dict(zip((0xA4, 0xB4, 0xB8, 0xB9, 0xBA), "$×÷’”", strict=True)),
    **dict(zip((0xE0, 0xE1, 0xE2, 0xE3, 0xE4, *range(0xE6, 0xF0)), "ΩÆĐªĦĲĿŁØŒºÞŦŊŉ", strict=True)),
    **dict(zip(range(0xF0, 0x100), "ĸæđðħıĳŀłøœßþŧŋ\u00ad", strict=True)),
}
_ACCENTS = {
    code: chr(mark)
    for code, mark in zip(
        (*range(0xC1, 0xC9), *range(0xCA, 0xD0)),
        (0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x30A, 0x327, 0x332, 0x30B, 0x328, 0x30C),
        strict=True,
    )
}
_ALONE = dict(zip((0xC2, 0xC5, 0xC6, 0xC7, 0xC8, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF), "´¯˘˙¨˚¸˝˛ˇ", strict=True))
"""Accents before a space, which are shown by themselves."""

_FIRST_SHOWN = 0xA0
UNKNOWN = "\ufffd"


def table_for(language: str) -> str:
    """The table that a language is written in."""
    first, *others = language.lower().split("-")
    return LATIN if "latn" in others else _TABLE_OF.get(first, LATIN)


def decode(data: bytes, table: str) -> str:
    """The text of bytes of a table, without control codes; U+FFFD for what the table does not have."""
    if table != LATIN:
        return data.decode(TABLES[table], "replace")
    if data.isascii():
        return "".join([_SINGLE.get(code, UNKNOWN) for code in data])
    result, place = [], 0
    while place < len(data):
        code = data[place]
        if code in _ACCENTS and place + 1 < len(data) and 0x20 <= data[place + 1] < 0x7F:  # noqa: PLR2004 -- ASCII
            letter = chr(data[place + 1])
            alone = _ALONE.get(code, UNKNOWN)
            result.append(alone if letter == " " else unicodedata.normalize("NFC", letter + _ACCENTS[code]))
            place += 1
        else:
            result.append(_SINGLE.get(code, UNKNOWN))
        place += 1
    return "".join(result)


@cache
def encoder(table: str) -> dict[str, bytes]:
    """The bytes of each character of a table that can be written (composed, NFC)."""
    if table != LATIN:
        codes = [*range(0x20, 0x7F), *range(_FIRST_SHOWN, 0x100)]
        shown = {bytes([code]).decode(TABLES[table], "replace"): bytes([code]) for code in codes}
        return {character: data for character, data in shown.items() if character != UNKNOWN}
    known = {alone: bytes([code, 0x20]) for code, alone in _ALONE.items()}
    for code, mark in _ACCENTS.items():
        for letter in map(chr, range(0x41, 0x7B)):
            composed = unicodedata.normalize("NFC", letter + mark)
            if len(composed) == 1 and letter.isalpha():
                known[composed] = bytes([code]) + letter.encode()
    known |= {character: bytes([code]) for code, character in reversed(_SINGLE.items())}
    return known


def is_accent(code: int) -> bool:
    """Whether a byte of the Latin table belongs to the letter after it."""
    return code in _ACCENTS

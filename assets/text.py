"""Counting and classifying the characters of a subtitle.

Counting rule (Netflix, reading speed, NF 115001352212; line length, Korean TTSG NF 216001127 and Japanese TTSG NF
215767517): spaces and punctuation count; in Korean and Japanese a full-width glyph counts 1 and a half-width one 0.5;
markup, zero-width characters and combining marks count nothing. Counts are returned doubled, as integers, so that 5.5
characters are 11 half characters and no float is compared with a limit.
"""

import unicodedata
from functools import lru_cache

HALF_WIDTH_LANGUAGES = frozenset({"ko", "ja", "zh", "cmn", "yue", "wuu", "nan", "hak", "gan", "hsn"})
"""Korean, Japanese, and Chinese with its languages that have codes of their own: their glyphs fill a square."""

UNCOUNTED = frozenset({"Mn", "Me", "Cf", "Cc"})
"""Unicode general categories of what takes no room of its own."""

INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Hangul fillers: letters by category that show nothing."""


def _joins_the_syllable(char: str) -> bool:
    """Whether a conjoining vowel or final consonant is drawn inside the syllable begun before it (old Hangul)."""
    return "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7fb"


@lru_cache(maxsize=65536)
def _halves(char: str, ambiguous_is_wide: bool) -> int:
    if unicodedata.category(char) in UNCOUNTED or _joins_the_syllable(char):
        return 0
    width = unicodedata.east_asian_width(char)
    return 2 if width in "WF" or (width == "A" and ambiguous_is_wide) else 1


def primary(tag: str) -> str:
    """The primary language subtag of a BCP-47 tag: `ko` of `ko-KR`."""
    return tag.replace("_", "-").split("-", 1)[0].lower()


def half_characters(text: str, language: str, *, ambiguous_is_wide: bool = False) -> int:
    """Twice the counted characters of `text` (line feeds count nothing), in the language's counting.

    `ambiguous_is_wide` chooses the reading of UAX 11 class A (curly quotes, the ellipsis) in Korean and Japanese: the
    sources disagree, so a caller reports text that passes one reading only as borderline.
    """
    if primary(language) not in HALF_WIDTH_LANGUAGES:
        return 2 * characters(text)
    return sum(_halves(char, ambiguous_is_wide) for char in unicodedata.normalize("NFC", text))


def characters(text: str) -> int:
    """The characters of a text, composed, each counted one whatever its width; marks and invisible ones count none."""
    return sum(1 for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) not in UNCOUNTED)


def count_text(halves: int) -> str:
    """`5.5` of 11 half characters, `16` of 32."""
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def shows_something(text: str) -> bool:
    """Whether anything of a text is seen: a letter, a digit, a mark, a symbol; not spaces and invisible characters."""
    return any(
        not char.isspace() and char not in INVISIBLE_LETTERS and unicodedata.category(char) not in UNCOUNTED
        for char in text
    )


def is_nfc(text: str) -> bool:
    """Whether the text is in Unicode normalization form C (UAX 15)."""
    return unicodedata.is_normalized("NFC", text)


@lru_cache(maxsize=65536)
def script(char: str) -> str:
    """The script of a letter as far as subtitles of one language have to be told from those of another.

    One of the names of `_SCRIPTS`, `other` (another script's letter), or empty for what belongs to all scripts: digits,
    punctuation, symbols, spaces, modifier letters, letters of mathematics.
    """
    if not unicodedata.category(char).startswith("L") or char in INVISIBLE_LETTERS:
        return ""
    name = unicodedata.name(char, "")
    for prefix, result in _SCRIPTS:
        if name.startswith(prefix):
            return result
    return "other"


_SCRIPTS = (
    ("HANGUL", "hangul"),
    ("HALFWIDTH HANGUL", "hangul"),
    ("HIRAGANA", "kana"),
    ("KATAKANA", "kana"),
    ("HALFWIDTH KATAKANA", "kana"),
    ("CJK", "han"),
    ("IDEOGRAPHIC", "han"),
    ("LATIN", "latin"),
    ("FULLWIDTH LATIN", "latin"),
    ("CYRILLIC", "cyrillic"),
    ("GREEK", "greek"),
    ("ARABIC", "arabic"),
    ("HEBREW", "hebrew"),
    ("THAI", "thai"),
    ("DEVANAGARI", "devanagari"),
    ("MODIFIER LETTER", ""),
    ("FEMININE ORDINAL", ""),
    ("MASCULINE ORDINAL", ""),
    ("MICRO SIGN", ""),
    ("MATHEMATICAL", ""),
)


def scripts(text: str) -> dict[str, int]:
    """How many letters of each script a text has, decomposed ones counted as composed; see `script`."""
    counts: dict[str, int] = {}
    for char in unicodedata.normalize("NFC", text):
        if name := script(char):
            counts[name] = counts.get(name, 0) + 1
    return counts

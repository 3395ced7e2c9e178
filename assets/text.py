"""Counting and classifying the characters of a subtitle.

Counting rule (Netflix, reading speed, NF 115001352212; line length, Korean TTSG NF 216001127 and Japanese TTSG NF
215767517): spaces and punctuation count; in Korean and Japanese a full-width glyph counts 1 and a half-width one 0.5;
markup, zero-width characters and combining marks count nothing. Nothing is said of emoji: what is drawn as one (joined
people, a flag, a skin tone, a keycap: UTS 51) counts as one full-width glyph. Counts are returned doubled, as integers,
so that 5.5 characters are 11 half characters and no float is compared with a limit.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

HALF_WIDTH_LANGUAGES = frozenset({"ko", "ja", "zh", "cmn", "yue", "wuu", "nan", "hak", "gan", "hsn"})
"""Korean, Japanese, and Chinese with its languages that have codes of their own: their glyphs fill a square."""

UNCOUNTED = frozenset({"Mn", "Me", "Cf", "Cc"})
"""Unicode general categories of what takes no room of its own."""

INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Hangul fillers: letters by category that show nothing."""


def _joins_the_syllable(char: str) -> bool:
    """Whether a conjoining vowel or final consonant is drawn inside the syllable begun before it (old Hangul)."""
    return "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7fb"


class _Halves(dict[str, int]):
    """Half characters of each character in one reading, filled as characters occur."""

    def __init__(self, wide: str) -> None:
        super().__init__()
        self.wide = wide

    def __missing__(self, char: str) -> int:
        if unicodedata.category(char) in UNCOUNTED or _joins_the_syllable(char):
            count = 0
        else:
            count = 2 if unicodedata.east_asian_width(char) in self.wide else 1
        self[char] = count
        return count


_NARROW, _WIDE = _Halves("WF"), _Halves("WFA")
"""The two readings of UAX 11 class A."""

_SIZES = {1: 1, 3: 2}
"""Bytes of a character in UTF-8, and the half characters that they stand for in `counter`."""

_EMOJI = "[\u00a9\u00ae\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_MODIFIED = rf"{_EMOJI}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])*"
_SEQUENCE = re.compile(
    rf"{_MODIFIED}(?:\u200d{_MODIFIED})+|{_EMOJI}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])+"
    r"|[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3"
)
"""What several code points draw as one emoji: joined, modified, a flag, a keycap."""

_PARTS_OF_EMOJI = re.compile("[\u200d\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_ONE_EMOJI = "\N{GRINNING FACE}"


def _counted_form(text: str) -> str:
    """A text composed, each emoji in it one character."""
    composed = unicodedata.normalize("NFC", text)
    return _SEQUENCE.sub(_ONE_EMOJI, composed) if _PARTS_OF_EMOJI.search(composed) else composed


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
    return sum(map((_WIDE if ambiguous_is_wide else _NARROW).__getitem__, _counted_form(text)))


def counter(alphabet: Iterable[str], language: str) -> Callable[[str], int]:
    """The wider reading of `half_characters` for composed text of one line in an alphabet, many times as quickly.

    In the languages of half-width characters most characters that count one half are one byte in UTF-8 and most that
    count two are three bytes: (characters + bytes) / 2 halves. Elsewhere each character counts two. Only a text with a
    character of the alphabet that is not so counted is counted character by character.
    """
    has_halves = primary(language) in HALF_WIDTH_LANGUAGES
    odd = [char for char in alphabet if char != "\n" and not _is_regular(char, language, has_halves=has_halves)]
    exact = partial(half_characters, language=language, ambiguous_is_wide=True)
    quick = _halves_by_bytes if has_halves else _twice_the_length
    if not odd:
        return quick
    has_odd = re.compile(f"[{re.escape(''.join(odd))}]").search
    return lambda text: exact(text) if has_odd(text) else quick(text)


def _is_regular(char: str, language: str, *, has_halves: bool) -> bool:
    """Whether the quick way counts a character as the exact one does, in any text."""
    size = len(char.encode(errors="replace"))
    if _PARTS_OF_EMOJI.match(char) or (has_halves and size not in _SIZES):
        return False
    quick = _SIZES[size] if has_halves else 2
    return half_characters(char, language, ambiguous_is_wide=True) == quick


def _halves_by_bytes(text: str) -> int:
    return (len(text) + len(text.encode(errors="replace"))) // 2


def _twice_the_length(text: str) -> int:
    return 2 * len(text)


def characters(text: str) -> int:
    """The characters of a text, composed, each counted one whatever its width; marks and invisible ones count none."""
    counted = _counted_form(text)
    if counted.isascii() and counted.isprintable():
        return len(counted)
    return sum(1 for char in counted if unicodedata.category(char) not in UNCOUNTED)


def count_text(halves: int) -> str:
    """`5.5` of 11 half characters, `16` of 32."""
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def shows_something(text: str) -> bool:
    """Whether anything of a text is seen: a letter, a digit, a mark, a symbol; not spaces and invisible characters."""
    if text[:1].isalnum() and text[0] not in INVISIBLE_LETTERS:
        return True
    return any(
        not char.isspace() and char not in INVISIBLE_LETTERS and unicodedata.category(char) not in UNCOUNTED
        for char in text
    )


def is_nfc(text: str) -> bool:
    """Whether the text is in Unicode normalization form C (UAX 15)."""
    return unicodedata.is_normalized("NFC", text)


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


class _ScriptOf(dict[str, str]):
    """The script of each character, filled as characters occur."""

    def __missing__(self, char: str) -> str:
        self[char] = name = script(char)
        return name


_SCRIPT_OF = _ScriptOf()


def scripts(text: str) -> dict[str, int]:
    """How many letters of each script a text has, decomposed ones counted as composed; see `script`."""
    counts = Counter(map(_SCRIPT_OF.__getitem__, unicodedata.normalize("NFC", text)))
    counts.pop("", None)
    return dict(counts)

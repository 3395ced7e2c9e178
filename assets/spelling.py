"""One name, many spellings: the keys under which a name is found, and how far two spellings are apart.

A key has no case, width, spaces, hyphens, punctuation or diacritics, composed or decomposed. Beside it stand sounds:
what is left of a romanisation when everything is taken out in which the systems differ. Revised Romanization and
McCune-Reischauer, with and without its diacritics, give one sound for a Korean name; Hepburn, with long vowels written
ō, ou, oo, oh or not at all, and Kunrei give one for a Japanese name.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from assets import romanising

_KANA_MARKS = "\u3099\u309a"
"""The combining marks that make another kana: they are no diacritics."""

_HANGUL = re.compile("[\uac00-\ud7a3]")
_KANA = re.compile("[\u3041-\u30fc]")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> tuple[str, ...]:
    """The words of a text without case, width, diacritics, punctuation: `Pomnarŭi nunsŏgi` is pomnarui, nunsogi."""
    if text.isascii():
        return tuple(_WORD.findall(text.lower().replace("'", "").replace("-", "")))
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(char for char in plain if not unicodedata.combining(char) or char in _KANA_MARKS)
    composed = unicodedata.normalize("NFC", kept).replace("'", "").replace("’", "").replace("-", "").replace("ʼ", "")
    return tuple(_WORD.findall(composed))


@dataclass(frozen=True, slots=True)
class Key:
    """The keys of one spelling: its words, all of them together, and the sounds that it may have."""

    words: tuple[str, ...]
    whole: str
    korean: frozenset[str] = frozenset()
    japanese: frozenset[str] = frozenset()


def key(text: str, language: str = "") -> Key:
    """The keys of a name in a language (BCP-47), or of what somebody looks for, in a language that nobody said.

    Only names in Korean and Japanese, and their romanisations, have sounds: an English name is found by its letters.
    """
    words = fold(text)
    whole = "".join(words)
    primary = language.partition("-")[0].lower()
    if whole.isascii():
        korean = {korean_sound(whole)} if primary in {"", "ko"} else ()
        japanese = {japanese_sound(whole)} if primary in {"", "ja"} else ()
        return Key(words, whole, frozenset(korean), frozenset(japanese))
    if _HANGUL.search(whole):
        spoken = "".join(map(romanising.hangul, words))
        korean = {korean_sound(spoken), korean_sound(romanising.hangul(whole, spoken=False))}
        return Key(words, whole, korean=frozenset(korean))
    if _KANA.search(whole):
        return Key(words, whole, japanese=frozenset({japanese_sound(romanising.kana(whole))}))
    return Key(words, whole)


_KOREAN_SOUNDS = {
    "yae": "ye", "yeo": "yo", "yai": "ye", "wae": "we", "woo": "u", "eui": "i", "eo": "o", "eu": "u", "ae": "e",
    "ai": "e", "oe": "we", "ui": "i", "oo": "u", "ee": "i", "kk": "k", "gg": "k", "g": "k", "tt": "t", "dd": "t",
    "d": "t", "pp": "p", "bb": "p", "b": "p", "tch": "c", "jj": "c", "ch": "c", "j": "c", "sh": "s", "ss": "s",
    "r": "l", "kh": "k", "th": "t", "ph": "p",
}  # fmt: skip
_KOREAN = re.compile("|".join(sorted(_KOREAN_SOUNDS, key=len, reverse=True)))
_DOUBLE = re.compile(r"(.)\1+")


def korean_sound(letters: str) -> str:
    """What the romanisations of one Korean word have in common: `bomnarui` and `pomnarui` are `pomnali`."""
    return _DOUBLE.sub(r"\1", _KOREAN.sub(lambda found: _KOREAN_SOUNDS[found[0]], letters))


_JAPANESE = (
    (re.compile("oh(?![aiueoy])"), "o"),
    (re.compile("o[ou]+"), "o"),
    (re.compile("e[ie]+"), "e"),
    (re.compile("tch|ch(?!i)"), "ty"),
    (re.compile("chi"), "ti"),
    (re.compile("shi"), "si"),
    (re.compile("sh"), "sy"),
    (re.compile("tsu"), "tu"),
    (re.compile("f"), "h"),
    (re.compile("ji|di"), "zi"),
    (re.compile("jy?"), "zy"),
    (re.compile("dz?u"), "zu"),
    (re.compile("m(?=[bmp])"), "n"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def japanese_sound(letters: str) -> str:
    """What the romanisations of one Japanese word have in common: `yukidoke`; `toukyou` and `tookyoo` are `tokyo`."""
    for pattern, sound in _JAPANESE:
        letters = pattern.sub(sound, letters)
    return letters


def tables() -> dict[str, object]:
    """The tables by which sounds are told, for a reader in another language (a page's script)."""
    japanese = [[pattern.pattern, sound.replace("\\1", "$1")] for pattern, sound in _JAPANESE]
    return romanising.tables() | {"koreanSounds": _KOREAN_SOUNDS, "japanese": japanese}


def errors_allowed(length: int) -> int:
    """Slips of the hand that are forgiven in a word of so many letters: one from five on, two from eight on."""
    return (length >= 5) + (length >= 8)  # noqa: PLR2004 -- the numbers of the sentence above


class Wanted:
    """A word that is looked for with slips of the hand: as many as are forgiven in a word of its length."""

    __slots__ = ("_has_a_piece", "most", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.most = errors_allowed(len(text))
        count = self.most + 1
        pieces = [text[number * len(text) // count : (number + 1) * len(text) // count] for number in range(count)]
        self._has_a_piece = re.compile("|".join(map(re.escape, pieces))).search

    def distance(self, text: str, starts: Collection[int] | None = None) -> int | None:
        """The fewest letters to change, add or leave out so that the word stands in a text; None for too many.

        `starts` are the places where it may begin, None for any.
        """
        if not self.most or len(text) + self.most < len(self.text) or not self._has_a_piece(text):
            return None  # n slips leave one of n + 1 pieces whole
        column = list(range(len(self.text) + 1))
        best = column[-1]
        for place, char in enumerate(text, 1):
            diagonal, above = column[0], 0 if starts is None or place in starts else column[0] + 1
            column[0] = above
            for row, letter in enumerate(self.text, 1):
                left = column[row]
                above = diagonal if letter == char else 1 + min(diagonal, left, above)
                column[row], diagonal = above, left
            best = min(best, above)
        return best if best <= self.most else None

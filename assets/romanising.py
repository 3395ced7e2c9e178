"""Hangul and kana -> Latin letters, by rule: enough to find a name by the way that it sounds, not to typeset it.

Hangul is read by the Revised Romanization of Korean (2000), once as it is spoken, with sounds that pass from one
syllable to the next, and once letter by letter. Kana is read by Hepburn. Han characters have no reading without a
dictionary, and stay what they are.
"""

import re

_FIRST = 0xAC00
_COUNT, _MEDIALS, _FINALS = 11_172, 21, 28
"""Syllables are composed of 19 initials, 21 vowels and 27 finals or none, in this order (Unicode 3.12)."""

_INITIAL = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWEL = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
)  # fmt: skip
_FINAL = (
    "", "g", "kk", "gs", "n", "nj", "nh", "d", "r", "rg", "rm", "rb", "rs", "rt", "rp", "rh", "m", "b", "bs", "s",
    "ss", "ng", "j", "ch", "k", "t", "p", "h",
)  # fmt: skip
"""The letters of each final, as initials are written: the last passes to a syllable that begins with a vowel."""

_AT_END = {
    "g": "k", "kk": "k", "gs": "k", "nj": "n", "nh": "n", "d": "t", "r": "l", "rg": "k", "rm": "m", "rb": "l",
    "rs": "l", "rt": "l", "rp": "p", "rh": "l", "b": "p", "bs": "p", "s": "t", "ss": "t", "j": "t", "ch": "t", "h": "t",
}  # fmt: skip
"""What is heard of a final before a pause or a consonant."""

_NASAL = {"k": "ng", "t": "n", "p": "m"}
_BREATHED = {"g": "k", "d": "t", "b": "p", "j": "ch"}
_CLUSTER = re.compile(r"(n|r|g|b)(ch|[a-z])")


def hangul(text: str, *, spoken: bool = True) -> str:
    """A text with its Hangul syllables in Latin letters: 봄날의 is `bomnarui`, letter by letter `bomnalui`.

    All else stays as it is, decomposed syllables too.
    """
    out: list[str] = []
    final = ""
    for char in text:
        number = ord(char) - _FIRST
        if not 0 <= number < _COUNT:
            out += [_AT_END.get(final, final), char]
            final = ""
            continue
        initial = _INITIAL[number // (_MEDIALS * _FINALS)]
        vowel = _VOWEL[number // _FINALS % _MEDIALS]
        out += [*(_joined(final, initial, vowel) if spoken else (_AT_END.get(final, final), initial)), vowel]
        final = _FINAL[number % _FINALS]
    return "".join([*out, _AT_END.get(final, final)])


def _joined(final: str, initial: str, vowel: str) -> tuple[str, str]:
    """What is heard of a final and of the initial that follows it in the same word."""
    if not initial and final not in {"", "ng"}:
        return _liaison(final, vowel)
    if final in {"h", "nh", "rh"} and initial in _BREATHED:
        return _AT_END[final].replace("t", ""), _BREATHED[initial]
    end = _AT_END.get(final, final)
    if initial == "h" and end in _NASAL:
        return "", "ch" if final in {"j", "nj"} else end
    if initial in {"n", "m"}:
        return ("l", "l") if (end, initial) == ("l", "n") else (_NASAL.get(end, end), initial)
    if initial == "r" and end:
        return ("l", "l") if end in {"n", "l"} else (_NASAL.get(end, end), "n")
    return end, initial


def _liaison(final: str, vowel: str) -> tuple[str, str]:
    """A final before a vowel: it, or the last of two, is heard as the initial; ㅎ is not heard."""
    if final in {"h", "nh", "rh"}:
        return "", final[:-1]
    parts = _CLUSTER.fullmatch(final)
    kept, moved = (parts[1], parts[2]) if parts and final != "ch" else ("", final)
    if vowel == "i" and moved in {"d", "t"}:
        moved = {"d": "j", "t": "ch"}[moved]
    return _AT_END.get(kept, kept), moved


_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ", "t": "たちつてと",
    "d": "だぢづでど", "n": "なにぬねの", "h": "はひふへほ", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ", "m": "まみむめも",
    "r": "らりるれろ",
}  # fmt: skip
_KANA = {kana: row + vowel for row, line in _ROWS.items() for kana, vowel in zip(line, "aiueo", strict=True)}
_KANA |= {
    "し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu", "や": "ya", "ゆ": "yu",
    "よ": "yo", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "o", "ん": "n", "ゔ": "vu", "ゕ": "ka", "ゖ": "ke",
}  # fmt: skip
_SMALL = dict(zip("ぁぃぅぇぉゃゅょゎ", ("a", "i", "u", "e", "o", "ya", "yu", "yo", "wa"), strict=True))
_DOUBLING, _LONG = "っ", "ー"
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def kana(text: str) -> str:
    """A text with its kana in Latin letters, composed and in full width: ハルノヒ and はるのひ are `harunohi`."""
    out: list[str] = []
    doubled = False
    for char in text.translate(_TO_HIRAGANA):
        last = out[-1] if out else ""
        if char == _DOUBLING:
            doubled = True
        elif char == _LONG and last[-1:] in tuple("aiueo"):
            out.append(last[-1])
        elif char in _SMALL:
            out[-1:] = [_blended(last, _SMALL[char])] if last else [_SMALL[char]]
        else:
            sound = _KANA.get(char, char)
            out.append(("t" if sound.startswith("ch") else sound[0]) + sound if doubled else sound)
            doubled = False
    return "".join(out)


def _blended(sound: str, small: str) -> str:
    """A kana with the small one after it: `ki` and `ya` are `kya`, `shi` and `ya` are `sha`, `fu` and `a` are `fa`."""
    if not sound.isascii() or sound[-1] not in "iueo":
        return sound + small
    stem = sound[:-1]
    if small[0] == "y" and stem.endswith(("sh", "ch", "j")):
        return stem + small[1:]
    return stem + small


def tables() -> dict[str, object]:
    """The tables of this module, for a reader in another language (a page's script)."""
    return {
        "initial": _INITIAL,
        "vowel": _VOWEL,
        "final": _FINAL,
        "atEnd": _AT_END,
        "nasal": _NASAL,
        "breathed": _BREATHED,
        "kana": _KANA,
        "small": _SMALL,
    }

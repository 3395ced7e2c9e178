"""Which legacy encoding bytes are in: judged by the letters they would be in Korean, Japanese and Western ones.

A file of a few short cues holds too little for chardet's statistics, but enough to see whether its letters are common
Korean syllables, kana among Chinese characters, or Latin letters with accents among plain ones. So chardet's answer is
taken unless only another one makes such sense of the bytes. Where the language is known, its encodings go first.

EUC-KR writes a rare syllable as a filler and its three letters, eight bytes (KS X 1001, annex 3), which as EUC-JP are
hiragana.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assets.text import primary

_RELATIVES = {
    "euc_kr": "cp949",
    "johab": "cp949",
    "shift_jis": "cp932",
    "shift_jis_2004": "cp932",
    "shift_jisx0213": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-15": "cp1252",
}
"""Encodings a detector names, and the larger relative that files of that kind are written in."""

_SYLLABLE = re.compile("[가-힣]")
_KANA = re.compile("[ぁ-ゖァ-ヺー]")
_HAN = re.compile("[一-鿿々〇]")
_WESTERN = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ]")
_SHARED = re.compile("[\x00-\x7f\u2010-\u2026\u3000-\u303f\uff00-\uff65«»“”‘’…–—·°¡¿ªº€£©®♪♬♡★☆○●\u00a0]")
_MOSTLY = 0.8
_KANA_SHARE = 0.2
_ACCENTED_SHARE = 0.5
_SHORT = 64
"""In so few bytes Chinese characters alone may stand, which as another encoding are common syllables."""

_EXTENSION = 0xA0
"""Both bytes of a common syllable are larger; CP949 puts the rare ones where one of them is not."""


_TIMES = b"0123456789:;,.-> \r\n"
"""What subtitle files are full of: an encoding in which these bytes are something else (EBCDIC) is not theirs."""

_HINTED = {"ko": ("cp949",), "ja": ("cp932", "euc_jp")}
_COMPOSED = re.compile("\u3164[ㄱ-ㅎ][ㅏ-ㅣ][ㄱ-ㅎ\u3164]")


@dataclass(frozen=True, slots=True)
class Guess:
    """Python's name of an encoding, and the other ones that make as much sense of the bytes, if any does."""

    encoding: str
    others: tuple[str, ...] = ()
    makes_sense: bool = True


def guess(sample: bytes, language: str = "") -> Guess:
    """The encoding of bytes that are not Unicode. Never fails: at worst it is cp1252.

    `language` is the tag of the language that the text is expected to be in; empty if it is not known.
    """
    plausible = tuple(_plausible(sample))
    detected = _detected(sample)
    hinted = _HINTED.get(primary(language), ()) if language else ()
    wanted = [name for name in hinted if name in plausible]
    rivals = set(plausible) - {*hinted, "euc_jp"}  # rare syllables in eight bytes look like hiragana
    if not wanted and (not rivals or len(sample) <= _SHORT):
        wanted = [name for name in hinted if _is_of(name, sample)]
    if wanted:
        best = detected if detected in wanted else wanted[0]
        unsure = wanted if detected not in wanted else []
        return Guess(best, tuple(name for name in dict.fromkeys((*unsure, *plausible)) if name not in {best, *hinted}))
    chosen = detected if detected in plausible or not plausible else plausible[0]
    others = tuple(name for name in (*plausible, *_legacy(sample, plausible)) if name != chosen)
    return Guess(chosen, others, bool(plausible or others))


def composed(text: str) -> str:
    """Korean text with its rare syllables made of their letters where EUC-KR writes them so."""
    if "\u3164" not in text:
        return text
    return _COMPOSED.sub(lambda match: match[0].encode("cp949").decode("euc_kr", "replace"), text)


def _legacy(sample: bytes, plausible: tuple[str, ...]) -> Iterator[str]:
    """Of a sample that makes no sense in any way, the encodings that it is all the same."""
    if not plausible:
        yield from (name for names in _HINTED.values() for name in names if _is_of(name, sample))


def _is_of(name: str, sample: bytes) -> bool:
    """Whether all of a sample is in an encoding, and its letters are those of the language, be they rare ones."""
    try:
        text = composed(sample.decode(name))
    except UnicodeDecodeError:
        return False
    letters = _SHARED.sub("", text)
    if name == "cp949":
        return bool(letters) and len(_SYLLABLE.findall(letters)) >= _MOSTLY * len(letters)
    return bool(letters) and len(_KANA.findall(letters)) + len(_HAN.findall(letters)) >= _MOSTLY * len(letters)


def _plausible(sample: bytes) -> Iterator[str]:
    for name, looks_right in (("cp949", _korean), ("cp932", _japanese), ("euc_jp", _japanese), ("cp1252", _western)):
        if looks_right(sample.decode(name, "replace")):
            yield name


def _korean(text: str) -> bool:
    """Whether the letters are Korean syllables, and nearly all of the 2350 that are in common use (KS X 1001)."""
    made = len(_COMPOSED.findall(text))
    letters = _SHARED.sub("", composed(text))
    syllables = [char.encode("cp949") for char in _SYLLABLE.findall(letters)]
    common = sum(1 for pair in syllables if min(pair) > _EXTENSION) + made
    return bool(letters) and len(syllables) >= _MOSTLY * len(letters) and common >= _MOSTLY * len(syllables)


def _japanese(text: str) -> bool:
    """Whether the letters are kana and Chinese characters. Half-width kana count against: any byte can be one."""
    letters = _SHARED.sub("", text)
    kana, han = len(_KANA.findall(letters)), len(_HAN.findall(letters))
    return bool(letters) and kana + han >= _MOSTLY * len(letters) and kana >= _KANA_SHARE * len(letters)


def _western(text: str) -> bool:
    """Whether the letters are Latin ones with accents, few among many without."""
    letters = _SHARED.sub("", text)
    plain = sum(1 for char in text if char.isascii() and char.isalpha())
    return len(letters) == len(_WESTERN.findall(letters)) and len(letters) <= _ACCENTED_SHARE * (plain + len(letters))


def _detected(sample: bytes) -> str:
    import chardet

    name = chardet.detect(sample)["encoding"] or "cp1252"
    try:
        known = codecs.lookup(name).name
    except LookupError:  # the detector knows encodings that Python does not
        return "cp1252"
    if known.startswith(("utf", "ascii")) or _TIMES.decode(known, "replace") != _TIMES.decode():
        return "cp1252"
    return _RELATIVES.get(known, known)

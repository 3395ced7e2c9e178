"""What the name of a file says: language, kind, and words that a title's name is looked for in."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from assets import language, text
from assets.spelling import fold

_PART = re.compile(r"[^\W_]+")
_KIND_MARKS = {
    "forced": "forced",
    "fn": "forced",
    "narrative": "forced",
    "sdh": "sdh",
    "cc": "sdh",
    "배리어프리": "sdh",
    "청각장애": "sdh",
    "バリアフリー": "sdh",
    "字幕ガイド": "sdh",
    "template": "template",
    "pivot": "template",
    "trailer": "marketing",
    "teaser": "marketing",
    "예고편": "marketing",
    "予告": "marketing",
    "予告編": "marketing",
    "full": "full",
}
_ARTWORK_MARKS = {
    "poster": "poster",
    "포스터": "poster",
    "ポスター": "poster",
    "keyart": "key-art",
    "키아트": "key-art",
    "キーアート": "key-art",
    "boxcover": "box-cover",
    "boxart": "box-cover",
    "titleart": "title-art",
    "titletreatment": "title-art",
    "logo": "title-art",
    "로고": "title-art",
    "ロゴ": "title-art",
    "hero": "hero",
    "still": "still",
    "스틸": "still",
    "cover": "cover",
}
_DOCUMENT_MARKS = {
    "chainoftitle": "chain-of-title",
    "cuesheet": "music-cue-sheet",
    "musiccuesheet": "music-cue-sheet",
    "큐시트": "music-cue-sheet",
    "キューシート": "music-cue-sheet",
    "dialoguelist": "dialogue-list",
    "dialogue": "dialogue-list",
    "ccsl": "dialogue-list",
    "대사": "dialogue-list",
    "대본": "dialogue-list",
    "台本": "dialogue-list",
}
DOCUMENT_KINDS = frozenset(_DOCUMENT_MARKS.values())

_NATIVE_NAMES = {
    "한국어": "ko",
    "한글": "ko",
    "한글자막": "ko",
    "국문": "ko",
    "영어": "en",
    "영문": "en",
    "영어자막": "en",
    "일본어": "ja",
    "일어": "ja",
    "日本語": "ja",
    "日本語字幕": "ja",
    "英語": "en",
    "韓国語": "ko",
    "中文": "zh",
    "русский": "ru",
    "français": "fr",
    "deutsch": "de",
    "español": "es",
    "italiano": "it",
}
_NOT_LANGUAGES = frozenset(
    {"in", "sub", "subs", "mix", "mp", "mov", "fin", "tv", "hd", "dme", "me", "mm", "art", "film"}
)
"""Short words of file names that are codes of ISO 639 as well and never mean them here."""

_LONGEST_RUN = 12
"""Parts of a name that together may be a title's."""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")
_SHORTEST_LANGUAGE_NAME = 5
_TAILS = frozenset(
    {
        *(
            "v",
            "ver",
            "version",
            "final",
            "fix",
            "fixed",
            "new",
            "subtitle",
            "subtitles",
            "sub",
            "subs",
            "자막",
            "字幕",
        ),
        *("mono", "stereo", "surround", "모노", "스테레오", "モノラル", "ステレオ"),
    }
)
"""Words that stand behind a language in file names."""


def key(words: str) -> str:
    """A word without case, width, marks and diacritics; NFC and NFD are one."""
    return "".join(fold(words))


def parts(name: str) -> list[str]:
    """The words of a name in the order they stand in, split also where one script or a number begins."""
    return [piece for word in _PART.findall(unicodedata.normalize("NFKC", name)) for piece in _pieces(word)]


def _pieces(word: str) -> Iterator[str]:
    piece, before = "", ""
    for char in word:
        now = "digit" if char.isdigit() else text.script(char) or before
        now = "japanese" if now in {"kana", "han"} else now
        if piece and before and now != before:
            yield piece
            piece = ""
        piece += char
        before = now
    if piece:
        yield piece


def runs(name: str) -> set[str]:
    """The keys of all runs of neighbouring words of a name: a title's name that stands in it is one of them."""
    found = [key(part) for part in parts(name)]
    return {
        "".join(found[first:last])
        for first in range(len(found))
        for last in range(first + 1, min(len(found), first + _LONGEST_RUN) + 1)
    }


def track_kind(name: str) -> str | None:
    """The kind of track that a name says, `hi` counting as for the hard of hearing only behind another language."""
    words = [part.casefold() for part in parts(_stem(name))]
    found = next((_KIND_MARKS[word] for word in reversed(words) if word in _KIND_MARKS), None)
    if found is None and words[-1:] == ["hi"] and len(words) > 1 and _tag(words[-2]):
        return "sdh"
    return found


def artwork_kind(name: str) -> str | None:
    """The kind of artwork that a name says."""
    return _marked(name, _ARTWORK_MARKS)


def document_kind(name: str) -> str | None:
    """The kind of document that a name says."""
    return _marked(name, _DOCUMENT_MARKS)


def _marked(name: str, marks: dict[str, str]) -> str | None:
    found = runs(_stem(name))
    return next((kind for mark, kind in marks.items() if mark in found), None)


def language_tag(name: str) -> str | None:
    """The language that a name says: `.ko.`, `_KOR`, `Korean`, `pt-BR`, `일본어`; else that of its folder, else None.

    A code of two or three letters counts at the end alone, where only a kind or a number follows: `is` and `to` are
    words. What is written out counts anywhere but at the beginning.
    """
    *folders, _ = unicodedata.normalize("NFC", name).split("/")
    if found := _language_in(unicodedata.normalize("NFC", _stem(name)), is_folder=False):
        return found
    return next((found for folder in reversed(folders) if (found := _language_in(folder, is_folder=True))), None)


def _language_in(stem: str, *, is_folder: bool) -> str | None:
    whole = [word for word in re.split(r"[\s._()\[\]]+", stem) if word]
    for word in reversed(whole):
        if _TAG.fullmatch(word) and "-" in word and (tag := _tag(word)):
            return tag
    words = parts(stem)
    is_end = not is_folder or len(words) == 1
    for place in range(len(words) - 1, -1, -1):
        word = words[place].casefold()
        is_for_the_deaf = word == "hi" and is_end and place > 0 and _tag(words[place - 1])
        if word in _NATIVE_NAMES:
            return _NATIVE_NAMES[word]
        if is_for_the_deaf or word in _KIND_MARKS or word in _TAILS or word.isdigit():
            continue
        may_be = place > 0 or len(words) == 1
        if may_be and (is_end or len(word) >= _SHORTEST_LANGUAGE_NAME) and (tag := _tag(words[place])):
            return tag
        is_end = False
    return None


@cache
def _tag(word: str) -> str | None:
    """The tag that a word is (`ko`, `KOR`, `kr`), or whose English name it is (`Korean`)."""
    lower = word.casefold()
    if lower in _NOT_LANGUAGES or lower in _KIND_MARKS or not word.isascii():
        return None
    if confused := language.confusion(lower):
        return confused[:2]
    if _TAG.fullmatch(word) and language.is_valid(word) and language.is_spoken(word):
        return _known(language.canonical(word))
    if len(word) >= _SHORTEST_LANGUAGE_NAME and word.isalpha():
        return _english_names().get(lower)
    return None


_SPOKEN_NAMES = (
    "ko en ja zh fr de es it pt ru nl sv da no fi pl cs hu ro tr id vi th el he ar hi uk bg sr hr sk sl et lv lt ms "
    "fil ca eu gl is ga mn kk ky uz ka hy az fa ur bn ta te ml mr pa gu kn ne si my km lo kok"
)


@cache
def _english_names() -> dict[str, str]:
    import langcodes

    return {langcodes.get(tag).language_name("en").casefold(): tag for tag in _SPOKEN_NAMES.split()}


def _known(tag: str) -> str | None:
    """The tag, if its language is one that films have subtitles in: any three letters are a language somewhere."""
    return tag if text.primary(tag) in _SPOKEN_NAMES.split() else None


def _stem(name: str) -> str:
    """The last part of a path, without its suffix."""
    last = name.rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[0] if "." in last.strip(".") else last

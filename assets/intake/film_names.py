"""The name and the year of a film in the name of a master: `Spring Film_1985_ProRes_KOR_51.mov`."""

import re
import unicodedata

from assets.intake import name_marks
from assets.text import scripts

FIRST_YEAR, LAST_YEAR = 1888, 2100
_SPLIT = re.compile(r"[\s._()\[\]]+|(?<=\w)-(?=\w{2,}\b)")
_YEAR = re.compile(r"(?<![0-9])((?:18|19|20)[0-9]{2})(?![0-9]|[xX×][0-9]|p\b|i\b)")
_FIGURES = re.compile(
    r"\d+x\d+|\d{3,4}[pi]|\d{1,2}k|v\d+|ver\d*|r\d+|\d{2,5}(?:fps)?|[xh]26[45]|prores\w*|dnxh\w*", re.IGNORECASE
)
_TECHNICAL = frozenset(
    {
        *("hq", "hevc", "avc", "hd", "uhd", "sd", "dcp", "imf", "fps", "mov", "mxf", "mp4", "sdr", "hdr", "rec709"),
        *("master", "masters", "mastering", "final", "fin", "texted", "textless", "ov", "og", "stereo", "surround"),
        *("lt", "rt", "ntsc", "pal", "delivery", "deliverables", "export"),
        *("마스터", "최종", "완성", "완성본", "원본", "본편", "マスター", "最終", "完成", "本編"),
    }
)
"""What stands behind the name of a film."""

_GENERIC = frozenset({"film", "movie", "video", "picture", "feature", "programme", "drop", "mix", "original", "tv"})
"""What is no name of a film by itself."""


def film_name(name: str) -> str:
    """The words at the beginning of a file's name that are not technical; of its folder's where it has none."""
    *folders, last = unicodedata.normalize("NFC", name).split("/")
    stem = last.rpartition(".")[0] or last
    return next((found for part in (stem, *reversed(folders)) if (found := _named(part))), "")


def _named(text: str) -> str:
    words = [word for word in _SPLIT.split(text) if word]
    while words and _is_mark(words[-1], is_alone=len(words) == 1):
        words.pop()
    return " ".join(words)


def _is_mark(word: str, *, is_alone: bool) -> bool:
    lower = word.casefold()
    if lower in _TECHNICAL or _FIGURES.fullmatch(word) or _YEAR.fullmatch(word):
        return True
    if is_alone:
        return lower in _GENERIC
    return name_marks.language_tag(f"film_{word}.mov") is not None


def year(name: str) -> int | None:
    """The year in a name; no size of a picture is one, and of several the last is not of its title."""
    found = [int(text) for text in _YEAR.findall(name.rsplit("/", 1)[-1])]
    return next((one for one in reversed(found) if FIRST_YEAR <= one <= LAST_YEAR), None)


def language_of(name: str, original: str) -> str:
    """The language that a name is listed under: by its script, where that tells it."""
    found = scripts(name)
    if "hangul" in found:
        return "ko"
    if "kana" in found:
        return "ja"
    return "en" if found.keys() <= {"latin"} else original

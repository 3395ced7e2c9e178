"""The language of a track, told from its text: by its script, by letters of one language, by common words."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from assets import language, text
from assets.intake.telling import Sureness, Told
from assets.subtitles.model import Cue

MOST_LETTERS = 200_000
"""Characters that are looked at: a film has fewer, and nothing more is learnt from a longer text."""

ENOUGH_LETTERS = 40
"""Letters from which a script that only one language has makes it sure."""

ENOUGH_WORDS, FEW_WORDS = 20, 8
_LEAST_PER_CENT = 8
"""The least share of common words; running text has 20 to 40 per cent of them, names and cries have none."""

_CLEARLY = (13, 10)
"""How far the language with the most common words must be above the next one."""

_SECOND_SCRIPT_PER_CENT = 25
"""From which share of letters on a second script is a second language beside the first, not some names in it."""

_FULL = 3
"""What a letter of these scripts is worth beside one of an alphabet: a syllable or a word."""

_WORTH = {"hangul": _FULL, "kana": _FULL, "han": _FULL}

_BY_SCRIPT = {"hangul": "ko", "kana": "ja", "thai": "th", "greek": "el", "hebrew": "he"}
_SEVERAL = {"devanagari": "hi", "arabic": "ar"}
"""Scripts of several languages, and the one that most subtitles in it are in."""

_LETTERS = {
    "sr": "јљњђћџ",
    "uk": "іїєґ",
    "ru": "ыэё",
    "bg": "ъ",
}
"""Cyrillic letters that tell a language, in the order in which they are looked for."""

_SIMPLIFIED, _TRADITIONAL = "们这说时为来对国个过还没学会", "們這說時為來對國個過還沒學會"
_WORD = re.compile(r"[^\W\d_]+")


def of_cues(cues: Sequence[Cue]) -> Told | None:
    """The language that the text of a track is in; None where its letters tell nothing."""
    parts: list[str] = []
    length = 0
    for cue in cues:
        parts.append(cue.text)
        length += len(cue.text)
        if length >= MOST_LETTERS:
            break
    return of_text("\n".join(parts))


def of_text(words: str) -> Told | None:
    """The language that a text is in; None where its letters tell nothing."""
    composed = unicodedata.normalize("NFC", words[:MOST_LETTERS])
    counts = _letters(composed)
    if not counts:
        return None
    script, *others = _by_worth(counts)
    found = _of_script(script, composed, counts[script])
    if found is None or not others or not _is_beside(counts, others[0]):
        return found
    return found.doubted(f"{counts[others[0]]} of its letters are {others[0]}: two languages side by side?")


def _letters(words: str) -> Counter[str]:
    """The letters of each script; Han characters are counted with the kana or the Hangul that they stand among."""
    counts = Counter(text.scripts(words))
    if counts["kana"]:
        counts["kana"] += counts.pop("han", 0)
    elif counts["hangul"] > counts["han"]:
        counts["hangul"] += counts.pop("han", 0)
    return +counts


def _by_worth(counts: Counter[str]) -> list[str]:
    """The scripts, the one that most is said in first."""
    return sorted(counts, key=lambda script: -counts[script] * _WORTH.get(script, 1))


def _is_beside(counts: Counter[str], script: str) -> bool:
    """Whether so much is said in a script that it is a language of its own beside the first one."""
    everything = sum(letters * _WORTH.get(name, 1) for name, letters in counts.items())
    return counts[script] * _WORTH.get(script, 1) * 100 >= _SECOND_SCRIPT_PER_CENT * everything


def is_written_alike(tag: str, words: str) -> bool:
    """Whether a language is written in the one script that a text is in; a text in two languages is no."""
    if not language.is_valid(tag):
        return False
    counts = _letters(unicodedata.normalize("NFC", words[:MOST_LETTERS]))
    script, *others = _by_worth(counts) or [""]
    return script in language.written_in(tag) and not (others and _is_beside(counts, others[0]))


def _of_script(script: str, words: str, letters: int) -> Told | None:
    reason = f"{letters} of its letters are {script}"
    likely = Sureness.SURE if letters >= ENOUGH_LETTERS else Sureness.LIKELY
    if script in _BY_SCRIPT:
        return Told(_BY_SCRIPT[script], likely, (reason,))
    if script in _SEVERAL:
        return Told(_SEVERAL[script], Sureness.DOUBTFUL, (f"{reason}, which several languages use",))
    if script == "han":
        return _chinese(words, reason)
    if script == "cyrillic":
        return _cyrillic(words.casefold(), reason)
    return _by_words(words) if script == "latin" else None


def _chinese(words: str, reason: str) -> Told:
    simplified = sum(words.count(char) for char in _SIMPLIFIED)
    traditional = sum(words.count(char) for char in _TRADITIONAL)
    if simplified == traditional:
        return Told("zh", Sureness.DOUBTFUL, (f"{reason}, without kana",))
    form, tag = ("simplified", "zh-Hans") if simplified > traditional else ("traditional", "zh-Hant")
    return Told(tag, Sureness.LIKELY, (f"{reason}, without kana, in {form} forms",))


def _cyrillic(words: str, reason: str) -> Told:
    for tag, letters in _LETTERS.items():
        if found := sorted(set(letters) & set(words)):
            return Told(tag, Sureness.LIKELY, (reason, f"{' '.join(found)} among them"))
    return Told("ru", Sureness.DOUBTFUL, (reason,))


@cache
def _common_words() -> dict[str, frozenset[str]]:
    data = tomllib.loads(Path(__file__).with_name("common_words.toml").read_text(encoding="utf-8"))
    return {tag: frozenset(words.split()) for tag, words in data.items()}


def _by_words(words: str) -> Told | None:
    found = _WORD.findall(words.casefold())
    if not found:
        return None
    scores = Counter({tag: sum(word in common for word in found) for tag, common in _common_words().items()})
    (tag, most), (second, less) = scores.most_common(2)
    share = most * 100 // len(found)
    reason = f"{share} % of its words are common ones of {tag}"
    if share < _LEAST_PER_CENT or len(found) < FEW_WORDS:
        return Told(tag, Sureness.DOUBTFUL, (reason,)) if most else None
    if most * _CLEARLY[1] < less * _CLEARLY[0]:
        return Told(tag, Sureness.DOUBTFUL, (f"{reason}, nearly as many of {second}",))
    return Told(tag, Sureness.SURE if len(found) >= ENOUGH_WORDS else Sureness.LIKELY, (reason,))

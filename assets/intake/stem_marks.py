"""What the name of a file of sound says of a stem: its kind, and the loudspeaker of a file of one channel."""

from collections.abc import Iterable, Mapping

from assets.intake.name_marks import key, parts, runs
from assets.stems import StemKind

_MARKS = {
    "musicandeffects": StemKind.MUSIC_AND_EFFECTS,
    "musiceffects": StemKind.MUSIC_AND_EFFECTS,
    "mande": StemKind.MUSIC_AND_EFFECTS,
    "mne": StemKind.MUSIC_AND_EFFECTS,
    "m&e": StemKind.MUSIC_AND_EFFECTS,
    "mnfe": StemKind.MUSIC_AND_EFFECTS,
    "음악효과": StemKind.MUSIC_AND_EFFECTS,
    "音楽効果": StemKind.MUSIC_AND_EFFECTS,
    "mixminus": StemKind.MIX_MINUS,
    "narration": StemKind.NARRATION,
    "내레이션": StemKind.NARRATION,
    "나레이션": StemKind.NARRATION,
    "ナレーション": StemKind.NARRATION,
    "dialogue": StemKind.DIALOGUE,
    "dialog": StemKind.DIALOGUE,
    "dia": StemKind.DIALOGUE,
    "dx": StemKind.DIALOGUE,
    "대사": StemKind.DIALOGUE,
    "台詞": StemKind.DIALOGUE,
    "セリフ": StemKind.DIALOGUE,
    "effects": StemKind.EFFECTS,
    "sfx": StemKind.EFFECTS,
    "fx": StemKind.EFFECTS,
    "효과음": StemKind.EFFECTS,
    "効果音": StemKind.EFFECTS,
    "music": StemKind.MUSIC,
    "mx": StemKind.MUSIC,
    "음악": StemKind.MUSIC,
    "音楽": StemKind.MUSIC,
    "me": StemKind.MUSIC_AND_EFFECTS,
}
"""The surest first: what stands for several words comes before each of them."""

_STEM = frozenset({"stem", "stems", "dme", "스템", "ステム"})
_CHANNELS = {"l": "L", "r": "R", "c": "C", "lfe": "LFE", "ls": "Ls", "rs": "Rs", "lt": "L", "rt": "R"}
_AMPERSANDS = {"m&e": "mande", "m＆e": "mande", "m+e": "mande"}


def stem_kind(name: str, titles: Iterable[str]) -> StemKind | None:
    """The kind of stem that a name says; words that are of the title's own names say nothing."""
    found = _words(name, titles)
    return next((kind for mark, kind in _MARKS.items() if key(mark) in found), None)


def is_stem(name: str, titles: Iterable[str]) -> bool:
    """Whether a name says that a file is a stem, of whatever kind."""
    return bool(_words(name, titles) & {key(word) for word in _STEM})


def channel(name: str) -> str:
    """The loudspeaker that stands at the end of a name; empty where none does."""
    words = parts(_bare(name))
    return _CHANNELS.get(words[-1].casefold(), "") if len(words) > 1 else ""


def without_marks(name: str) -> str:
    """A name without the words of a stem at its end, where the word for the language may stand before them."""
    words = parts(_bare(name))
    marks = {key(word) for word in (*_MARKS, *_STEM, *_CHANNELS)}
    while words and (key(words[-1]) in marks or words[-1].isdigit()):
        words.pop()
    return " ".join(words)


def _words(name: str, titles: Iterable[str]) -> set[str]:
    return runs(_bare(name)) - {word for title in titles for word in runs(title)}


def _bare(name: str) -> str:
    """The last part of a path without its suffix, `M&E` as one word."""
    stem = name.rsplit("/", 1)[-1].rpartition(".")[0] or name
    return _spelled(stem, _AMPERSANDS)


def _spelled(text: str, words: Mapping[str, str]) -> str:
    lower = text.casefold()
    for written, meant in words.items():
        lower = lower.replace(written, meant)
    return lower

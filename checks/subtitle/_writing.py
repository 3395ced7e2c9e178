"""In which script a cue is written, compared with the language of its track."""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from assets import language, text
from assets.subtitles.model import Cue, SubtitleTrack
from checks.core import CannotCheck
from checks.subtitle._search import KEPT, Text, one_of, text_of

_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM_LETTERS = 6
"""Most letters of a cue of acronyms: two of three letters, as in `FBI, CIA`."""


class Writing(NamedTuple):
    """How a cue that has letters is written.

    `is_own` if it has letters that tell the track's language, `is_shared` if it has some that occur in it without
    telling; `foreign` counts the letters of each other script. `plain_before` are the plain cues above it.
    """

    cue: Cue
    is_own: bool
    is_shared: bool
    foreign: dict[str, int]
    plain_before: int

    @property
    def is_foreign(self) -> bool:
        """Whether no letter of the cue is in a script of the track's language."""
        return not self.is_own and not self.is_shared

    @property
    def is_acronym(self) -> bool:
        """Whether the cue is `OK` or a short acronym, of any width, which any language has in Latin letters."""
        if not self.is_foreign or self.foreign.keys() != {"latin"} or self.foreign["latin"] > _ACRONYM_LETTERS:
            return False
        words = _WORD.findall(normalize("NFKC", self.cue.text))
        return all(word.isupper() or word.casefold() in {"ok", "okay"} for word in words)

    @property
    def script(self) -> str:
        """The foreign script that most letters are in."""
        return max(self.foreign, key=lambda name: self.foreign[name], default="")


class Writings(NamedTuple):
    """How many cues are plain, with letters of the track's language and no others, and the other cues with letters.

    Nearly all cues of a track are plain, and it is only their number that is asked for.
    """

    plain: int
    others: list[Writing]

    @property
    def total(self) -> int:
        """How many cues have letters."""
        return self.plain + len(self.others)


def scripts_of(track: SubtitleTrack) -> tuple[str, ...]:
    """The scripts of the track's language. Raises CannotCheck if the language or its script is not known."""
    tag = track.language
    if not language.is_valid(tag) or not language.is_spoken(tag):
        raise CannotCheck(f"{tag!r} is no language")
    scripts = language.written_in(tag)
    if not scripts:
        raise CannotCheck(f"the script of {tag} is not told apart from others")
    return scripts


def telling(track: SubtitleTrack) -> Writings:
    """The cues whose writing tells something of their language: those of acronyms alone do not.

    Raises CannotCheck if no cue has letters.
    """
    found = _writings(text_of(track), scripts_of(track))
    if not found.total:
        raise CannotCheck("no cue has letters")
    return found._replace(others=[item for item in found.others if not item.is_acronym])


@lru_cache(KEPT)
def _writings(track_text: Text, scripts: tuple[str, ...]) -> Writings:
    by_script: dict[str, set[str]] = {}
    for char in track_text.characters:
        by_script.setdefault(text.script(char), set()).add(char)
    by_script.pop("", None)
    own = one_of(by_script.pop(scripts[0], ()))
    beside = one_of(by_script.pop("han", ()) if scripts[0] == "kana" else ())  # own beside kana, else to be looked at
    mixed = {cue.number for cue, _ in track_text.with_any("".join(map("".join, by_script.values())))}
    plain, others = 0, []
    for cue, words in track_text.each:
        is_own = own.search(words) is not None
        if cue.number in mixed or (not is_own and beside.search(words)):
            others.append(_mixed(cue, words, scripts, plain))
        elif is_own:
            plain += 1
    return Writings(plain, others)


def _mixed(cue: Cue, words: str, scripts: tuple[str, ...], plain_before: int) -> Writing:
    first, *others = scripts
    counts = text.scripts(words)
    if "kana" in counts:  # Han characters beside kana are Japanese
        counts["kana"] += counts.pop("han", 0)
    is_own = counts.pop(first, 0) > 0
    is_shared = sum(counts.pop(name, 0) for name in others) > 0
    return Writing(cue, is_own, is_shared, counts, plain_before)

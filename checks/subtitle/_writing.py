"""In which script a cue is written, compared with the language of its track."""

from collections.abc import Iterator
from dataclasses import dataclass

from assets import language, text
from assets.subtitles.model import Cue, SubtitleTrack
from checks.core import CannotCheck


@dataclass(frozen=True, slots=True)
class Writing:
    """How a cue that has letters is written.

    `own` counts the letters that tell the track's language, `shared` those that occur in it without telling, `foreign`
    those of each other script.
    """

    cue: Cue
    own: int
    shared: int
    foreign: dict[str, int]

    @property
    def is_foreign(self) -> bool:
        """Whether no letter of the cue is in a script of the track's language."""
        return not self.own and not self.shared

    @property
    def is_own(self) -> bool:
        """Whether the cue has letters that tell the track's language."""
        return bool(self.own)

    @property
    def script(self) -> str:
        """The foreign script that most letters are in."""
        return max(self.foreign, key=lambda name: self.foreign[name], default="")


def scripts_of(track: SubtitleTrack) -> tuple[str, ...]:
    """The scripts of the track's language. Raises CannotCheck if the language or its script is not known."""
    tag = track.language
    if not language.is_valid(tag) or not language.is_spoken(tag):
        raise CannotCheck(f"{tag!r} is no language")
    scripts = language.written_in(tag)
    if not scripts:
        raise CannotCheck(f"the script of {tag} is not told apart from others")
    return scripts


def writings(track: SubtitleTrack) -> list[Writing]:
    """The cues that have letters, each as it is written. Raises CannotCheck if there are none."""
    scripts = scripts_of(track)
    found = list(_writings(track, scripts))
    if not found:
        raise CannotCheck("no cue has letters")
    return found


def _writings(track: SubtitleTrack, scripts: tuple[str, ...]) -> Iterator[Writing]:
    first, *others = scripts
    for cue in track.cues:
        counts = text.scripts(cue.text)
        if "kana" in counts:  # Han characters beside kana are Japanese
            counts["kana"] += counts.pop("han", 0)
        own, shared = counts.pop(first, 0), sum(counts.pop(name, 0) for name in others)
        if own or shared or counts:
            yield Writing(cue, own, shared, counts)

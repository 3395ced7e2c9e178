"""`subtitle/ruby-between-lines`."""

from collections.abc import Iterator

from assets.subtitles.model import Cue, Run, SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import Where, applies, at

_SIDES = frozenset({"before", "after"})
_NAMES = {"before": "above", "after": "below"}


@check("subtitle/ruby-between-lines", on=SubtitleTrack, limits=Where)
def ruby_between_lines(track: SubtitleTrack, limits: Where) -> Problems:
    """Ruby or bouten stands on the inner side of a line, between two lines or under a single one.

    It is not told which of the two lines it belongs to. In horizontal text it stands above a single line and the first
    of two, and below the second; `outside` says the same for every line.
    """
    if not applies(limits.where, track):
        return
    for cue in track.cues:
        if not cue.vertical and any(run.ruby or run.emphasis for run in cue.runs):
            yield from _inside(cue)


def _inside(cue: Cue) -> Problems:
    last = cue.text.count("\n")
    row = 0
    for run in cue.runs:
        for side, marked in _sides(run):
            right = "after" if row and row == last else "before"
            if side != right:
                yield Problem("{measured}, set {allowed} this line", at(cue), f"{marked} {_NAMES[side]}", _NAMES[right])
        row += run.text.count("\n")


def _sides(run: Run) -> Iterator[tuple[str, str]]:
    """The sides that a run's ruby and bouten are set at, with the text they are set beside; not those of `outside`."""
    if run.ruby and run.ruby_position in _SIDES:
        yield run.ruby_position, f"the ruby of {run.text.strip()!r}"
    for side in _SIDES.intersection(run.emphasis.split()):
        yield side, f"the bouten of {run.text.strip()!r}"

"""`subtitle/damaged`."""

from assets.subtitles.model import SubtitleTrack
from checks.core import At, Limits, Problem, Problems, check
from checks.subtitle._cues import shown


class Damaged(Limits):
    """Kinds of damage that the platform puts up with, such as `bad-index`."""

    ignore: list[str] = []


@check("subtitle/damaged", on=SubtitleTrack, limits=Damaged)
def damaged(track: SubtitleTrack, limits: Damaged) -> Problems:
    """A subtitle file is not well formed.

    What was meant could still be read, but another player may lose the cue or show its number and times on screen.
    Mend the line, or save the file again with a subtitle editor. What a format has and the tool does not keep is no
    damage: `subtitle/not-kept` tells of it.
    """
    for item in track.damage:
        if item.kind != "not-kept" and item.kind not in limits.ignore:
            template = "{what}: {measured}" if item.text.strip() else "{what}"
            place = At(f"line {item.line}", line=item.line)
            yield Problem(template, place, shown(item.text), values={"what": item.what})

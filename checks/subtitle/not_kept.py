"""`subtitle/not-kept`."""

from assets.subtitles.model import SubtitleTrack
from checks.core import At, Problem, Problems, check
from checks.subtitle._cues import shown


@check("subtitle/not-kept", on=SubtitleTrack)
def not_kept(track: SubtitleTrack) -> Problems:
    """A subtitle file has something that is lost when it is written in another format.

    Ruby, emphasis marks, vertical text and exact positions are read past: a package in the platform's format will show
    the words without them. Check that the cue is still understood, or deliver a file made for that format.
    """
    for item in track.damage:
        if item.kind == "not-kept":
            template = "{what}: {measured}" if item.text.strip() else "{what}"
            place = At(f"line {item.line}", line=item.line)
            yield Problem(template, place, shown(item.text), values={"what": item.what})

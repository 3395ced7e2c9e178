"""`title/languages-swapped`."""

from itertools import combinations

from assets import text
from assets.subjects import ReadTitle
from assets.subtitles.model import SubtitleTrack
from checks.core import At, CannotCheck, Problem, Problems, check
from checks.subtitle._writing import scripts_of


@check("title/languages-swapped", on=ReadTitle)
def languages_swapped(read: ReadTitle) -> Problems:
    """Two subtitle files stand in each other's place: each is written in the other's language.

    Exchange the two files, or their languages in title.toml. The script is what is compared, so that languages which
    share one, such as English and French, are not told apart.
    """
    for (track, own, found), (other, others, others_found) in combinations(_told(read), 2):
        if own != others and (found, others_found) == (others, own) and track.kind is other.kind:
            yield Problem(
                "declared as {allowed}, written in {measured}; {other}, declared as {language}, is the reverse",
                At(track.file.name),
                found,
                track.language,
                {"other": other.file.name, "language": other.language},
            )


def _told(read: ReadTitle) -> list[tuple[SubtitleTrack, str, str]]:
    """The tracks whose scripts are known: the one of the declared language, and the one that the cues are in."""
    found = []
    for track in read.tracks():
        try:
            declared = scripts_of(track)[0]
        except CannotCheck:
            continue
        if written := _written(track):
            found.append((track, declared, written))
    return found


def _written(track: SubtitleTrack) -> str:
    """The script that most letters are in; empty where there are none. Han characters beside kana are Japanese."""
    counts = text.scripts("\n".join(cue.text for cue in track.cues))
    if counts.get("kana", 0) * 5 >= counts.get("han", 1):
        counts["kana"] += counts.pop("han", 0)
    return max(counts, key=lambda name: counts[name], default="")

"""`subtitle/wrong-language`."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.core import At, Limits, Problem, Problems, check
from checks.subtitle._cues import at
from checks.subtitle._writing import Writing, telling


class WrongLanguage(Limits):
    """Least share of the cues, in per cent, that must be in the language's script; most cues in a row that are not.

    With fewer cues in another script than `min_cues` nothing is said: a short track may well be a few names.
    """

    min_share: Annotated[int, Field(ge=1, le=100)]
    max_run: Annotated[int, Field(ge=1)]
    min_cues: Annotated[int, Field(ge=1)]


@check("subtitle/wrong-language", on=SubtitleTrack, limits=WrongLanguage)
def wrong_language(track: SubtitleTrack, limits: WrongLanguage) -> Problems:
    """A subtitle track, or a long part of it, is not in the language it is declared with.

    Two files were probably exchanged, or a part was never translated. The script is what is compared: Hangul tells
    Korean, kana tells Japanese; languages that share a script, such as English and French, are not told apart. Cues
    without letters, short acronyms such as FBI, OK, and Japanese cues in Han characters alone say nothing.
    """
    found = telling(track)
    own = found.plain + sum(1 for item in found.others if item.is_own)
    foreign = [item for item in found.others if item.is_foreign]
    shared = found.total - own - len(foreign)
    is_many = len(foreign) >= limits.min_cues and own * 100 < limits.min_share * (own + len(foreign))
    if is_many or (not own and shared > limits.max_run):
        yield Problem(
            "{measured} of {total} cues with letters are in the script of {language}, at least {allowed} %; {others}",
            measured=own,
            allowed=limits.min_share,
            values={"total": found.total, "language": track.language, "others": _others(found.others)},
        )
        return
    for run in _runs(found.others):
        if len(run) > limits.max_run and len(run) >= limits.min_cues:
            yield Problem(
                "{measured} cues in a row are not in {language}, at most {allowed}: {others}",
                _span(run),
                len(run),
                limits.max_run,
                {"language": track.language, "others": _others(run)},
            )


def _runs(found: Sequence[Writing]) -> Iterator[list[Writing]]:
    """The stretches of foreign cues; what could be in either language neither ends nor lengthens a stretch."""
    run: list[Writing] = []
    plain = 0
    for item in found:
        if item.is_own or item.plain_before > plain:
            yield run
            run = []
        if item.is_foreign:
            run.append(item)
        plain = item.plain_before
    yield run


def _span(run: Sequence[Writing]) -> At:
    first, last = run[0].cue, run[-1].cue
    return At(f"cues {first.number}-{last.number}", first.start, last.end, at(first).line)


def _others(found: Sequence[Writing]) -> str:
    """`118 in hangul, 2 in latin`: the cues that are not in the track's language, by script."""
    counts: dict[str, int] = {}
    for item in found:
        if not item.is_own:
            name = item.script if item.is_foreign else "shared characters"
            counts[name] = counts.get(name, 0) + 1
    return ", ".join(f"{count} in {name}" for name, count in sorted(counts.items(), key=lambda pair: -pair[1]))

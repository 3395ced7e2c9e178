"""What can be wrong with the cues of a file whatever its format."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from assets.subtitles.model import Cue, Damage
from assets.timing import TICKS_PER_SECOND, Time, ms_text

OPEN_END = "open-end"
"""The kind of damage of a cue for which its file gives no end."""

_LAST_SHOWN = 5 * TICKS_PER_SECOND
"""How long a cue without an end is shown if none begins after it."""


def closed(cues: list[Cue], endless: Collection[int]) -> Iterator[Damage]:
    """Give the cues at these places, which have no end, the in-cue of the next one as theirs, or 5 s; and say so."""
    starts: list[Time] = sorted(cue.start for cue in cues) if endless else []
    for place in endless:
        cue = cues[place]
        following = bisect_right(starts, cue.start)
        last = following == len(starts)
        cues[place] = replace(cue, end=cue.start + _LAST_SHOWN if last else starts[following])
        until = "5 s after it begins, as none follows" if last else f"when the next begins, {ms_text(cues[place].end)}"
        yield Damage(OPEN_END, cue.line, f"cue {cue.number} has no end; read as ending {until}", cue.text)


def of_cues(cues: Sequence[Cue], *, ordered: bool = True) -> Iterator[Damage]:
    """Cues without text, without duration, and, where the format wants cues `ordered`, earlier than the one before."""
    previous = None
    for cue in cues:
        if not cue.text.strip():
            yield Damage("empty-cue", cue.line, f"cue {cue.number} has no text", cue.text)
        if cue.end <= cue.start:
            times = f"{ms_text(cue.start)} --> {ms_text(cue.end)}"
            yield Damage("no-duration", cue.line, f"cue {cue.number} does not end after it begins", times)
        if ordered and previous is not None and cue.start < previous:
            yield Damage(
                "out-of-order", cue.line, f"cue {cue.number} begins before the one before it", ms_text(cue.start)
            )
        previous = cue.start

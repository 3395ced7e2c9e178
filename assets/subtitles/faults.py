"""What can be wrong with the cues of a file whatever its format."""

from collections.abc import Iterator, Sequence

from assets.subtitles.model import Cue, Damage
from assets.timing import ms_text


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

"""A suggestion for a track whose title nothing tells: one that ends where its last cue does."""

from collections.abc import Sequence

from assets.intake.telling import Sureness, Told
from assets.intake.titles import Known
from assets.subtitles.model import Cue
from assets.timing import Time, from_ms, ms_text

_LATEST = from_ms(1000)
"""How far behind the end of a title a last cue may stop."""
_CREDITS_PER_CENT = 90
"""From which share of the runtime on a last cue may be the last: what follows are credits."""
_MOST = 3
"""If more titles than these fit, that one does tells nothing."""
_HOUR = from_ms(3_600_000)


def title_by_times(cues: Sequence[Cue], titles: Sequence[Known]) -> Told | None:
    """A title whose runtime the times fit, never more than doubtful: films of a length are many.

    Times that count from a full hour, as timecode does, are taken from there.
    """
    if not cues:
        return None
    end = max(cue.end for cue in cues)
    start = min(cue.start for cue in cues) // _HOUR * _HOUR
    fitting = [(item, each) for item in titles for each in dict.fromkeys((end, end - start)) if _fits(each, item)]
    ids = list(dict.fromkeys(item.id for item, _ in fitting))
    if not 0 < len(ids) <= _MOST:
        return None
    first, at = fitting[0]
    others = f", as of {', '.join(ids[1:])}" if len(ids) > 1 else ""
    reason = f"its last cue ends at {ms_text(at)}, near the end of the title at {ms_text(first.runtime)}{others}"
    return Told(first.id, Sureness.DOUBTFUL, (reason, "nothing else tells it"))


def _fits(end: Time, title: Known) -> bool:
    latest = title.runtime + max(_LATEST, title.tolerance)
    return bool(title.runtime) and title.runtime * _CREDITS_PER_CENT <= end * 100 <= latest * 100

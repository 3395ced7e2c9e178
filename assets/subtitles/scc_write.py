"""Scenarist SCC written: pop-on captions of CC1, at 29.97 frames a second with or without drop-frame labels.

Cues that overlap are one screen while they do. `losses` tells what of a cue is not kept, `write_and_tell` what the cues
of a file cost each other. Screens are made, sent and written one after the other, so that none is held.
"""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assets.errors import UsageError
from assets.subtitles import frames, scc_block, scc_codes, scc_lines
from assets.subtitles.format import Feature, Target
from assets.subtitles.model import Cue
from assets.subtitles.scc_block import Block, block_of
from assets.subtitles.scc_schedule import Schedule, load_frames
from assets.timing import rate_text

HOLDS = frozenset(
    {
        Feature.ITALIC,
        Feature.UNDERLINE,
        Feature.COLOUR,
        Feature.BACKGROUND,
        Feature.TOP,
        Feature.PLACE,
        Feature.ALIGN,
    }
)
"""Of colours seven and black, of places rows and columns: `losses` tells of others."""

_Placed = tuple[Cue, Block]


@dataclass(frozen=True, slots=True)
class _Screen:
    """What is shown from frame `start` to before frame `end`, from the top down, and the cues that have no row free.

    `parts` are the cues that are shown longer than that, `moved` those that are not on their rows.
    """

    start: int
    end: int
    shown: Sequence[_Placed]
    left_out: Sequence[Cue] = ()
    parts: Sequence[Cue] = ()
    moved: Sequence[_Placed] = ()

    @property
    def words(self) -> str:
        """What is sent."""
        return " ".join([block.words for _, block in self.shown])


def write(cues: Sequence[Cue], target: Target) -> bytes:
    """A file of the cues; the timecode of the programme's first frame is added to all times."""
    return write_and_tell(cues, target)[0]


def write_and_tell(cues: Sequence[Cue], target: Target) -> tuple[bytes, list[tuple[int, str]]]:
    """A file of the cues, and what they take from each other, by number: time to be sent, rows, or to stand apart."""
    file = io.BytesIO()
    file.write(f"{scc_lines.HEADER}\n".encode("ascii"))
    schedule, told = Schedule(), _Told()
    before = None
    for screen in _screens(cues, target):
        late = schedule.add(screen.start, screen.end, screen.words)
        if late or len(screen.shown) > 1 or screen.parts or screen.left_out:
            told.of(screen, late)
        told.stayed(before, screen, schedule.stayed)
        before = screen
        _drain(schedule, file, drop=target.drop)
    schedule.finish()
    told.stayed(before, None, schedule.stayed)
    _drain(schedule, file, drop=target.drop)
    return file.getvalue(), told.all()


def _drain(schedule: Schedule, file: io.BytesIO, *, drop: bool) -> None:
    for frame, words in schedule.lines:
        hours, minutes, seconds, rest = frames.fields(frame, scc_lines.NOMINAL, drop=drop)
        mark = ";" if drop else ":"
        file.write(f"\n{hours:02}:{minutes:02}:{seconds:02}{mark}{rest:02}\t{words}\n".encode("ascii"))
    schedule.lines.clear()


def losses(cue: Cue, target: Target) -> Iterator[str]:
    """What of a cue the format cannot hold: characters, rows, places, colours, and text that takes long to send."""
    _require(target)
    yield from scc_block.losses(cue)
    start, end = (frames.nearest(time, frames.NTSC) for time in (cue.start, cue.end))
    if end <= start:
        yield "no duration, written as one frame"
    needed = load_frames(block_of(cue).words)
    if needed > start + frames.nearest(target.start, frames.NTSC):
        yield f"the in-cue: the text takes {needed} frames to send, and there are fewer before it"
    elif needed > max(1, end - start):
        yield f"dense text: {needed} frames to send, {max(1, end - start)} to be shown; what follows may come late"


class _Told:
    """What cues take from each other, by number, each said once."""

    def __init__(self) -> None:
        self._told: dict[tuple[int, str], None] = {}
        self._parts: Counter[int] = Counter()

    def of(self, screen: _Screen, late: int) -> None:
        """Add what is to be said of a screen that is so many frames late."""
        self._parts.update(cue.number for cue in screen.parts)
        if late:
            what = f"shown {late} frames late: there is no time to send it before"
            self._told.update(((cue.number, what), None) for cue, _ in screen.shown)
        what = "left out while other cues take its rows"
        self._told.update(((cue.number, what), None) for cue in screen.left_out)
        self._told.update((found, None) for found in _together(screen))

    def stayed(self, screen: _Screen | None, following: _Screen | None, late: int) -> None:
        """Add that what is on no further screen was taken off so many frames late."""
        if screen and late:
            kept = {cue.number for cue, _ in following.shown} if following else set()
            what = f"taken off {late} frames late: there is no time to send what follows before"
            self._told.update(((cue.number, what), None) for cue, _ in screen.shown if cue.number not in kept)

    def all(self) -> list[tuple[int, str]]:
        """All that was said, and which cues are shown in parts."""
        apart = "overlaps others: shown in {} parts, each with what else is on the screen"
        return [*self._told, *((number, apart.format(count)) for number, count in self._parts.items())]


def _together(screen: _Screen) -> Iterator[tuple[int, str]]:
    """What becomes of cues that are on one screen: a reader takes rows without a gap for one cue, and from the top."""
    for cue, block in screen.moved:
        yield cue.number, f"moved to row {block.first}, as another cue has its rows"
    placed = sorted((each for each in screen.shown if each[1].top), key=lambda each: each[1].top)
    for (upper, above), (lower, below) in pairwise(placed):
        joined = above.bottom + 1 == below.top
        for cue, other in ((upper, lower), (lower, upper)):
            if joined:
                yield cue.number, f"shown at once with cue {other.number} on the next row: read as one cue with it"
            elif upper.number > lower.number and not screen.parts:
                yield cue.number, f"shown at once with cue {other.number}: the upper one is read first"


def _require(target: Target) -> None:
    if target.frame_rate != frames.NTSC:
        given = "none is given" if target.frame_rate is None else f"{rate_text(target.frame_rate)} is given"
        raise UsageError(f"SCC: frame rate: {given}; allowed is 29.97 (30000/1001), with or without drop-frame labels")


def _screens(cues: Sequence[Cue], target: Target) -> Iterator[_Screen]:
    """What is shown between one in-cue or out-cue and the next."""
    _require(target)
    base = frames.nearest(target.start, frames.NTSC)
    timed = []
    for cue in cues:
        start, end = frames.nearest(cue.start, frames.NTSC), frames.nearest(cue.end, frames.NTSC)
        timed.append((base + start, base + max(end, start + 1), cue))
    timed.sort(key=lambda each: each[:2])
    active: list[tuple[int, int, Cue]] = []
    place, instant = 0, 0
    while active or place < len(timed):
        if not active:
            instant = timed[place][0]
        while place < len(timed) and timed[place][0] <= instant:
            active.append(timed[place])
            place += 1
        until = min([end for _, end, _ in active])
        if place < len(timed):
            until = min(until, timed[place][0])
        yield _screen(instant, until, active)
        instant = until
        active = [each for each in active if each[1] > instant]


def _screen(start: int, end: int, active: Sequence[tuple[int, int, Cue]]) -> _Screen:
    """The cues that find their rows free, or rows near them, and the others."""
    parts = [cue for begun, ended, cue in active if (begun, ended) != (start, end)]
    if len(active) == 1:
        cue = active[0][2]
        return _Screen(start, end, [(cue, block_of(cue))], parts=parts)
    taken: set[int] = set()
    shown: list[_Placed] = []
    moved: list[_Placed] = []
    left_out: list[Cue] = []
    for _, _, cue in active:
        block = block_of(cue)
        first = _free(block, taken)
        if first is None:
            left_out.append(cue)
            continue
        if first != block.first:
            block = block.moved(first)
            moved.append((cue, block))
        taken |= set(range(first, first + len(block.rows)))
        shown.append((cue, block))
    return _Screen(start, end, shown, left_out, parts, moved)


def _free(block: Block, taken: set[int]) -> int | None:
    firsts = range(1, scc_codes.ROWS - len(block.rows) + 2)
    free = [first for first in firsts if not taken & set(range(first, first + len(block.rows)))]
    return min(free, key=lambda first: abs(first - block.first), default=None)

"""Scenarist SCC written: pop-on captions of CC1, at 29.97 frames a second with or without drop-frame labels.

A row of more than 32 cells goes on in the next row; what a screen has no row for is left out. Cues that overlap are one
screen while they do. `losses` tells what of a cue is not kept, `crowding` what the cues of a file cost each other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise

from assets.errors import UsageError
from assets.subtitles import frames, markup, narrow, scc_codes, scc_lines, scc_row, scc_screen
from assets.subtitles.format import Feature, Target
from assets.subtitles.model import Cue
from assets.subtitles.scc_row import Row, Unit
from assets.subtitles.scc_schedule import Schedule, Screen, load_frames
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

_USUAL_ROWS = 4
_ALIGNMENTS = {"left": 0, "start": 0, "center": 1, "right": 2, "end": 2}


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows of a cue with the row and the columns they are set at."""

    first: int
    rows: list[Row]
    columns: list[int]


def write(cues: Sequence[Cue], target: Target) -> bytes:
    """A file of the cues; the timecode of the programme's first frame is added to all times."""
    schedule, _ = _scheduled(cues, target)
    lines = [scc_lines.HEADER, ""]
    for frame, words in schedule.lines:
        hours, minutes, seconds, rest = frames.fields(frame, scc_lines.NOMINAL, drop=target.drop)
        mark = ";" if target.drop else ":"
        lines += [f"{hours:02}:{minutes:02}:{seconds:02}{mark}{rest:02}\t{' '.join(words)}", ""]
    return "\n".join(lines).encode("ascii")


def losses(cue: Cue, target: Target) -> Iterator[str]:
    """What of a cue the format cannot hold: characters, rows, places, colours, and text that takes long to send."""
    _require(target)
    yield from narrow.losses(cue.text, scc_row.KNOWN)
    yield from _row_losses(cue)
    colours = {run.colour for run in cue.runs if scc_row.colour_of(run.colour) is None}
    if colours:
        yield f"colours that are none of the eight, written as white: {', '.join(sorted(colours))}"
    backgrounds = {run.background for run in cue.runs if scc_row.background_of(run.background) is None}
    if backgrounds:
        yield f"backgrounds that are none of the eight, written as black: {', '.join(sorted(backgrounds))}"
    yield from _place_losses(cue)
    start, end = (frames.nearest(time, frames.NTSC) for time in (cue.start, cue.end))
    if end <= start:
        yield "no duration, written as one frame"
    needed = load_frames(_units(_block(cue)))
    if needed > start + frames.nearest(target.start, frames.NTSC):
        yield f"the in-cue: the text takes {needed} frames to send, and there are fewer before it"
    elif needed > max(1, end - start):
        yield f"dense text: {needed} frames to send, {max(1, end - start)} to be shown; what follows may come late"


def crowding(cues: Sequence[Cue], target: Target) -> Iterator[tuple[int, str]]:
    """The numbers of cues that come late, as there is no time to send them, find no row free, or are shown in parts."""
    schedule, screens = _scheduled(cues, target)
    times = Counter(cue.number for _, shown, _ in screens for cue in shown)
    for number, (_, shown, left_out) in enumerate(screens):
        for cue in shown if number in schedule.late else ():
            yield cue.number, f"shown {schedule.late[number]} frames late: there is no time to send it before"
        for cue in left_out:
            yield cue.number, "left out while other cues take its rows"
    for cue_number, count in times.items():
        if count > 1:
            yield cue_number, f"overlaps others: shown in {count} parts, each with what else is on the screen"


def _require(target: Target) -> None:
    if target.frame_rate != frames.NTSC:
        given = "none is given" if target.frame_rate is None else f"{rate_text(target.frame_rate)} is given"
        raise UsageError(f"SCC: frame rate: {given}; allowed is 29.97 (30000/1001), with or without drop-frame labels")


_Screens = list[tuple[Screen, list[Cue], list[Cue]]]


def _scheduled(cues: Sequence[Cue], target: Target) -> tuple[Schedule, _Screens]:
    _require(target)
    base = frames.nearest(target.start, frames.NTSC)
    timed = []
    for cue in cues:
        start, end = (frames.nearest(time, frames.NTSC) for time in (cue.start, cue.end))
        timed.append((base + start, base + max(end, start + 1), cue))
    screens = list(_screens(sorted(timed, key=lambda each: each[:2])))
    schedule = Schedule()
    schedule.fill([screen for screen, _, _ in screens])
    return schedule, screens


def _screens(timed: Sequence[tuple[int, int, Cue]]) -> Iterator[tuple[Screen, list[Cue], list[Cue]]]:
    """What is shown between one in-cue or out-cue and the next; the cues shown, and those that have no row free."""
    instants = sorted({instant for start, end, _ in timed for instant in (start, end)})
    active: list[tuple[int, Cue, _Block]] = []
    place = 0
    for instant, until in pairwise(instants):
        active = [each for each in active if each[0] > instant]
        while place < len(timed) and timed[place][0] <= instant:
            _, end, cue = timed[place]
            active.append((end, cue, _block(cue)))
            place += 1
        if active:
            shown, left_out, units = _together([(cue, block) for _, cue, block in active])
            if shown:
                yield Screen(instant, until, units), shown, left_out


def _together(active: list[tuple[Cue, _Block]]) -> tuple[list[Cue], list[Cue], list[Unit]]:
    """The cues that find their rows free, or rows near them; the others; and what is sent."""
    taken: set[int] = set()
    shown: list[Cue] = []
    left_out: list[Cue] = []
    units: list[Unit] = []
    for cue, block in active:
        first = _free(block, taken) if len(taken) < scc_codes.ROWS else None
        if first is None:
            left_out.append(cue)
            continue
        taken |= set(range(first, first + len(block.rows)))
        shown.append(cue)
        units += _units(_Block(first, block.rows, block.columns))
    return shown, left_out, units


def _free(block: _Block, taken: set[int]) -> int | None:
    if not taken:
        return block.first
    firsts = range(1, scc_codes.ROWS - len(block.rows) + 2)
    free = [first for first in firsts if not taken & set(range(first, first + len(block.rows)))]
    return min(free, key=lambda first: abs(first - block.first), default=None)


def _units(block: _Block) -> list[Unit]:
    placed = enumerate(zip(block.rows, block.columns, strict=True), block.first)
    return [unit for number, (row, column) in placed for unit in scc_row.units(row, number, column)]


def _rows(cue: Cue) -> list[Row]:
    """The rows that a screen has, and one more if there are more."""
    rows = (row for runs in markup.rows(cue.runs) for row in scc_row.rows_of(runs))
    return list(islice(rows, scc_codes.ROWS + 1))


def _block(cue: Cue) -> _Block:
    rows = _rows(cue)[: scc_codes.ROWS]
    left, right = 0, scc_codes.COLUMNS
    band = (cue.position - 1) // 3
    first = (scc_codes.ROWS + 1 - len(rows), scc_screen.middle_row(len(rows)), 1)[band]
    if cue.region:
        share = {"center": Fraction(1, 2), "after": Fraction(1)}.get(cue.region.align, Fraction(0))
        tall = Fraction(100 * len(rows), scc_codes.ROWS) * scc_screen.SAFE_SHARE
        top = cue.region.y + (cue.region.height - tall) * share
        first = _cell(top, scc_codes.ROWS) + 1
        left = min(max(_cell(cue.region.x, right), 0), right)
        right = min(max(_cell(cue.region.x + cue.region.width, right), left), right)
    first = min(max(first, 1), scc_codes.ROWS + 1 - len(rows))
    align = _ALIGNMENTS.get(cue.text_align, (cue.position - 1) % 3)
    columns = []
    for row in rows:
        column = (left, left + (right - left - row.width) // 2, right - row.width)[align]
        columns.append(min(max(column, 0), scc_codes.COLUMNS - row.width))
    return _Block(first, rows, columns)


def _cell(share: Fraction, cells: int) -> int:
    return round((share - scc_screen.SAFE) / scc_screen.SAFE_SHARE * cells / 100)


def _row_losses(cue: Cue) -> Iterator[str]:
    for runs in markup.rows(cue.runs):
        rows = scc_row.rows_of(runs)
        text = "".join(run.text for run in runs)
        if len(rows) > 1:
            yield f"a row of more than {scc_codes.COLUMNS} characters, set on {len(rows)} rows: {text}"
        if any(row.added for row in rows):
            yield f"a style that changes without a blank, where one is put in: {text}"
    count = len(_rows(cue))
    if count > scc_codes.ROWS:
        yield f"rows after the first {scc_codes.ROWS}, which are left out"
    elif count > _USUAL_ROWS:
        yield f"{count} rows; decoders need show no more than {_USUAL_ROWS}"


def _place_losses(cue: Cue) -> Iterator[str]:
    column = (cue.position - 1) % 3
    aligned = _ALIGNMENTS.get(cue.text_align, column)
    if aligned != column and not cue.region:
        yield f"the alignment {cue.text_align}, written as the place of the whole cue"
    if cue.rows_align and _ALIGNMENTS.get(cue.rows_align) != aligned:
        yield f"the alignment {cue.rows_align} of rows among themselves"
    if cue.region:
        block = _block(cue)
        ends = [start + row.width for start, row in zip(block.columns, block.rows, strict=True)]
        last = block.first + len(block.rows) - 1
        written = scc_screen.region(block.first, last, min(block.columns), max(ends))
        if written != cue.region:
            yield f"the exact place: the cue is set on row {block.first} from column {min(block.columns) + 1}"

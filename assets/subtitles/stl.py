"""EBU STL (Tech 3264, the binary format of 1991), read; `stl_write` writes it.

Every block of a file is in a cue or in the damage, whose line is the block's number from 1 (0 for the header). Times
count from the timecode of the programme's first frame (TCP). A vertical position by which a cue stands at the bottom,
the top or in the middle gives its `position`, any other its `region` besides; the justification code gives the column.
Code 00h leaves rows as they stand, with their blanks. Each subtitle of a cumulative set is a cue of its own, as each
has its own times.
"""

from collections.abc import Iterator
from fractions import Fraction

from assets.subtitles import faults, frames, stl_blocks, stl_codes, stl_header, stl_text, stl_write
from assets.subtitles.errors import NotSubtitlesError
from assets.subtitles.format import Format, Grid
from assets.subtitles.model import Cue, Damage, Document, Region
from assets.subtitles.stl_blocks import Subtitle
from assets.subtitles.stl_header import Header
from assets.timing import from_frames

_UNCHANGED, _LEFT, _, _RIGHT = range(4)
_BOTTOM_ROWS, _TOP_ROW = 1, 2
_HOURS = 24


def read(data: bytes) -> Document:
    """The cues of a file in its order, and all that is wrong with it.

    Raises NotSubtitlesError for a header that is cut off and for more blocks than can be counted.
    """
    if len(data) < stl_header.SIZE:
        raise NotSubtitlesError(f"EBU STL of {len(data)} bytes; its header alone has {stl_header.SIZE}")
    if len(data) > stl_header.SIZE + stl_blocks.MAX_COUNT * stl_blocks.SIZE:
        raise NotSubtitlesError(f"EBU STL of {len(data)} bytes; at most {stl_blocks.MAX_COUNT} blocks can be counted")
    header, damage = stl_header.read(data)
    blocks = stl_blocks.Blocks(header.table)
    blocks.gather(data)
    damage += blocks.damage
    damage += _counts(header, blocks)
    timed = list(_timed(header, blocks.subtitles, damage))
    start = header.start
    if timed and all(begin < start for _, begin, _ in timed):
        what = "byte 256: TCP is after every subtitle; times count from zero"
        damage.append(Damage("bad-header", 0, what))
        start = 0
    cues: list[Cue] = []
    for subtitle, begin, end in timed:
        text = stl_text.read(subtitle.text, header.table, teletext=header.teletext, indented=not subtitle.justification)
        damage.extend(_lost(subtitle, text))
        why = _left_out(subtitle, begin, end, start)
        if why:
            words = "".join(run.text for run in text.runs)
            damage.append(Damage("not-kept", subtitle.number, f"{_place(subtitle)}: {why}", words))
            continue
        times = (from_frames(begin - start, header.rate), from_frames(end - start, header.rate))
        position, region = _position(subtitle, text.height, header.rows)
        cues.append(Cue(len(cues) + 1, *times, text.runs, subtitle.number, position, region))
    damage.extend(faults.of_cues(cues))
    return Document(tuple(cues), tuple(damage), header.language, header.rate, start=from_frames(start, header.rate))


def _place(subtitle: Subtitle) -> str:
    return f"block {subtitle.number} at byte {subtitle.offset}"


def _left_out(subtitle: Subtitle, begin: int, end: int, start: int) -> str:
    if subtitle.comment:
        return "a comment, which is not shown"
    is_before = begin < start and end <= start
    return "a subtitle that ends before the programme begins (TCP), which is left out" if is_before else ""


def _counts(header: Header, blocks: stl_blocks.Blocks) -> Iterator[Damage]:
    if header.blocks is not None and header.blocks != blocks.count:
        what = f"byte 238: TNB is {header.blocks}; the file has {blocks.count} blocks, and all are read"
        yield Damage("bad-header", 0, what)
    if header.subtitles is not None and header.subtitles != len(blocks.subtitles):
        what = f"byte 243: TNS is {header.subtitles}; the file has {len(blocks.subtitles)} subtitles, and all are read"
        yield Damage("bad-header", 0, what)


def _timed(header: Header, subtitles: list[Subtitle], damage: list[Damage]) -> Iterator[tuple[Subtitle, int, int]]:
    """Each subtitle with the frames of its in-cue and out-cue.

    An in-cue half a day before the last is of the day after, and so is an out-cue that then ends what is shown for an
    hour at most; either is reported.
    """
    day = frames.count((24, 0, 0, 0), header.nominal)
    passed, before = 0, 0
    for subtitle in subtitles:
        labels = (subtitle.start, subtitle.end)
        shown = " --> ".join(":".join(f"{number:02}" for number in label) for label in labels)
        if not all(stl_blocks.is_label(label) for label in labels):
            text = stl_text.read(subtitle.text, header.table, teletext=header.teletext, indented=False)
            words = "".join(run.text for run in text.runs)
            what = f"{_place(subtitle)}: times that cannot be read ({shown}); the cue is left out"
            damage.append(Damage("bad-timestamp", subtitle.number, what, words))
            continue
        if any(label[3] >= header.nominal for label in labels):
            what = f"{_place(subtitle)}: frames run to {header.nominal - 1} at this rate; read all the same"
            damage.append(Damage("odd-timestamp", subtitle.number, what, shown))
        begin, end = (frames.count(label, header.nominal) for label in labels)
        next_day, ends_after = begin < before - day // 2, end < begin and end + day - begin <= day // _HOURS
        if next_day or ends_after:
            what = f"{_place(subtitle)}: the timecode passes midnight; read as of the day after"
            damage.append(Damage("odd-timestamp", subtitle.number, what, shown))
        passed += day * next_day
        before = begin
        end += day * ends_after
        yield subtitle, begin + passed, end + passed


def _lost(subtitle: Subtitle, text: stl_text.Field) -> Iterator[Damage]:
    words = "".join(run.text for run in text.runs)
    if text.lost:
        what = f"{_place(subtitle)}: {', '.join(text.lost)}, which is not kept"
        yield Damage("not-kept", subtitle.number, what, words)
    if stl_codes.UNKNOWN in words:
        what = f"{_place(subtitle)}: bytes that are not in the character table, read as U+FFFD"
        yield Damage("undecodable", subtitle.number, what, words)


def _position(subtitle: Subtitle, height: int, rows: int) -> tuple[int, Region | None]:
    """The place as on a numeric keypad, and the rows exactly where that does not say it all."""
    column = {_LEFT: -1, _RIGHT: 1}.get(subtitle.justification, 0)
    first, last = subtitle.row, subtitle.row + height - 1
    if last >= rows - _BOTTOM_ROWS:
        return 2 + column, None
    if first <= _TOP_ROW:
        return 8 + column, None
    if first == stl_write.middle_row(height, rows):
        return 5 + column, None
    middle = Fraction(first + last - 1, 2 * rows)
    band = 8 if middle < Fraction(1, 3) else 5 if middle < Fraction(2, 3) else 2
    top, tall = Fraction(100 * (first - 1), rows), Fraction(100 * height, rows)
    return band + column, Region(Fraction(0), top, Fraction(100), tall, "before")


FORMAT = Format(
    id="stl",
    name="EBU STL",
    suffix="stl",
    matches=lambda head: stl_header.SIGNATURE.match(head) is not None,
    read_bytes=read,
    write=stl_write.write,
    holds=stl_write.HOLDS,
    grid=Grid.FRAMES,
    losses=stl_write.losses,
    aligned_by_place=True,
)

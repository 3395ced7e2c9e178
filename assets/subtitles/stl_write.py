"""EBU STL written: open subtitles (display standard 0), which have italics, underline and boxing but no colours.

The character table follows the language: Latin, Cyrillic, Greek, Hebrew or Arabic. A character that it lacks is
written as what reads nearly the same, else as `?`; `losses` names each. Rows that are too long and too many are written
whole, as nothing in the format cuts them off, and named as well.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assets.errors import UsageError
from assets.subtitles import frames, markup, narrow, stl_blocks, stl_codes, stl_header, stl_text
from assets.subtitles.format import Feature, Target
from assets.subtitles.model import Cue, Region, Run
from assets.timing import rate_text

HOLDS = frozenset({Feature.ITALIC, Feature.UNDERLINE, Feature.BACKGROUND, Feature.TOP, Feature.PLACE, Feature.ALIGN})
"""Of backgrounds a black one, as boxing; of places the row: `losses` tells of others."""

_MAX_TEXT = stl_blocks.MAX_OF_ONE * (stl_blocks.TEXT_SIZE - 1)
_MAX_COUNT = 65_535
_LEFT, _CENTRE, _RIGHT = 1, 2, 3
_ALIGNMENTS = {"left": _LEFT, "start": _LEFT, "center": _CENTRE, "right": _RIGHT, "end": _RIGHT}
_MIDDLE_ROW, _BOTTOM_ROW = 1, 0
_STYLES = (
    ("italic", stl_text.ITALIC_ON, stl_text.ITALIC_OFF),
    ("underline", stl_text.UNDERLINE_ON, stl_text.UNDERLINE_OFF),
    ("background", stl_text.BOX_ON, stl_text.BOX_OFF),
)


def write(cues: Sequence[Cue], target: Target) -> bytes:
    """A file of the cues, with the timecode of the programme's first frame in its header and in all times."""
    rate = _rate(target)
    table = stl_codes.table_for(target.language)
    start = frames.nearest(target.start, rate)
    if len(cues) > _MAX_COUNT:
        raise UsageError(f"EBU STL of {len(cues)} subtitles; at most {_MAX_COUNT} can be numbered")
    blocks = [_blocks(number, cue, rate, start, table) for number, cue in enumerate(cues, 1)]
    first = start + frames.nearest(cues[0].start, rate) if cues else start
    counts = (sum(len(each) for each in blocks) // stl_blocks.SIZE, len(cues))
    if max(counts) > stl_blocks.MAX_COUNT:
        raise UsageError(f"EBU STL of {counts[0]} blocks; at most {stl_blocks.MAX_COUNT} can be counted")
    return stl_header.write(
        rate, table=table, language=target.language, start=start, first=first, counts=counts
    ) + b"".join(blocks)


def losses(cue: Cue, target: Target) -> Iterator[str]:
    """What of a cue the format cannot hold: characters, rows, places, times after a day."""
    rate = _rate(target)
    table = stl_codes.table_for(target.language)
    known = stl_codes.encoder(table)
    rows = cue.lines
    yield from narrow.losses(cue.text, known)
    for row in rows:
        length = len(narrow.fitted(row, known))
        if length > stl_header.COLUMNS:
            yield f"a row of {length} characters; at most {stl_header.COLUMNS} are shown: {row}"
    if len(rows) >= stl_header.ROWS:
        yield f"{len(rows)} rows; at most {stl_header.ROWS - 1} are shown"
    if len(_text(cue.runs, known)) > _MAX_TEXT:
        yield f"text after {_MAX_TEXT} bytes"
    colours = dict.fromkeys(run.background for run in cue.runs if run.background not in {"", stl_text.BOX})
    if colours:
        yield f"backgrounds other than black: {', '.join(colours)}"
    yield from _place_losses(cue)
    start = frames.nearest(target.start, rate)
    if start + frames.nearest(cue.end, rate) >= frames.count((24, 0, 0, 0), round(rate)):
        yield "hours after 23 of the timecode, which begins again at 00"


def middle_row(height: int, rows: int) -> int:
    """The first row of a block of rows that stands in the middle of the picture."""
    return max(3, (rows - height) // 2 + 1)


def _place_losses(cue: Cue) -> Iterator[str]:
    column = (cue.position - 1) % 3 + 1
    aligned = _ALIGNMENTS.get(cue.text_align, column)
    if aligned != column:
        yield f"the alignment {cue.text_align}, written as the place of the whole cue"
    if cue.rows_align and _ALIGNMENTS.get(cue.rows_align) != aligned:
        yield f"the alignment {cue.rows_align} of rows among themselves"
    if cue.region and cue.region != _written_region(cue.region, len(cue.lines)):
        yield f"the exact place: only its row, {_row(cue)} of {stl_header.ROWS}, is written"


def _rate(target: Target) -> Fraction:
    rates = stl_header.RATES.values()
    if target.drop or target.frame_rate is None or target.frame_rate not in rates:
        given = "none is given" if target.frame_rate is None else f"{rate_text(target.frame_rate)} is given"
        given = "drop-frame labels are asked for" if target.drop else given
        allowed = ", ".join(map(rate_text, rates))
        raise UsageError(f"EBU STL: frame rate: {given}; allowed is one of {allowed}, without drop-frame labels")
    return target.frame_rate


def _blocks(number: int, cue: Cue, rate: Fraction, start: int, table: str) -> bytes:
    nominal = round(rate)
    times = b"".join(_label(start + frames.nearest(time, rate), nominal) for time in (cue.start, cue.end))
    justification = _ALIGNMENTS.get(cue.text_align, (cue.position - 1) % 3 + 1)
    parts = list(_parts(_text(cue.runs, stl_codes.encoder(table))[:_MAX_TEXT], table))[: stl_blocks.MAX_OF_ONE]
    result = []
    for part, text in enumerate(parts):
        extension = stl_blocks.LAST if part == len(parts) - 1 else part
        head = bytes([0, number & 0xFF, number >> 8 & 0xFF, extension, 0])
        place = bytes([_row(cue), justification, 0])
        result.append(head + times + place + text.ljust(stl_blocks.TEXT_SIZE, bytes([stl_text.FILLER])))
    return b"".join(result)


def _label(frame: int, nominal: int) -> bytes:
    hours, *rest = frames.fields(frame, nominal)
    return bytes([hours % 24, *rest])


def _parts(text: bytes, table: str) -> Iterator[bytes]:
    """The text in fields of a block each; an accent stays with its letter."""
    place = 0
    while True:
        end = place + stl_blocks.TEXT_SIZE
        if end < len(text) and table == stl_codes.LATIN and stl_codes.is_accent(text[end - 1]):
            end -= 1
        yield text[place:end]
        place = end
        if place >= len(text):
            return


def _text(runs: Sequence[Run], known: dict[str, bytes]) -> bytes:
    """The text field. Styles are switched off at the end of each row, as some readers reset them there."""
    rows = []
    for row in markup.rows(runs):
        styles = {name: False for name, _, _ in _STYLES}
        data = bytearray()
        for run in [*row, Run("")]:
            wanted = {"italic": run.italic, "underline": run.underline, "background": run.background == stl_text.BOX}
            data += bytes(on if wanted[name] else off for name, on, off in _STYLES if wanted[name] != styles[name])
            styles = wanted
            text = narrow.fitted(run.text, known)
            data += text.encode() if text.isascii() else b"".join([known[each] for each in text])
        rows.append(bytes(data))
    return bytes([stl_text.NEWLINE]).join(rows)


def _row(cue: Cue) -> int:
    height = len(cue.lines)
    if cue.region:
        return _region_row(cue.region, height)
    band = (cue.position - 1) // 3
    if band == _BOTTOM_ROW:
        return max(1, stl_header.ROWS - height)
    return middle_row(height, stl_header.ROWS) if band == _MIDDLE_ROW else 1


def _region_row(region: Region, height: int) -> int:
    share = {"center": Fraction(1, 2), "after": Fraction(1)}.get(region.align, Fraction(0))
    top = region.y + (region.height - Fraction(100 * height, stl_header.ROWS)) * share
    return min(max(round(top * stl_header.ROWS / 100), 0), stl_header.ROWS - 1) + 1


def _written_region(region: Region, height: int) -> Region:
    row = _region_row(region, height) - 1
    tall = Fraction(100 * height, stl_header.ROWS)
    return Region(Fraction(0), Fraction(100 * row, stl_header.ROWS), Fraction(100), tall, "before", id=region.id)

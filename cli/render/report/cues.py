"""The cues of a page: their texts, and how their characters are counted."""

import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from assets.subtitles.model import Cue
from assets.text import half_characters
from assets.timing import TICKS_PER_MS, TICKS_PER_SECOND
from cli.render import words
from cli.render.report.context import Track
from cli.render.report.rows import Rows, place
from cli.render.report.script_data import size


def tracks(found: Sequence[Track], rows: Rows, rates: Mapping[str, Fraction | None], room: int) -> list[dict[str, Any]]:
    """Each track with its cues; `left_out` counts those that do not fit into `room`, in bytes.

    No track takes more than its share of what those before it have left: a long one crowds no other out.
    """
    shown = []
    for number, track in enumerate(found):
        cues, taken = _fitting(track, rates.get(track.asset), room // (len(found) - number))
        room -= taken
        shown.append(
            {
                "asset": rows.asset(track.asset),
                "language": words.visible(track.language),
                "cpl": track.max_cpl,
                "cps": track.max_cps,
                "left_out": len(track.cues) - len(cues),
                "cues": cues,
            }
        )
    return shown


def _fitting(track: Track, rate: Fraction | None, room: int) -> tuple[list[list[Any]], int]:
    """The first cues of a track that fit into so many bytes, and how many they take."""
    cues: list[list[Any]] = []
    taken = 0
    for cue in track.cues:
        row = _cue(cue, track, rate)
        bytes_of_row = size(row) + 1
        if taken + bytes_of_row > room:
            break
        cues.append(row)
        taken += bytes_of_row
    return cues, taken


def _cue(cue: Cue, track: Track, rate: Fraction | None) -> list[Any]:
    """Number, in and out (milliseconds), in and out (labels), rows, half characters of each, tenths a second.

    A row that is too long is two texts: what fits, and what is over.
    """
    halves = [half_characters(line, track.language) for line in cue.lines]
    # Half characters by seconds are tenths of characters by fifths of a second; rounded up, as the check does.
    length = cue.duration + TICKS_PER_MS
    speed = -(-sum(halves) * 5 * TICKS_PER_SECOND // length) if cue.duration > 0 else None
    times = [round(Fraction(time, TICKS_PER_MS)) for time in (cue.start, cue.end)]
    labels = [place(time, rate) for time in (cue.start, cue.end)]
    rows = [_row(line, half, track) for line, half in zip(cue.lines, halves, strict=True)]
    return [cue.number, *times, *labels, rows, halves, speed]


def _row(line: str, halves: int, track: Track) -> str | list[str]:
    if track.max_cpl is None or halves <= track.max_cpl * 2:
        return words.visible(line)
    line = unicodedata.normalize("NFC", line)
    fits = len(line)
    while fits and half_characters(line[:fits], track.language) > track.max_cpl * 2:
        fits -= 1
    return [words.visible(line[:fits]), words.visible(line[fits:])]

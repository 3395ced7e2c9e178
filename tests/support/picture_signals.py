"""Measured pictures for the cases of checks of masters: 84 minutes without a fault, with what a case says otherwise.

    picture = { black = [["0", "2"]], cuts = ["12.5"] }                   # or a list of tables, one for each stream
    picture = { framings = [["0", "5040", [0, 138, 0, 138]]] }            # left, top, right, bottom in pixels
    picture = { levels = { luma = [16, 235], most_outside_ppm = 900 }, fields = { top_first = 60 }, repeats = {} }
    decode_errors = [["12.5", "error while decoding MB 12 3"], ["none", "…"]]
    unmeasured = [{ signal = "levels", reason = "…", stream = 0 }]
    not_measured = "why nothing was decoded"

Times are text in seconds, a stretch is `[start, end]`. Without `picture` and the other keys nothing is measured;
picture number n is stream n of the file.
"""

from dataclasses import replace
from fractions import Fraction

from assets.signals.model import (
    MEASUREMENT,
    Box,
    CodeRange,
    DecodeError,
    Fields,
    Framing,
    Levels,
    PictureSignals,
    Repeats,
    Signals,
    Stretch,
    Unmeasured,
)
from assets.timing import from_seconds

LENGTH, FRAMES = "5040", 120_960  # 84 minutes at 24 frames a second
STRETCHES = ("black", "frozen", "bars", "flashes", "burnt_in", "gaps")
TIMES = ("cuts", "backwards")
OTHERS = ("start", "end", "frames", "framings", "levels", "fields", "repeats")
LEVELS = {"luma": [16, 235], "chroma": [16, 240], "outside": [], "most_outside_ppm": 0}
FIELDS = {
    "progressive": 1000,
    "top_first": 0,
    "bottom_first": 0,
    "undecided": 0,
    "flagged_interlaced": 0,
    "flagged_repeat": 0,
    "combed": [],
    "telecine": [],
}
REPEATS = {"at": [], "every": 0}
KEYS = {"picture", "decode_errors", "unmeasured"}
NOT = "none"


def with_pictures(master, case):
    """The master with its pictures measured as the case says."""
    if "not_measured" in case:
        return replace(master, not_measured=case["not_measured"])
    if not KEYS & case.keys():
        return master
    tables = case.get("picture", {})
    tables = tables if isinstance(tables, list) else [tables]
    return replace(
        master,
        signals=Signals(
            MEASUREMENT,
            tuple(_picture(number, table) for number, table in enumerate(tables)),
            (),
            tuple(DecodeError(_time(at), text) for at, text in case.get("decode_errors", [])),
            tuple(
                Unmeasured(item.get("stream"), item["signal"], item["reason"]) for item in case.get("unmeasured", [])
            ),
        ),
    )


def _picture(number, table):
    if unknown := table.keys() - {*STRETCHES, *TIMES, *OTHERS}:
        raise ValueError(f"a case sets {', '.join(sorted(unknown))}, which a picture does not have")
    end = _time(table.get("end", LENGTH))
    return PictureSignals(
        stream=number,
        start=_time(table.get("start", "0")),
        end=end,
        frames=table.get("frames", FRAMES),
        framings=tuple(
            Framing(_time(start), _time(until), Box(*box))
            for start, until, box in table.get("framings", [["0", table.get("end", LENGTH), [0, 0, 0, 0]]])
        ),
        levels=_levels(table.get("levels", {})),
        fields=_fields(table.get("fields", {})),
        repeats=_repeats(table.get("repeats", {})),
        **{name: _stretches(table.get(name, [])) for name in STRETCHES},
        **{name: _times(table.get(name, [])) for name in TIMES},
    )


def _levels(changes):
    if changes == NOT:
        return None
    merged = _merged(LEVELS, changes)
    chroma = None if merged["chroma"] == NOT else CodeRange(*merged["chroma"])
    return Levels(CodeRange(*merged["luma"]), chroma, _stretches(merged["outside"]), merged["most_outside_ppm"])


def _fields(changes):
    if changes == NOT:
        return None
    merged = _merged(FIELDS, changes)
    return Fields(**{**merged, "combed": _stretches(merged["combed"]), "telecine": _stretches(merged["telecine"])})


def _repeats(changes):
    if changes == NOT:
        return None
    merged = _merged(REPEATS, changes)
    return Repeats(_times(merged["at"]), merged["every"])


def _merged(default, changes):
    if unknown := changes.keys() - default.keys():
        raise ValueError(f"a case sets {', '.join(sorted(unknown))}, which is not measured")
    return {**default, **changes}


def _stretches(pairs):
    return tuple(Stretch(_time(start), _time(end)) for start, end in pairs)


def _times(texts):
    return tuple(_time(text) for text in texts)


def _time(text):
    return None if text == NOT else from_seconds(Fraction(text))

"""The check master/programme-start."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator

from assets.media import Master
from assets.signals.model import PictureSignals
from assets.subtitles import frames
from assets.timing import DROP_FRAME_RATES, Time, from_frames, timecode, to_frames
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.master._edges import head_of, rate_of
from checks.media import Several, listed
from checks.signals import pictures_measured

_LABEL = re.compile(r"(\d\d):([0-5]\d):([0-5]\d)([:;])(\d\d)")


def _label(value: str) -> str:
    if _LABEL.fullmatch(value) is None:
        raise ValueError(f"{value!r} is no timecode; such as '10:00:00:00', with ';' before drop frames")
    return value


class ProgrammeStart(Limits):
    """The timecodes at which a programme may start after its head; `;` before the frames is drop-frame."""

    allowed: Several[Annotated[str, AfterValidator(_label)]]


@check("master/programme-start", on=Master, limits=ProgrammeStart)
def programme_start(master: Master, limits: ProgrammeStart) -> Problems:
    """The programme's first picture does not have the timecode at which the platform starts it.

    Playout goes by the label: the programme would lose its start, or the slate would be on air. Change the start of the
    timecode track, or the length of the head. The head is found by its bars, slate and black.
    """
    for at, picture, stream in pictures_measured(master, "black", "bars", "frozen"):
        start = head_of(picture).end
        label = _label_at(start, picture, rate_of(stream), master.info.timecode)
        if label not in limits.allowed:
            place = replace(at, start=start)
            yield Problem(
                "the programme starts at {measured}, allowed: {allowed}", place, label, listed(limits.allowed)
            )


def _label_at(time: Time, picture: PictureSignals, rate: Fraction, first: str | None) -> str:
    """The timecode at a time, counted from that of the first picture. Raises CannotCheck if the file has none."""
    match = _LABEL.fullmatch(first or "")
    if match is None:
        raise CannotCheck(f"the file's timecode is {first!r}" if first else "the file has no timecode")
    hours, minutes, seconds, frame = (int(match[group]) for group in (1, 2, 3, 5))
    drop = match[4] == ";" and rate in DROP_FRAME_RATES
    before = frames.count((hours, minutes, seconds, frame), round(rate), drop=drop)
    return timecode(from_frames(before + to_frames(time - picture.start, rate), rate), rate, drop=drop)

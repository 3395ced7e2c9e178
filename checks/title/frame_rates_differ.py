"""`title/frame-rates-differ`."""

from fractions import Fraction

from assets.media import Master
from assets.subjects import ReadTitle
from assets.timing import rate_text
from checks.core import At, CannotCheck, Problem, Problems, check
from checks.title._declared import need_all_masters


@check("title/frame-rates-differ", on=ReadTitle)
def frame_rates_differ(read: ReadTitle) -> Problems:
    """The masters of a title's versions have different frame rates.

    Subtitles timed at 24 frames a second drift by a tenth of a per cent at 23.976: five seconds in 84 minutes. Make
    all versions from one master, at its native rate.
    """
    need_all_masters(read)
    rates = [(master, _rate(master)) for master in read.masters()]
    for master, rate in rates[1:]:
        first, expected = rates[0]
        if rate != expected:
            yield Problem(
                "{measured} fps, {other} has {allowed} fps",
                At(master.file.name),
                rate_text(rate),
                rate_text(expected),
                {"other": first.file.name},
            )


def _rate(master: Master) -> Fraction:
    rate = master.info.video[0].frame_rate if master.info.video else None
    if rate is None:
        raise CannotCheck(f"the frame rate of {master.file} is not known")
    return rate

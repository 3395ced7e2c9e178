"""The check master/runtime-differs."""

from assets.media import Master
from assets.timing import from_ms, ms_text
from checks.core import CannotCheck, Limits, NotAsked, Problem, Problems, check
from checks.media import Milliseconds


class RuntimeDiffers(Limits):
    """The most that a title may tolerate by its `runtime_tolerance`; the smaller of the two counts."""

    max_tolerance_ms: Milliseconds


@check("master/runtime-differs", on=Master, limits=RuntimeDiffers)
def runtime_differs(master: Master, limits: RuntimeDiffers) -> Problems:
    """The master is longer or shorter than the programme that was licensed.

    It is another cut, carries bars and slate, or its export broke off. If the declared runtime is wrong, correct
    `runtime` in title.toml.
    """
    programme = master.programme
    if not programme.is_declared:
        raise NotAsked("the file belongs to no title that declares a runtime")
    if not programme.runtime:
        raise CannotCheck("title.toml declares no runtime")
    tolerance = min(programme.runtime_tolerance, from_ms(limits.max_tolerance_ms))
    if abs(master.info.duration - programme.runtime) > tolerance:
        yield Problem(
            "{measured} long, declared: {allowed}",
            measured=ms_text(master.info.duration),
            allowed=f"{ms_text(programme.runtime)} ± {ms_text(tolerance)}",
        )

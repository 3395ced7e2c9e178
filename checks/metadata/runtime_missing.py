"""`metadata/runtime-missing`."""

from assets.subjects import ReadTitle
from checks.core import At, Problem, Problems, check


@check("metadata/runtime-missing", on=ReadTitle)
def runtime_missing(read: ReadTitle) -> Problems:
    """The title declares no runtime or no format.

    Without them nobody can tell whether the master is the programme that was licensed. Add `runtime` (HH:MM:SS of one
    episode) and `format` (1 x 84) to title.toml, from the contract.
    """
    programme = read.title.programme
    if not programme.runtime:
        yield Problem("no runtime in title.toml", At("runtime"))
    if not programme.minutes:
        yield Problem("no format in title.toml", At("format"))

"""A product gets its name when it was measured and found right; until then it has a temporary one beside it."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assets.errors import Fault, InputError, Refused, UsageError
from assets.making.comparing import Expected, differences
from assets.making.source import How
from assets.measuring import Measuring, measure
from assets.media import Measured
from assets.worker import WorkerError


def make_checked(out: Path, wanted: Expected, write: Callable[[Path], None], how: How, *more: "Check") -> None:
    """Have `write` make the file `out`, measure it and compare it with what is wanted, and by what `more` compare.

    Raises UsageError if `out` exists or cannot be written, InputError if it cannot be made or read, Refused with each
    difference if it is not what was wanted. It is there when all of it is right, or not at all.
    """
    require_new(out)
    try:
        with tempfile.TemporaryDirectory(prefix=".making-", dir=out.parent) as folder:
            made = Path(folder) / f"made{out.suffix.lower()}"
            _write(write, made, out)
            wrong = differences(wanted, measured(made, out.name, how))
            for check in more if not wrong else ():
                wrong = (*wrong, *check(made))
            if wrong:
                raise Refused(f"{out}: not kept, since it is not like its source", wrong)
            require_new(out)
            made.rename(out)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written: {error.strerror}") from error


def _write(write: Callable[[Path], None], made: Path, out: Path) -> None:
    """Raises InputError that speaks of `out`: the temporary name tells nobody anything."""
    try:
        write(made)
    except InputError as error:
        faults = (replace(fault, path=str(out)) if fault.path == str(made) else fault for fault in error.faults)
        raise InputError(*faults) from error


Check = Callable[[Path], tuple[str, ...]]
"""Compares a product with its source in one more way; gives the differences."""


def require_new(out: Path) -> None:
    """Raises UsageError for a file that exists, or that would lie in a folder that does not."""
    if out.exists() or out.is_symlink():
        raise UsageError(f"{out}: exists already; it is left as it is")
    if not out.parent.is_dir():
        raise UsageError(f"{out}: there is no folder {out.parent}")


def measured(path: Path, name: str, how: How) -> Measured:
    """What was made, decoded once. Raises InputError if it cannot be read."""
    how_to_measure = Measuring(None, float(how.seconds), lambda _, share: how.told("checking", share))
    try:
        found = measure(path, name, how_to_measure)
    except WorkerError as error:
        raise InputError(Fault(name, "", f"what was made cannot be read: {error}")) from error
    if found is None:
        raise TypeError(path)
    return found

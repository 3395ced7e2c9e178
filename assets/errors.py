"""The errors a person can act on. Anything else that is raised is a bug and shows its traceback.

ReleaseprintError
  UsageError     the command asks for something that does not exist        exit code 2
  InputError     a file of the user's could not be read or understood      exit code 3
  StoreError     a store could not be reached or did not keep its word     exit code 4
  Refused        rights or checks forbid what was asked                    exit code 1
"""

from collections.abc import Sequence
from dataclasses import dataclass


class ReleaseprintError(Exception):
    """Base of all errors whose text is meant for a person."""


class UsageError(ReleaseprintError):
    """The command names something that does not exist, or options that do not go together."""


class StoreError(ReleaseprintError):
    """A store could not be reached, refused a request, or holds other bytes than it was given."""


class PackageError(StoreError):
    """What lies in a store, or should go there, is not what it has to be; other packages are none the worse."""


class Refused(ReleaseprintError):  # noqa: N818 -- "RefusedError" would say it twice
    """What was asked is forbidden, by rights or by checks; each reason names what forbids it."""

    def __init__(self, what: str, reasons: Sequence[str]) -> None:
        self.what = what
        self.reasons = tuple(reasons)
        super().__init__("\n".join([what, *(f"  - {reason}" for reason in reasons)]))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one place of an input: `path: place: what is wrong; what is allowed`."""

    path: str
    place: str
    wrong: str
    allowed: str = ""

    def __str__(self) -> str:
        head = ": ".join(part for part in (self.path, self.place, self.wrong) if part)
        return f"{head}; {self.allowed}" if self.allowed else head


class InputError(ReleaseprintError):
    """An input is wrong; all of its faults at once, in the order of the file."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))

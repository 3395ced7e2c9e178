"""Dates that are counted from something: "90 days after the theatrical release in JP", "7 years after the start"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from assets import territory
from assets.metadata import Release
from assets.metadata_records import ReleaseRecord
from assets.rights.dates import Count
from assets.tomlfile import KeyFaultError

START = "start"
"""What an end may be counted from beside releases: the start of the same grant or holdback."""
KINDS: tuple[str, ...] = get_args(ReleaseRecord.model_fields["kind"].annotation)
_COUNTS = ("years", "months", "days")
_KEYS = ("after", "in", *_COUNTS)
MOST = 100_000
"""The most years, months or days that are counted."""


@dataclass(frozen=True, slots=True)
class Relative:
    """So long after a release of a kind in a territory, or after the start (`after` is then `START`)."""

    after: str
    territory: str
    count: Count

    @property
    def anchor(self) -> str:
        """What it is counted from."""
        return self.after if self.after == START else f"{self.after} release in {self.territory}"

    def __str__(self) -> str:
        return f"{self.count} after the {self.anchor}"


def relative(table: dict[str, Any]) -> Relative:
    """A table such as `{ after = "theatrical", in = "JP", days = 90 }`. Raises KeyFaultError."""
    for key in table:
        if key not in _KEYS:
            raise KeyFaultError(key, f"unknown key; known: {', '.join(_KEYS)}")
    after = table.get("after")
    if after not in (START, *KINDS):  # a tuple: what TOML holds need not be hashable
        wrong = "missing" if after is None else f"{after!r} is nothing to count from"
        raise KeyFaultError("after", f"{wrong}; {START}, or a kind of release: {', '.join(KINDS)}")
    for key in _COUNTS:
        number = table.get(key, 0)
        if not isinstance(number, int) or isinstance(number, bool) or abs(number) > MOST:
            raise KeyFaultError(key, f"{number!r} is not allowed; a whole number, at most {MOST}")
    return Relative(str(after), _place(table.get("in"), str(after)), Count(*(table.get(key, 0) for key in _COUNTS)))


def _place(name: object, after: str) -> str:
    if after == START:
        if name is not None:
            raise KeyFaultError("in", f"the {START} has no territory; only a release has one")
        return ""
    if not isinstance(name, str):
        said = "missing" if name is None else f"{name!r} is not a territory"
        raise KeyFaultError("in", f"{said}; the territory of the release")
    if wrong := territory.problem(name):
        raise KeyFaultError("in", wrong)
    return name


def released(when: Relative, releases: Iterable[Release]) -> tuple[date | None, str]:
    """The day of the release that a date is counted from, and a doubt if there are several such releases.

    A release counts if it was in all of the territory. The first one is taken; None if there is none.
    """
    wanted = territory.expand([when.territory])
    of_kind = (item for item in releases if item.kind == when.after)
    days = sorted({item.date for item in of_kind if wanted <= territory.expand([item.territory])})
    if not days:
        return None, ""
    others = ", ".join(day.isoformat() for day in days)
    return days[0], f"there are several dates of the {when.anchor}: {others}" if len(days) > 1 else ""

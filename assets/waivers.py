"""A waiver: that somebody answers for one finding, for a reason and until a day. It lifts findings of quality only."""

from dataclasses import dataclass, field
from datetime import date, datetime

NEVER_WAIVED = frozenset({"rights"})
"""The families of checks whose findings nobody can waive: what was not licensed is not ours to give."""


def family_of(check: str) -> str:
    """`subtitle` of `subtitle/line-too-long`."""
    return check.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Waiver:
    """One entry of a waivers.toml.

    `asset` is the role of the file that the finding is about, such as `original/subtitles/ko/full`; empty for the
    title as a whole. `until` is the last day, None where it is open; `end` is the first instant after that day.
    `platform` is the one that it is for, empty for all. `place` is where it stands.
    """

    fingerprint: str
    check: str
    asset: str
    reason: str
    by: str
    granted: date
    until: date | None
    end: datetime | None
    platform: str = ""
    place: str = field(default="", compare=False)

    def is_over(self, at: datetime) -> bool:
        """Whether its last day is past."""
        return self.end is not None and at >= self.end

    def is_for(self, platform: str) -> bool:
        """Whether it speaks of what this platform asks for."""
        return self.platform in {"", platform}

    @property
    def line(self) -> int | None:
        """The line that it stands on, None if it stands in no file."""
        number = self.place.rpartition(":")[2]
        return int(number) if number.isdecimal() else None

    @property
    def told(self) -> dict[str, str]:
        """What a receipt says of it."""
        return {
            "fingerprint": self.fingerprint,
            "check": self.check,
            "asset": self.asset,
            "reason": self.reason,
            "by": self.by,
            "until": self.until_text,
        }

    @property
    def until_text(self) -> str:
        """`2027-03-31`, or `open`."""
        return self.until.isoformat() if self.until else "open"

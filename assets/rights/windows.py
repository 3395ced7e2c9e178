"""Media rights and the windows they are licensed for.

A window is half-open, `[start, end)`: at its end instant the right is over. Its instants are shown in the zone that was
declared, and compared in seconds: Python compares two times of one zone by their clocks, whether or not these went back
between them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import combinations

from assets import territory
from assets.rights import tree
from assets.rights.languages import ALL_LANGUAGES, Languages
from assets.rights.spans import OPEN, Span, seconds


@cache
def media_rights() -> dict[str, str]:
    """The media rights and their groups by id, each with the words of the trade, in the order of the list."""
    return {node.id: node.name for node in tree.nodes().values()}


@dataclass(frozen=True, slots=True)
class RightsWindow:
    """One right, or a group of them, in some territories for some time.

    `end` None means the window has no end. A language that is not in `languages` may not leave, be it as sound, as
    subtitles or as captions. `place` says where the window stands in its file.
    """

    id: str
    right: str
    territories: frozenset[str]
    start: datetime
    end: datetime | None
    zone: str
    languages: Languages = ALL_LANGUAGES
    exclusive: bool = False
    place: str = ""

    @property
    def leaves(self) -> frozenset[str]:
        """The single rights of the window."""
        return tree.expand(self.right)

    @property
    def span(self) -> Span:
        """From when to when, in seconds."""
        return Span(seconds(self.start), OPEN if self.end is None else seconds(self.end))

    def grants(self, right: str) -> bool:
        """Whether the window has a right, or all rights of a group."""
        return tree.expand(right) <= self.leaves

    def is_over(self, at: datetime) -> bool:
        """Whether the window has ended at `at` (its end instant is already outside)."""
        return self.end is not None and seconds(at) >= seconds(self.end)

    def is_open(self, at: datetime) -> bool:
        """Whether `at` lies in the window."""
        return seconds(at) in self.span

    def meets(self, other: "RightsWindow") -> bool:
        """Whether the two windows share an instant, a territory and a right."""
        if not self.leaves & other.leaves or not self.territories & other.territories:
            return False
        return bool(self.span.meet(other.span))

    def __str__(self) -> str:
        end = self.end.isoformat() if self.end else "open"
        return f"{self.id} ({self.right}, {territory.describe(self.territories)}, {self.start.isoformat()} to {end})"


@dataclass(frozen=True, slots=True)
class Selection:
    """The windows that allow a delivery, or the reasons why none of it may leave. `windows` is empty if refused.

    `withheld` are windows that other deals close, though others cover what was asked for; each with the reasons.
    """

    windows: tuple[RightsWindow, ...]
    refusals: tuple[str, ...]
    withheld: tuple[tuple[RightsWindow, tuple[str, ...]], ...] = ()


def select(
    windows: Sequence[RightsWindow], right: str, territories: frozenset[str], at: datetime, only: str | None = None
) -> Selection:
    """The windows that grant `right` and are open at `at` or open later and together cover all of `territories`.

    `only` names the single window to deliver; it must then cover the territories by itself. Every refusal names the
    windows, territories or times that forbid. Of the deals it knows nothing: `permission.select` obeys them.
    """
    if not territories:
        return Selection((), ("no territory was asked for",))
    named = f" {only!r}" if only is not None else ""
    of_right = [window for window in windows if window.grants(right) and only in {None, window.id}]
    if not of_right:
        return Selection((), (f"no rights window{named} for {right}",))
    live = [window for window in of_right if not window.is_over(at) and window.territories & territories]
    missing = territories - frozenset(code for window in live for code in window.territories)
    if not missing:
        return Selection(tuple(sorted(live, key=lambda window: (window.span.start, window.id))), ())
    over = [window for window in of_right if window.is_over(at) and window.territories & missing]
    reasons = [f"window {window} is over at {at.isoformat()}" for window in over]
    never = missing - frozenset(code for window in over for code in window.territories)
    if never:
        reasons.append(f"no window{named} for {right} covers {territory.describe(never)}")
    return Selection((), tuple(reasons))


def conflicts(windows: Iterable[RightsWindow]) -> list[tuple[RightsWindow, RightsWindow]]:
    """The pairs of windows for one right that share a territory, an instant and a language though one is exclusive."""
    return [
        (first, second)
        for first, second in combinations(windows, 2)
        if (first.exclusive or second.exclusive) and first.meets(second) and first.languages.meets(second.languages)
    ]


def duplicates(windows: Iterable[RightsWindow]) -> list[tuple[RightsWindow, RightsWindow]]:
    """The pairs of windows that grant the same thing: one right, the same territories, instants and languages."""
    return [pair for pair in combinations(windows, 2) if _grant(pair[0]) == _grant(pair[1])]


def _grant(window: RightsWindow) -> tuple[object, ...]:
    return window.leaves, window.territories, window.span, window.languages


def utc(instant: datetime) -> str:
    """An instant as UTC, `2026-12-01T00:00:00Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

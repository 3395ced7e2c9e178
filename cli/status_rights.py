"""Where a title may be shipped at an instant, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assets import territory
from assets.platform import Platform
from assets.rights import RightsWindow, select

CLOSING_DAYS = 90
"""A window that ends within so many days is closing: a platform needs weeks to take a title in."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """A window that the question is about, and how it stands.

    It is `open`, `closing` (open, for at most `CLOSING_DAYS` more), `opening` (later) or `over`.
    """

    window: RightsWindow
    state: str


@dataclass(frozen=True, slots=True)
class Rights:
    """Whether something may leave now, in which territories, until when (None: no end), or why it may not."""

    is_open: bool
    territories: frozenset[str]
    until: datetime | None
    refusals: tuple[str, ...]


def window_states(
    windows: Sequence[RightsWindow], platform: Platform | None, territories: frozenset[str] | None, at: datetime
) -> tuple[WindowState, ...]:
    """The windows that concern the question, in the order of the title."""
    return tuple(WindowState(item, state_of(item, at)) for item in _concerned(windows, platform, territories))


def state_of(window: RightsWindow, at: datetime) -> str:
    """How a window stands at an instant."""
    if window.is_over(at):
        return "over"
    if not window.is_open(at):
        return "opening"
    return "closing" if window.end is not None and window.end - at <= timedelta(days=CLOSING_DAYS) else "open"


def rights_of(
    windows: Sequence[RightsWindow], platform: Platform | None, territories: frozenset[str] | None, at: datetime
) -> Rights:
    """What may leave at `at`. With a platform and a territory, as a delivery would be decided (`rights.select`)."""
    concerned = _concerned(windows, platform, territories)
    live = [item for item in concerned if item.is_open(at)]
    covered = frozenset[str]().union(*(item.territories for item in live))
    if platform is not None and territories is not None:
        refusals = select(windows, platform.right, territories, at).refusals
        if not refusals and (later := territories - covered):
            refusals = (f"not open yet in {territory.describe(later)}",)
    elif territories is not None and territories - covered:
        refusals = (f"no window is open in {territory.describe(territories - covered)}",)
    else:
        refusals = () if live else (_nothing_open(concerned, at),)
    if refusals:
        return Rights(False, frozenset(), None, refusals)
    ends = [item.end for item in live if item.end is not None]
    return Rights(
        is_open=True,
        territories=covered & territories if territories is not None else covered,
        until=min(ends, default=None),
        refusals=(),
    )


def _nothing_open(windows: Sequence[RightsWindow], at: datetime) -> str:
    starts = [item.start for item in windows if item.start > at]
    if starts:
        return f"opens at {min(starts).isoformat()}"
    return "all windows are over" if windows else "no rights window"


def _concerned(
    windows: Sequence[RightsWindow], platform: Platform | None, territories: frozenset[str] | None
) -> list[RightsWindow]:
    return [
        item
        for item in windows
        if (platform is None or item.grants(platform.right)) and (territories is None or item.territories & territories)
    ]

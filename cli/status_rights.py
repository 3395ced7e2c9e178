"""Where a title may be shipped at an instant, and until when: by the engine that a delivery obeys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assets import territory
from assets.outline_rights import agreed_in
from assets.outlining import Outline
from assets.platform import Platform
from assets.rights import RightsWindow, permission, windows
from assets.rights.permission import Agreed

CLOSING_DAYS = 90
"""A window that ends within so many days is closing: a platform needs weeks to take a title in."""
FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class WindowState:
    """A window that the question is about, in the territories that no deal closes, and how it stands.

    It is `open`, `closing` (open, for at most `CLOSING_DAYS` more), `opening` (later), `over`, or `forbidden`: a deal
    closes it wherever it was asked for. `reasons` say what deals close of it.
    """

    window: RightsWindow
    state: str
    reasons: tuple[str, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether something may leave in it now."""
        return self.state in {"open", "closing"}


@dataclass(frozen=True, slots=True)
class Where:
    """Of which right and where it is asked, and as of when: None is any right, and anywhere."""

    platform: Platform | None
    territories: frozenset[str] | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Rights:
    """Whether something may leave now, in which territories, until when (None: no end), or why it may not."""

    is_open: bool
    territories: frozenset[str]
    until: datetime | None
    refusals: tuple[str, ...]


def standing_of(outline: Outline, where: Where) -> tuple[tuple[WindowState, ...], Rights]:
    """The windows that concern a question, in the order of the title, and what may leave at its instant."""
    agreed = agreed_in(outline)
    states = tuple(_state(agreed, item, where) for item in _concerned(outline.windows, where))
    return states, _rights(outline, agreed, states, where)


def state_of(window: RightsWindow, at: datetime) -> str:
    """How a window stands at an instant, by its dates alone."""
    if window.is_over(at):
        return "over"
    if not window.is_open(at):
        return "opening"
    return "closing" if window.end is not None and window.end - at <= timedelta(days=CLOSING_DAYS) else "open"


def _state(agreed: Agreed | None, window: RightsWindow, where: Where) -> WindowState:
    state = state_of(window, where.at)
    if agreed is None or state == "over":
        return WindowState(window, state)
    found = permission.opening(agreed, window, _right_of(window, where), where.at)
    left, asked = found.window.territories, where.territories
    is_closed = not (left if asked is None else left & asked)
    reasons = (text for text, closed in found.reasons.items() if asked is None or closed & asked)
    return WindowState(window if is_closed else found.window, FORBIDDEN if is_closed else state, tuple(reasons))


def _right_of(window: RightsWindow, where: Where) -> str:
    return window.right if where.platform is None else where.platform.right


def _rights(outline: Outline, agreed: Agreed | None, states: Sequence[WindowState], where: Where) -> Rights:
    """What may leave. With a platform and a territory, as a delivery would be decided (`permission.select`)."""
    live = [item.window for item in states if item.is_live]
    covered = frozenset[str]().union(*(item.territories for item in live))
    if where.territories is None:
        refusals = () if live else _nothing_open(states, where.at)
    else:
        refusals = _not_covered(outline, agreed, covered, where, where.territories)
    if refusals:
        return Rights(False, frozenset(), None, refusals)
    ends = [item.end for item in live if item.end is not None]
    return Rights(
        is_open=True,
        territories=covered & where.territories if where.territories is not None else covered,
        until=min(ends, default=None),
        refusals=(),
    )


def _not_covered(
    outline: Outline, agreed: Agreed | None, covered: frozenset[str], where: Where, asked: frozenset[str]
) -> tuple[str, ...]:
    """Why not everything that was asked for is open."""
    later = asked - covered
    if where.platform is None:
        return (f"no window is open in {territory.describe(later)}",) if later else ()
    right = where.platform.right
    if agreed is None:
        found = windows.select(outline.windows, right, asked, where.at)
    else:
        found = permission.select(agreed, right, asked, where.at)
    return found.refusals or ((f"not open yet in {territory.describe(later)}",) if later else ())


def _nothing_open(states: Sequence[WindowState], at: datetime) -> tuple[str, ...]:
    if closed := [reason for item in states if item.state == FORBIDDEN for reason in item.reasons]:
        return tuple(dict.fromkeys(closed))
    starts = [item.window.start for item in states if item.window.start > at]
    if starts:
        return (f"opens at {min(starts).isoformat()}",)
    return ("all windows are over" if states else "no rights window",)


def _concerned(found: Sequence[RightsWindow], where: Where) -> list[RightsWindow]:
    return [
        item
        for item in found
        if (where.platform is None or item.grants(where.platform.right))
        and (where.territories is None or item.territories & where.territories)
    ]

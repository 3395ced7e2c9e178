"""Which windows of a title let a copy leave, by everything that is agreed about it. Nothing lifts what is refused here.

A window says what was licensed; the engine says whether it may be used: whether we hold it, whether another deal is
exclusive or holds it back, whether runs are left. Where a part of a window's territories is forbidden, the copy leaves
for the rest, and its package names the rest only.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assets.rights import tree
from assets.rights import windows as granted
from assets.rights.answers import Answer, Refusal, Why
from assets.rights.delivery import Delivery, forbids
from assets.rights.engine import IndexedTitle
from assets.rights.languages import Carrier
from assets.rights.questions import Question, ask, tongues_mask
from assets.rights.spans import seconds
from assets.rights.windows import RightsWindow, Selection
from assets.rights.wording import is_own_window, refusal_text

Tongues = frozenset[tuple[Carrier, str]]
_SAID_BY_WINDOWS = frozenset({Why.NOT_LICENSED, Why.LANGUAGE})
"""What a window says of itself, or that there is none."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A title's windows, its deals, and the languages of the copy that would leave in a window.

    `tongues` gives None where nobody knows what the copy carries: then every language of the window counts.
    """

    windows: Sequence[RightsWindow]
    deals: IndexedTitle
    tongues: Callable[[RightsWindow], Tongues | None]


def answer(agreed: Agreed, window: RightsWindow, right: str, at: datetime) -> Answer:
    """What forbids that a copy leaves in a window at an instant, in all of its territories, now and later."""
    tongues = agreed.tongues(window) or None
    asked = Delivery(window.id, tree.expand(right), window.territories, seconds(at), tongues)
    found = forbids(agreed.deals, asked)
    whole = agreed.deals.universe.language_words[tongues_mask(agreed.deals, tongues)]
    return found._replace(refusals=_plain(found.refusals, whole), later=_plain(found.later, whole))


def _plain(refusals: Iterable[Refusal], whole: tuple[str, ...]) -> tuple[Refusal, ...]:
    """Refusals that name languages only where they do not concern all that the copy carries."""
    return tuple(_in_any_language(item) if item.languages == whole else item for item in refusals)


def _in_any_language(refusal: Refusal) -> Refusal:
    return refusal._replace(language_bits=refusal.universe.tongues.all)


def part_of(window: RightsWindow, territories: frozenset[str] | None) -> RightsWindow:
    """A window in the territories that were asked for only; None asks for all of them."""
    return window if territories is None else replace(window, territories=window.territories & territories)


def refusals(agreed: Agreed, window: RightsWindow, right: str, at: datetime) -> tuple[str, ...]:
    """Why a copy must not leave in a window, a line for each reason; empty if it may."""
    return tuple(opening(agreed, window, right, at).reasons)


@dataclass(frozen=True, slots=True)
class Opening:
    """A window as far as no deal closes it; it may have no territory left. `reasons` say what is closed, and where."""

    window: RightsWindow
    reasons: Mapping[str, frozenset[str]]


def opening(agreed: Agreed, window: RightsWindow, right: str, at: datetime) -> Opening:
    """A window at an instant, without the territories in which something forbids that a copy leaves."""
    denied = answer(agreed, window, right, at).refusals
    reasons: dict[str, frozenset[str]] = {}
    for refusal in denied:
        text = refusal_text(refusal)
        reasons[text] = reasons.get(text, frozenset()) | refusal.territories
    return Opening(replace(window, territories=window.territories.difference(*reasons.values())), reasons)


def select(agreed: Agreed, right: str, territories: frozenset[str], at: datetime, only: str | None = None) -> Selection:
    """The windows in which a copy may leave that together cover all of `territories`, each less what is forbidden.

    As `windows.select`, obeying every deal. `withheld` are windows of which nothing may leave where it was asked for.
    Reasons speak of the territories that were asked for, though a window may be closed in others too.
    """
    found = granted.select(agreed.windows, right, territories, at, only)
    if not found.windows:
        return replace(found, refusals=(*found.refusals, *_not_granted(agreed, right, territories, at)))
    openings = [(window, opening(agreed, window, right, at)) for window in found.windows]
    free = tuple(item.window for _, item in openings if item.window.territories & territories)
    missing = territories - frozenset(code for window in free for code in window.territories)
    if missing:
        asked = (opening(agreed, part_of(window, territories), right, at) for window, _ in openings)
        reasons = (text for item in asked for text, where in item.reasons.items() if where & missing)
        return Selection((), tuple(dict.fromkeys(reasons)))
    withheld = (
        (window, refusals(agreed, part_of(window, territories), right, at))
        for window, item in openings
        if not item.window.territories & territories
    )
    return Selection(free, (), tuple(withheld))


def _not_granted(agreed: Agreed, right: str, territories: frozenset[str], at: datetime) -> list[str]:
    """What deals have to say where no window is open, which the windows cannot: of own ones, that they are over."""
    asked = Question(tree.expand(right), territories, seconds(at))
    return [refusal_text(refusal) for refusal in ask(agreed.deals, asked).refusals if not _is_said(refusal)]


def _is_said(refusal: Refusal) -> bool:
    if refusal.why in _SAID_BY_WINDOWS:
        return True
    return refusal.claim is not None and refusal.why is Why.OVER and is_own_window(refusal.claim)

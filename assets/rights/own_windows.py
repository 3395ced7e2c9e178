"""The windows of a title.toml as licences to nobody in particular, so that they are judged with the deals."""

from collections.abc import Iterable
from dataclasses import replace

from assets import territory
from assets.rights.model import Deal, Grant, Scope, Side, Source, Status, Term, TitleRights
from assets.rights.spans import OPEN, seconds
from assets.rights.windows import RightsWindow


def with_own_windows(rights: TitleRights, windows: Iterable[RightsWindow]) -> TitleRights:
    """A title's deals with its own windows among them, each a signed licence by itself.

    A window that stands for the grant of a licence has the id of that grant, and is there already.
    """
    licensed = {grant.id for deal in rights.licences for grant in deal.grants}
    own = tuple(_licence(window) for window in windows if window.id not in licensed)
    return replace(rights, deals=(*rights.deals, *own))


def deal_of(window_id: str) -> str:
    """The id of the licence that an own window is; no deal of a file has such an id, for it has a space."""
    return f"window {window_id}"


def _licence(window: RightsWindow) -> Deal:
    deal = deal_of(window.id)
    end = OPEN if window.end is None else seconds(window.end)
    term = Term(seconds(window.start), end, window.zone)
    named = territory.describe(window.territories)
    scope = Scope(window.leaves, window.territories, term, window.languages, named)
    source = Source(place=window.place)
    grant = Grant(window.id, deal, scope, window.exclusive, source)
    return Deal(deal, Side.LICENCE, "", Status.SIGNED, (grant,), source=source)

"""Until when a window is kept back from the public, by the licence that it stands for and by what we hold."""

from collections.abc import Iterator
from datetime import UTC, datetime

from assets.rights.model import Grant, TitleRights


def lifts(rights: TitleRights, window: str) -> datetime | None:
    """From when on a window's title may be announced and be seen; None if nothing keeps it back.

    What keeps one of its territories back keeps the package back, which is one for all of them.
    """
    grants = [grant for deal in rights.licences for grant in deal.grants if grant.id == window]
    held = [grant for grant in _held(rights) if any(_meet(grant, sold) for sold in grants)]
    instants = [
        instant
        for grant in (*grants, *held)
        for instant in (grant.announce, grant.suppress_until)
        if instant is not None
    ]
    return datetime.fromtimestamp(max(instants), UTC) if instants else None


def _held(rights: TitleRights) -> Iterator[Grant]:
    return (grant for deal in rights.mandates if deal.binds for grant in deal.grants)


def _meet(grant: Grant, sold: Grant) -> bool:
    some, other = grant.scope, sold.scope
    shares = some.rights & other.rights and some.territories & other.territories
    return bool(shares and some.term.possible.meet(other.term.possible))

"""Until when a window is kept back from the public, by the licence that it stands for."""

from datetime import UTC, datetime

from assets.rights.model import TitleRights


def lifts(rights: TitleRights, window: str) -> datetime | None:
    """From when on a window's title may be announced and be seen; None if nothing keeps it back."""
    grants = [grant for deal in rights.licences for grant in deal.grants if grant.id == window]
    instants = [
        instant for grant in grants for instant in (grant.announce, grant.suppress_until) if instant is not None
    ]
    return datetime.fromtimestamp(max(instants), UTC) if instants else None

"""The windows that licences open for delivery, and what is doubtful of the windows that a title.toml writes itself."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from assets.rights import spans, tree
from assets.rights.model import Deal, Doubt, Grant
from assets.rights.term_reading import Calendar
from assets.rights.windows import RightsWindow
from assets.window_records import WindowRecord


def windows_of(licences: Iterable[Deal]) -> Iterator[RightsWindow]:
    """The windows that licences open: one for each right or whole group of a grant that binds and has runs left.

    A grant without certain dates opens none, nor does one of a deal that had ended before it began.
    """
    for deal in licences:
        for grant in deal.grants if deal.binds else ():
            if grant.scope.term.certain and not grant.is_used_up:
                yield from _of_grant(grant)


def _of_grant(grant: Grant) -> Iterator[RightsWindow]:
    scope = grant.scope
    certain, zone = scope.term.certain, ZoneInfo(scope.term.zone)
    for right in tree.cover(scope.rights):
        yield RightsWindow(
            id=grant.id,
            right=right,
            territories=scope.territories,
            start=datetime.fromtimestamp(certain.start, zone),
            end=None if certain.end == spans.OPEN else datetime.fromtimestamp(certain.end, zone),
            zone=scope.term.zone,
            languages=scope.languages,
            exclusive=grant.exclusive,
            place=grant.source.place,
        )


def doubts_of(windows: Iterable[tuple[RightsWindow, WindowRecord]]) -> tuple[Doubt, ...]:
    """Which dates of a title's own windows could be read in another way."""
    found: list[Doubt] = []
    for window, record in windows:
        calendar = Calendar(ZoneInfo(record.zone))
        start = calendar.find(record.start)
        ends = (start, calendar.last(record.end, record.through, start))
        found += [Doubt(window.place, what, read_as) for item in ends for what, read_as in item.doubts]
    return tuple(found)

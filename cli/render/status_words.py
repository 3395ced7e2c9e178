"""The words of `status`, the same in the terminal and on the page."""

from collections.abc import Iterator, Sequence

from assets import territory
from assets.rights import utc
from assets.title import Kind
from cli.render.words import count_text
from cli.status import Status
from cli.status_places import AWAY, PRESENT, Place
from cli.status_sent import Sent

COLUMNS = ("master", "audio", Kind.FULL.value, Kind.FORCED.value, Kind.SDH.value)
_NOTHING = "-"


def rows(status: Status) -> Iterator[tuple[str, ...]]:
    """A row for each version and language: both, then a cell for each of `COLUMNS` and one for the metadata."""
    slots = [place.slot for place in status.places if place.slot.what in COLUMNS]
    keys = dict.fromkeys((slot.version, slot.language) for slot in slots)
    for version, language in keys:
        own = [place for place in status.places if (place.slot.version, place.slot.language) == (version, language)]
        cells = (cell([place for place in own if place.slot.what == what]) for what in COLUMNS)
        lacks = status.metadata.get(language)
        texts = _NOTHING if lacks is None else "no " + ", ".join(lacks) if lacks else PRESENT
        yield version, language, *cells, texts.replace("_", " ")


def others(status: Status) -> Iterator[tuple[str, str, str, str]]:
    """The stems, pictures and papers of a title, and tracks of other kinds: what, kind, language, cell."""
    for place in status.places:
        if place.slot.what not in COLUMNS:
            slot = place.slot
            yield slot.what, slot.kind or slot.version, slot.language, cell([place])


def cell(places: Sequence[Place]) -> str:
    """`pass`, `missing`, `fail`, or several of them; a hyphen where nothing is asked for."""
    said = dict.fromkeys(word(place) for place in places)
    return ", ".join(said) or _NOTHING


def word(place: Place) -> str:
    """`pass`, `absent`, `pass (away)`."""
    if place.presence == PRESENT:
        return place.check
    return f"{place.check} (away)" if place.presence == AWAY else place.presence


def answer(status: Status) -> str:
    """`yes: KR until 2027-01-01T00:00:00Z`, or why not."""
    if not status.rights.is_open:
        return f"{status.can_ship}: {'; '.join(status.rights.refusals)}"
    until = f" until {utc(status.rights.until)}" if status.rights.until else ""
    where = f"{territory.describe(status.rights.territories)}{until}"
    if status.can_ship == "yes":
        return f"yes: {where}"
    said = (f"{status.can_ship}: rights are open for {where}", lacking(status), *status.cleared.reasons)
    return "; ".join(filter(None, said))


def lacking(status: Status) -> str:
    """`2 missing, 1 absent, 3 unchecked`; empty if nothing lacks."""
    counts: dict[str, int] = {}
    for place in (*status.missing, *status.not_passed):
        counts[word(place)] = counts.get(word(place), 0) + 1
    return ", ".join(f"{number} {said}" for said, number in counts.items())


def windows(status: Status) -> str:
    """`2 open, 1 closing`."""
    states = [item.state for item in status.windows]
    return ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states)) or "none"


def closed_lines(status: Status) -> Iterator[str]:
    """What deals close of the windows, a line for each reason."""
    for item in status.windows:
        yield from (f"window {item.window.id} must not be used: {reason}" for reason in item.reasons)


def packages(status: Status) -> str:
    """`3 packages, 1 superseded`; empty if nothing was delivered."""
    if not status.sent:
        return ""
    old = f", {status.superseded} superseded" if status.superseded else ""
    return count_text(len(status.sent), "package") + old


def sent_lines(sent: Sent) -> Iterator[str]:
    """A package: its platform, revision and place, then each file in it that is not the newest."""
    item = sent.delivery
    when = item.receipts[-1][1] if item.receipts else item.judged_at
    where = f", {item.receipts[-1][2]}" if item.receipts else ""
    yield f"{item.platform} {item.platform_revision}, window {item.window}, {when}{where}: {item.store} {item.prefix}"
    for old in sent.superseded:
        yield f"  superseded: {old.name} is {old.delivered or 'of no known revision'}, the newest is {old.newest}"
    if sent.unknown:
        yield f"  unknown, for want of a revision: {', '.join(sent.unknown)}"

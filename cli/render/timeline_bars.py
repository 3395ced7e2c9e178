"""A title's rights as bars over time: a row a right, a lane for territories, tracks where bars would cover each other.

Places on the axis are integers, in hundredths of a percent of its length.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime
from itertools import count

from assets.rights import tree
from assets.rights.answers import Claim
from assets.rights.happenings import live_claims, where
from assets.rights.model import Grant, Holdback, Side
from assets.rights.spans import BEGINNING, OPEN, Span, seconds
from cli.render import happening_words
from cli.render.happening_words import Named

_WHOLE = 10_000
_NARROWEST = 30
"""So much of the axis has every bar at least, so that a festival of a week can be seen and pointed at."""
_MOST_YEARS = 10
"""What is open, or ends later than so many years from now, goes on at the edge of the page."""
_MOST_LABELS = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """A grant or a holdback on the axis. `look` is one of `mandate`, `licence`, `pending`, `unknown`, `holdback`.

    `number` joins it to its line of the table; `facts` are what the table and the bar's own words say of it.
    """

    number: int
    look: str
    left: int
    width: int
    is_cut_before: bool
    is_cut_after: bool
    label: str
    rights: str
    where: str
    start: str
    end: str
    zone: str
    facts: tuple[tuple[str, str], ...]

    @property
    def spoken(self) -> str:
        """All of it in one sentence."""
        facts = "".join(f"; {key}: {value}" for key, value in self.facts)
        return f"{self.rights}, {self.where}: {self.label}, {self.start} to {self.end} ({self.zone}){facts}"


@dataclass(frozen=True, slots=True)
class Lane:
    """The bars of one right in the same territories, on as few tracks as they need."""

    where: str
    tracks: tuple[tuple[Bar, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One right, or a whole group, and its lanes."""

    right: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One title: its names by language, the one it is shown under first, its rows, its bars in the order of the table.

    `outside` is how many grants and holdbacks lie before or after the axis.
    """

    id: str
    name: str
    language: str
    names: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    doubts: tuple[str, ...]
    has_mandate: bool
    outside: int


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a year on the axis. A `minor` one has no words where there is little room."""

    place: int
    year: int
    has_words: bool
    is_minor: bool


def axis(titles: Sequence[Named], at: int) -> Span:
    """Whole years (UTC) from the one before now until everything known has ended, but not too many."""
    year = datetime.fromtimestamp(at, UTC).year
    ends = [
        datetime.fromtimestamp(claim.item.scope.term.end, UTC).year
        for title in titles
        for claim in _claims(title)
        if claim.item.scope.term.end not in {None, OPEN} and claim.item.scope.term.end > at
    ]
    last = min(max(ends, default=year + 2), year + _MOST_YEARS)
    return Span(_new_year(year - 1), _new_year(min(max(last, year + 2) + 1, MAXYEAR)))


def _new_year(year: int) -> int:
    return seconds(datetime(year, 1, 1, tzinfo=UTC))


def ticks(span: Span) -> tuple[Tick, ...]:
    """The years that begin on the axis."""
    first, last = (datetime.fromtimestamp(value, UTC).year for value in (span.start, span.end))
    years = [year for year in range(first, last + 1) if span.start <= _new_year(year) < span.end]
    step = len(years) // _MOST_LABELS + 1
    return tuple(
        Tick(place(_new_year(year), span), year, number % step == 0, number // step % 2 == 1)
        for number, year in enumerate(years)
    )


def place(at: int, span: Span) -> int:
    """Where an instant is on the axis, from 0 to 10 000."""
    held = min(max(at, span.start), span.end)
    return (held - span.start) * _WHOLE // (span.end - span.start)


def sections(titles: Iterable[Named], span: Span, at: int, *, internal: bool) -> Iterator[Section]:
    """What the page shows of each title at an instant. What lies wholly outside of the axis is only counted."""
    numbers = count(1)
    for title in titles:
        claims = list(_claims(title))
        shown = sorted((claim for claim in claims if _possible(claim).meet(span)), key=_order)
        bars = [
            (name, _bar(next(numbers), name, claim, span, at, internal=internal))
            for name in tree.nodes()
            for claim in shown
            if name in tree.cover(claim.item.scope.rights)
        ]
        doubts = title.rights.doubts if internal else ()
        yield Section(
            id=title.id,
            name=title.name,
            language=happening_words.language_of(title),
            names=tuple(title.names.items()),
            rows=tuple(_rows(bars)),
            bars=tuple(bar for _, bar in bars),
            doubts=tuple(f"{item.place}: {item.what}; read {item.read_as}" for item in doubts),
            has_mandate=bool(title.rights.mandates),
            outside=len(claims) - len(shown),
        )


def _claims(title: Named) -> Iterator[Claim]:
    return live_claims(title.rights.deals)


def _order(claim: Claim) -> tuple[bool, int, int]:
    """What is held stands above what is sold, and what is held back below."""
    return claim.deal.side is Side.LICENCE, isinstance(claim.item, Holdback), _possible(claim).start


def _possible(claim: Claim) -> Span:
    return claim.item.scope.term.possible


def _rows(bars: Sequence[tuple[str, Bar]]) -> Iterator[Row]:
    by_right: dict[str, dict[str, list[Bar]]] = {}
    for name, bar in bars:
        by_right.setdefault(name, {}).setdefault(bar.where, []).append(bar)
    for lanes in by_right.values():
        rights = next(iter(lanes.values()))[0].rights
        yield Row(rights, tuple(Lane(where_, tuple(_tracks(found))) for where_, found in lanes.items()))


def _tracks(bars: Iterable[Bar]) -> list[tuple[Bar, ...]]:
    """Each bar on the first track where there is room for it; what is of another side is not mixed in."""
    tracks: list[list[Bar]] = []
    for bar in bars:
        free = (
            track
            for track in tracks
            if track[-1].left + track[-1].width <= bar.left and (track[0].look == "mandate") == (bar.look == "mandate")
        )
        track = next(free, None)
        if track is None:
            tracks.append([bar])
        else:
            track.append(bar)
    return [tuple(track) for track in tracks]


def _bar(number: int, right: str, claim: Claim, span: Span, at: int, *, internal: bool) -> Bar:
    possible, term = _possible(claim), claim.item.scope.term
    left, right_end = place(possible.start, span), place(possible.end, span)
    width = max(right_end - left, _NARROWEST)
    return Bar(
        number=number,
        look=look(claim, at),
        left=min(left, _WHOLE - width),
        width=width,
        is_cut_before=possible.start < span.start,
        is_cut_after=possible.end > span.end,
        label=_label(claim, at, internal=internal),
        rights=tree.nodes()[right].name.partition(" (")[0],
        where=where(claim),
        start=_date(term.start, BEGINNING, term.zone),
        end=_date(term.end, OPEN, term.zone),
        zone=term.zone,
        facts=tuple(happening_words.terms(claim, at)) if internal else (),
    )


def look(claim: Claim, at: int) -> str:
    """What the bar of a grant or a holdback looks like at an instant."""
    if not claim.deal.is_signed(at):
        return "pending"
    if claim.item.scope.term.unknown:
        return "unknown"
    if isinstance(claim.item, Holdback):
        return "holdback"
    return claim.deal.side.value


def _label(claim: Claim, at: int, *, internal: bool) -> str:
    """The words on a bar: what it is, and for those who may know, with whom and whether exclusively."""
    what = "holdback" if isinstance(claim.item, Holdback) else claim.deal.side.value
    words = [what if claim.deal.binds else f"pending {what}"]
    words += [happening_words.NOT_SIGNED] if claim.deal.binds and not claim.deal.is_signed(at) else []
    words += ["date unknown"] if claim.item.scope.term.unknown else []
    if internal:
        words += [claim.deal.party] if claim.deal.party else []
        words += ["exclusive"] if isinstance(claim.item, Grant) and claim.item.exclusive else []
    return ", ".join(words)


def _date(value: int | None, never: int, zone: str) -> str:
    """A date of a term as its declared zone shows it, to the day where it is midnight there."""
    if value is None:
        return "not known yet"
    if value in {never, BEGINNING, OPEN}:
        return "open"
    return happening_words.local_text(value, zone)

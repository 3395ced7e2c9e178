"""A title's deals as bars of text over time, a line a grant; plain characters, which every terminal draws one wide."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime
from typing import TYPE_CHECKING

from assets.rights.model import Deal, Grant, Holdback, Side, Status
from assets.rights.spans import BEGINNING, OPEN, Span, seconds
from cli.render.words import visible

if TYPE_CHECKING:
    from rich.text import Text

LEGEND = "= held  # sold exclusively  + sold  x held back  . pending  ? date unknown  | now"
_ELSEWHERE = "< earlier  > later"
_STYLES = {"=": "cyan", "#": "red", "+": "green", "x": "magenta", ".": "yellow", "?": "yellow", "|": "bold"}
_YEARS_BEFORE, _YEARS_AFTER = 5, 15
_WIDEST_LABEL = 28
_NARROWEST_BAR = 20
_LABEL = len("2026 ")
_LONGEST = 100
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class _Bar:
    """A grant or a holdback: its id, the character that it is drawn with, and when it may run."""

    label: str
    mark: str
    span: Span


def timeline(deals: Iterable[Deal], at: datetime, width: int) -> Iterator["Text"]:
    """The lines of the timeline, at most `width` characters each; nothing if no deal has a bar."""
    from rich.text import Text

    bars = [
        _Bar(visible(item.id), _mark(deal, item, seconds(at)), item.scope.term.possible) for deal, item in _items(deals)
    ]
    if not bars:
        return
    now = seconds(at)
    axis = _axis([bar.span for bar in bars], now)
    label = min(max(len(bar.label) for bar in bars), _WIDEST_LABEL)
    room = max(min(width - label - 2, _LONGEST), _NARROWEST_BAR)
    yield Text(" " * (label + 2) + _years(axis, room), "dim")
    for bar in bars:
        drawn = _drawn(bar, axis, room, now)
        line = Text(f"{_short(bar.label, label)}  ")
        for mark in drawn:
            line.append(mark, _STYLES.get(mark, ""))
        line.rstrip()
        yield line
    yield from (Text(line, "dim") for line in _legend(width))
    if any(not bar.span.meet(axis) for bar in bars):
        yield Text(_ELSEWHERE, "dim")


def _legend(width: int) -> Iterator[str]:
    """What the characters mean, on as many lines as it needs; none of it is parted."""
    line = ""
    for part in LEGEND.split("  "):
        if line and len(line) + 2 + len(part) > width:
            yield line
            line = ""
        line += f"  {part}" if line else part
    yield line


def _items(deals: Iterable[Deal]) -> Iterator[tuple[Deal, Grant | Holdback]]:
    for deal in sorted(deals, key=lambda deal: deal.side is Side.LICENCE):
        items: list[Grant | Holdback] = [*deal.grants, *deal.holdbacks]
        if deal.status is not Status.DRAFT:
            yield from ((deal, item) for item in items if item.scope.term.possible)


def _mark(deal: Deal, item: Grant | Holdback, at: int) -> str:
    if item.scope.term.unknown:
        return "?"
    if not deal.is_signed(at):
        return "."
    if isinstance(item, Holdback):
        return "x"
    if deal.side is Side.MANDATE:
        return "="
    return "#" if item.exclusive else "+"


def _axis(spans: Sequence[Span], now: int) -> Span:
    """The years that are shown, whole ones: from the first start to the last end, and not too far from now."""
    starts = [span.start for span in spans if span.start != BEGINNING]
    ends = [span.end for span in spans if span.end != OPEN]
    first = max(min([now, *starts]), now - _YEARS_BEFORE * _YEAR)
    last = min(max([now, *ends]), now + _YEARS_AFTER * _YEAR)
    return Span(_new_year(_year(first)), _new_year(min(_year(last) + 1, MAXYEAR)))


def _year(at: int) -> int:
    return datetime.fromtimestamp(at, UTC).year


def _new_year(year: int) -> int:
    return seconds(datetime(year, 1, 1, tzinfo=UTC))


def _column(at: int, axis: Span, room: int) -> int:
    return (min(max(at, axis.start), axis.end) - axis.start) * room // (axis.end - axis.start)


def _years(axis: Span, room: int) -> str:
    """Years along the axis, as far apart as they need to be."""
    first, last = _year(axis.start), _year(axis.end)
    step = next((step for step in (1, 2, 5, 10) if step * room >= _LABEL * (last - first)), 20)
    line = [" "] * room
    for year in range(first, last):
        at = _column(_new_year(year), axis, room)
        if year % step == 0 and at + _LABEL <= room:
            line[at : at + _LABEL - 1] = str(year)
    return "".join(line)


def _drawn(bar: _Bar, axis: Span, room: int, now: int) -> str:
    """A bar on the axis; one that is too short to be seen is drawn one wide, of one that is elsewhere the direction."""
    line = [" "] * room
    if bar.span.end <= axis.start:
        line[0] = "<"
    elif bar.span.start >= axis.end:
        line[-1] = ">"
    if bar.span.meet(axis):
        start = min(_column(bar.span.start, axis, room), room - 1)
        line[start : max(_column(bar.span.end, axis, room), start + 1)] = bar.mark * max(
            _column(bar.span.end, axis, room) - start, 1
        )
    at = min(_column(now, axis, room), room - 1)
    if line[at] == " ":
        line[at] = "|"
    return "".join(line)


def _short(label: str, width: int) -> str:
    return f"{label[: width - 1]}~" if len(label) > width else f"{label:<{width}}"

"""What `rights` says of a title in the terminal: a grid, a timeline, every deal, doubts and contradictions."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assets import territory
from assets.rights import tree
from assets.rights.model import Deal, Grant, Holdback, Side, Status
from assets.rights.own_windows import deal_of
from assets.rights.spans import seconds
from assets.rights.windows import utc
from assets.rights.wording import instant_text, status_text, term_text
from cli.conflicting import summary
from cli.render.rights_data import doubt_text
from cli.render.rights_timeline import timeline
from cli.render.words import visible
from cli.rights_grid import PARTLY, Grid
from cli.terminal import console, print_indented, print_table

if TYPE_CHECKING:
    from rich.console import Console

    from cli.rights_asking import Asking

_STYLES = {
    "available": "green",
    "non-exclusive": "green",
    "licensed": "green",
    PARTLY: "yellow",
    "on hold": "yellow",
    "sold": "red",
    "held back": "red",
    "not held": "dim",
    "not licensed": "dim",
}
_COLUMN = len("non-exclusive") + 2


def show(question: "Asking") -> None:
    """Everything that is known of the rights to a title."""
    screen, title = console(), question.title
    print_indented(screen, visible(f"{title.id}  {title.name}, as of {utc(question.at)}"), "bold")
    if not question.deals.has_mandate:
        print_indented(screen, "no mandate is recorded: nothing can be sold, and windows stand alone", "yellow")
    _show_grid(screen, question.grid())
    for line in timeline(question.title.rights.deals, question.at, screen.width):
        screen.print(line, no_wrap=True, overflow="crop", soft_wrap=not screen.is_terminal)
    for deal in question.title.rights.deals:
        _show_deal(screen, deal, seconds(question.at))
    for doubt in question.title.rights.doubts:
        print_indented(screen, visible(doubt_text(doubt)), first=("doubt", "yellow"))
    if found := question.conflicts():
        print_indented(
            screen, f"{summary(found)}: releaseprint conflicts {title.id}", first=("contradictions", "yellow")
        )


def _show_grid(screen: "Console", found: Grid) -> None:
    """As many columns as fit, then the others below; each column is a number, and the territories are named first."""
    named = [f"{number}" for number, _ in enumerate(found.columns, 1)]
    for number, codes in zip(named, found.columns, strict=True):
        print_indented(screen, territory.describe(codes), first=(f"{number:>2}", "bold"))
    first = max((row.depth * 2 + len(row.right) for row in found.rows), default=0) + 2
    step = max((screen.width - first) // _COLUMN, 1)
    for start in range(0, len(named), step):
        some = slice(start, start + step)
        rows: list[list[str | tuple[str, str]]] = [
            [" " * 2 * row.depth + row.right, *((word, _STYLES[word]) for word in row.cells[some])]
            for row in found.rows
        ]
        print_table(("right", *named[some]), rows)


def _show_deal(screen: "Console", deal: Deal, at: int) -> None:
    items: list[Grant | Holdback] = [*deal.grants, *deal.holdbacks]
    if any(deal.id == deal_of(item.id) for item in items):
        for item in items:
            print_indented(screen, visible(f"window {_item_text(item)}, {item.source.place}"), "bold")
        return
    style = "dim" if deal.status in {Status.DRAFT, Status.ENDED} else "" if deal.is_signed(at) else "yellow"
    print_indented(screen, visible(_deal_text(deal, at)), f"bold {style}".strip())
    for item in items:
        print_indented(screen, visible(_item_text(item)), indent=2)


def _deal_text(deal: Deal, at: int) -> str:
    way = "from" if deal.side is Side.MANDATE else "to"
    under = f", under mandate {deal.under}" if deal.under else ""
    source = [f"{word} {text}" for word, text in (("contract", deal.source.contract), ("clause", deal.source.clause))]
    written = ", ".join(text for text in source if not text.endswith(" "))
    return f"{deal.side} {deal.id}, {status_text(deal, at)}, {way} {deal.party}{under}; {written}"


def _item_text(item: Grant | Holdback) -> str:
    scope = item.scope
    kind = "holdback " if isinstance(item, Holdback) else ""
    exclusive = "exclusive, " if isinstance(item, Grant) and item.exclusive else ""
    what = f"{tree.describe(scope.rights)} in {scope.named or territory.describe(scope.territories)}"
    clause = f", clause {item.source.clause}" if item.source.clause else ""
    extra = "".join(f"; {text}" for text in _extras(item))
    return f"{kind}{item.id}: {what}; {exclusive}{term_text(scope.term)}; languages {scope.languages}{clause}{extra}"


def _extras(item: Grant | Holdback) -> Iterator[str]:
    """What few grants have."""
    if missing := item.scope.term.unknown:
        yield f"waits for {', '.join(missing)}"
    if not isinstance(item, Grant):
        return
    zone = item.scope.term.zone
    if item.runs is not None:
        yield f"{item.runs_used} of {item.runs} runs used"
    if item.announce is not None:
        yield f"not announced before {instant_text(item.announce, zone)}"
    if item.suppress_until is not None:
        yield f"not shown before {instant_text(item.suppress_until, zone)}"

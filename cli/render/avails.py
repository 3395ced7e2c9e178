"""What `avails` says, in the terminal and to a machine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assets import territory
from assets.rights import tree
from assets.rights.availability import Ending, Patch, State
from assets.rights.model import Deal
from assets.rights.spans import OPEN, seconds
from assets.rights.windows import utc
from assets.rights.wording import (
    claim_text,
    claims_text,
    instant_text,
    later_text,
    refusal_text,
    standing_text,
    status_text,
)
from cli.avails_asking import EXCLUSIVELY, NO, NON_EXCLUSIVELY, PARTLY, YES, Asked, Said, TitleAvails
from cli.avails_lists import ForSale
from cli.render import rights_data as data
from cli.render.words import count_text, visible
from cli.terminal import console, print_indented

if TYPE_CHECKING:
    from rich.console import Console

SCHEMA = "releaseprint/avails/1"
_STYLES = {YES: "green", EXCLUSIVELY: "green", NON_EXCLUSIVELY: "green", PARTLY: "yellow", NO: "red"}
_HOW = {
    State.EXCLUSIVE: ("exclusively", "green"),
    State.NON_EXCLUSIVE: ("non-exclusively", "green"),
    State.ON_HOLD: ("on hold", "yellow"),
}
_VERB, _ANSWER = len("announce"), len(NON_EXCLUSIVELY)


def head(asked: Asked) -> dict[str, Any]:
    """What was asked."""
    where = data.territories_data(asked.territories)
    return {"schema": SCHEMA, "as_of": utc(asked.at), "right": asked.right, **where}


def _when(seconds: int | None) -> str:
    """An instant in UTC, to the minute: dates of many deals have many zones."""
    return instant_text(seconds).replace("+00:00", "Z").replace(":00Z", "Z")


@dataclass(frozen=True, slots=True)
class Avails:
    """What may be done with titles."""

    found: Sequence[TitleAvails]
    in_full: bool

    def data(self) -> dict[str, Any]:
        """The answers title by title."""
        return {
            "titles": [
                {
                    "title": item.title.outline.id,
                    "name": item.title.outline.name,
                    "mandate_recorded": item.title.deals.has_mandate,
                    **{verb: _said(said) for verb, said in item.answers()},
                }
                for item in self.found
            ]
        }

    def show(self, asked: Asked) -> None:
        """The titles of which something is allowed, then the others, a line each unless all is to be told."""
        screen = console()
        where = territory.describe(asked.territories)
        print_indented(screen, f"{asked.right} in {where}, as of {utc(asked.at)}", "dim")
        for item in sorted(self.found, key=lambda item: not item.has_any):
            note = "" if item.title.deals.has_mandate else "  (no mandate is recorded)"
            name = visible(f"{item.title.outline.id}  {item.title.outline.name}{note}")
            if item.has_any or self.in_full:
                print_indented(screen, name, "bold")
                for verb, said in item.answers():
                    _show_said(screen, verb, said, in_full=self.in_full)
            else:
                print_indented(screen, f"{name}: {visible(next(_reasons(item.deliver), 'not licensed'))}", "dim")
        some = sum(item.has_any for item in self.found)
        others = "" if self.in_full or some == len(self.found) else "; all reasons of the others: --why-not"
        print_indented(screen, f"{count_text(len(self.found), 'title')}, {some} with something{others}")


def _said(said: Said) -> dict[str, Any]:
    return {
        "answer": said.answer,
        **data.territories_data(said.territories),
        "until": data.instant_data(said.until),
        "by": [data.claim_data(claim) for claim in said.grants],
        "why_not": [data.refusal_data(refusal) for refusal in said.refusals],
        "not_in_languages": [data.refusal_data(refusal) for refusal in said.limits],
        "later_not": [data.refusal_data(refusal) for refusal in said.later],
        "on_hold": [data.claim_data(claim) for claim in said.holds],
        "notes": [*said.reasons, *said.notes],
    }


def _show_said(screen: "Console", verb: str, said: Said, *, in_full: bool) -> None:
    """An answer, and below each other: by which grants, why not, what forbids it later, what is not signed yet."""
    style = _STYLES[said.answer]
    lines = _lines(said, in_full=in_full, has_limits=in_full or verb == "sell")
    for number, line in enumerate(lines):
        word = f"{verb:<{_VERB}}  {said.answer:<{_ANSWER}}" if number == 0 else " " * (_VERB + 2 + _ANSWER)
        print_indented(screen, visible(line), first=(word, style if number == 0 else ""))


def _lines(said: Said, *, in_full: bool, has_limits: bool) -> Iterator[str]:
    if said.grants:
        where = f" in {territory.describe(said.territories)}" if said.answer == PARTLY else ""
        until = f", as it is until {_when(said.until)}" if said.until not in {None, OPEN} else ""
        limits = "" if has_limits or not said.limits else ", not in every language (--why-not)"
        yield f"by {claims_text(said.grants)}{where}{limits}{until}"
    reasons = list(_reasons(said))
    shown = reasons if in_full else reasons[:1] if said.answer in {NO, PARTLY} else []
    if in_full:
        yield from said.notes
        yield from (f"not exclusively: {text}" if said.answer == NON_EXCLUSIVELY else text for text in shown)
    elif shown:
        rest = f" (and {len(reasons) - 1} more: --why-not)" if len(reasons) > 1 else ""
        yield f"{shown[0]}{rest}"
    yield from (f"in some languages not: {refusal_text(refusal)}" for refusal in said.limits if has_limits)
    yield from dict.fromkeys(f"later not: {later_text(refusal)}" for refusal in said.later)
    yield from (f"on hold: {text}" for text in _holds(said) if not any(line.startswith(text) for line in shown))


def _holds(said: Said) -> Iterator[str]:
    """The deals that are not signed and would matter, as a reason begins that says it of them."""
    return (f"{claim_text(claim)} is {standing_text(claim.deal)}" for claim in said.holds)


def _reasons(said: Said) -> Iterator[str]:
    """Why not, each reason once."""
    yield from dict.fromkeys((*said.reasons, *map(refusal_text, said.refusals)))


@dataclass(frozen=True, slots=True)
class Sales:
    """What can be sold."""

    found: Sequence[ForSale]

    def data(self) -> dict[str, Any]:
        """It, title by title."""
        return {
            "titles": [
                {"title": item.title.outline.id, "for_sale": [data.patch_data(patch) for patch in item.patches]}
                for item in self.found
            ]
        }

    def show(self, asked: Asked) -> None:
        """A line for each part that can be sold, title by title."""
        screen = console()
        where = territory.describe(asked.territories)
        print_indented(screen, f"{asked.right} in {where}, from {utc(asked.at)} on", "dim")
        for item in self.found:
            print_indented(screen, visible(f"{item.title.outline.id}  {item.title.outline.name}"), "bold")
            for patch in item.patches:
                word, style = _HOW[patch.state]
                print_indented(screen, visible(_patch_text(patch)), first=(f"{word:<{_ANSWER}}", style))
        print_indented(screen, f"{count_text(len(self.found), 'title')} with something to sell")


def _patch_text(patch: Patch) -> str:
    what = f"{tree.describe(patch.rights)} in {territory.describe(patch.territories)}"
    when = f"{_when(patch.span.start)} to {_when(patch.span.end)}"
    spoken = f", {'; '.join(patch.languages)}" if patch.languages else ""
    holds = f"; on hold: {claims_text(patch.holds)}" if patch.holds else ""
    return f"{what}, {when}{spoken}; by {claims_text(patch.claims)}{holds}"


def _unsigned(deal: Deal, asked: Asked) -> str:
    """What to say of a deal that is not signed yet as of what was asked; nothing of others."""
    at = seconds(asked.at)
    return "" if deal.is_signed(at) else f", {status_text(deal, at)}"


@dataclass(frozen=True, slots=True)
class Ends:
    """What ends soon."""

    found: Sequence[Ending]

    def data(self) -> dict[str, Any]:
        """It, in order of time."""
        return {
            "endings": [
                {"title": item.title, "at": data.instant_data(item.end), **data.claim_data(item.claim)}
                for item in self.found
            ]
        }

    def show(self, asked: Asked) -> None:
        """A line for each grant and holdback that ends."""
        screen = console()
        for item in self.found:
            scope = item.claim.item.scope
            what = f"{tree.describe(scope.rights)} in {territory.describe(scope.territories)}"
            deal = item.claim.deal
            text = visible(f"{item.title}: {claim_text(item.claim)}{_unsigned(deal, asked)}: {what}")
            print_indented(screen, text, first=(_when(item.end), "bold"), indent=0)
        print_indented(screen, f"{count_text(len(self.found), 'end')} from {utc(asked.at)} on")

"""Answers in words: which deal, contract, clause, territories and time allow or forbid.

Buyers and producers are never named: what is said here may stand in a report that a platform receives.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from assets import territory
from assets.rights import tree
from assets.rights.answers import Claim, Refusal, Why, through_group
from assets.rights.contradictions import Conflict
from assets.rights.contradictions import Kind as Contradiction
from assets.rights.model import Deal, Grant, Holdback, Term
from assets.rights.own_windows import deal_of
from assets.rights.spans import ALWAYS, BEGINNING, OPEN, Span


def instant_text(seconds: int | None, zone: str = "UTC") -> str:
    """An instant with the offset that a zone has then; `open` for no end, `a day not known yet` for None."""
    if seconds is None:
        return "a day not known yet"
    if seconds in {BEGINNING, OPEN}:
        return "open"
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone)).isoformat()
    except (OverflowError, ValueError, OSError):
        return "open"


def span_text(span: Span, zone: str = "UTC") -> str:
    """From when to when, `at any time` for no limit on either side."""
    if span == ALWAYS:
        return "at any time"
    start = "up to" if span.start == BEGINNING else f"{instant_text(span.start, zone)} to"
    return f"{start} {instant_text(span.end, zone)}"


def term_text(term: Term) -> str:
    """`2026-01-01T00:00:00+09:00 to 2028-01-01T00:00:00+09:00 (Asia/Seoul)`."""
    return f"{instant_text(term.start, term.zone)} to {instant_text(term.end, term.zone)} ({term.zone})"


def is_own_window(claim: Claim) -> bool:
    """Whether it is a window of a title.toml, a licence to nobody in particular."""
    return claim.deal.id == deal_of(claim.item.id)


def claim_text(claim: Claim) -> str:
    """A grant or a holdback by its deal, contract and clause: `grant a of licence b (contract C-1, clause 2.1)`."""
    if is_own_window(claim):
        return f"window {claim.item.id}"
    what = "holdback" if isinstance(claim.item, Holdback) else "grant"
    source = claim.source
    said = (("contract", source.contract), ("clause", source.clause))
    where = ", ".join(f"{word} {text}" for word, text in said if text)
    text = f"{what} {claim.item.id} of {claim.deal.side} {claim.deal.id}"
    return f"{text} ({where})" if where else text


def refusal_text(refusal: Refusal) -> str:
    """A *no* on one line: who forbids, what, where, until when, in which languages, and through which group."""
    claim = refusal.claim
    what = f"{tree.describe(refusal.rights)} in {territory.describe(refusal.territories)}"
    if refusal.languages:
        what += f", {'; '.join(refusal.languages)}"
    if claim is not None and not _same(claim.named, refusal.territories):
        what += f" (through {claim.named})"
    if claim is None:
        return f"{_NOBODY[refusal.why]}: {what}"
    return f"{claim_text(claim)} {_SOMEBODY[refusal.why](claim)}: {what}"


def later_text(refusal: Refusal) -> str:
    """What will forbid it later, with the instant from which on it does."""
    zone = refusal.claim.item.scope.term.zone if refusal.claim else "UTC"
    return f"from {instant_text(refusal.span.start, zone)}: {refusal_text(refusal)}"


_NOBODY: Mapping[Why, str] = {
    Why.NOTHING_ASKED: "nothing was asked for",
    Why.NO_MANDATE: "no mandate is recorded, so that nothing can be sold",
    Why.NOT_HELD: "outside every mandate",
    Why.NOT_LICENSED: "no licence covers it",
}


def _starts(claim: Claim) -> str:
    term = claim.item.scope.term
    return f"begins only {instant_text(term.start, term.zone)}"


def _ended(claim: Claim) -> str:
    term = claim.item.scope.term
    return f"ended {instant_text(term.end, term.zone)}"


def _runs(claim: Claim) -> str:
    item = claim.item
    return f"has no run left, {item.runs_used} of {item.runs} used" if isinstance(item, Grant) else "has no run left"


def _unknown(claim: Claim) -> str:
    missing = ", ".join(claim.item.scope.term.unknown)
    return f"depends on a date that is not known yet{f', {missing}' if missing else ''}"


def _forbids(verb: str) -> Callable[[Claim], str]:
    return lambda claim: f"{verb} {_time(claim)}"


def _time(claim: Claim) -> str:
    term = claim.item.scope.term
    if term.unknown:
        return f"at a time that depends on {', '.join(term.unknown)}"
    return f"from {term_text(term)}"


def _embargo(field: str, verb: str) -> Callable[[Claim], str]:
    def said(claim: Claim) -> str:
        return f"{verb} {instant_text(getattr(claim.item, field, None), claim.item.scope.term.zone)}"

    return said


_SOMEBODY: Mapping[Why, Callable[[Claim], str]] = {
    Why.CHAIN: lambda _: "rests on a mandate that does not cover it",
    Why.NOT_PASSED_ON: lambda _: "was given to somebody else, and is not passed on",
    Why.UNSIGNED: lambda claim: f"is {standing_text(claim.deal)}{'' if claim.deal.binds else ', not signed'}",
    Why.DATE_UNKNOWN: _unknown,
    Why.USED_UP: _runs,
    Why.NOT_YET: _starts,
    Why.OVER: _ended,
    Why.LANGUAGE: lambda claim: f"grants other languages ({claim.item.scope.languages})",
    Why.HELD_BACK: _forbids("forbids it"),
    Why.EXCLUSIVE: _forbids("is exclusive"),
    Why.SOLD: _forbids("has it already"),
    Why.NOT_EXCLUSIVE: lambda _: "is not exclusive",
    Why.SUPPRESSED: _embargo("suppress_until", "keeps it from the public until"),
    Why.EMBARGOED: _embargo("announce", "may not be announced before"),
}


def standing_text(deal: Deal) -> str:
    """How far a deal has come that does not bind yet."""
    return f"signed only on {deal.signed}" if deal.binds else deal.status


def status_text(deal: Deal, at: int) -> str:
    """How far a deal has come at an instant (seconds): its status, or the day to come on which it is signed."""
    return standing_text(deal) if deal.binds and not deal.is_signed(at) else deal.status.value


def hold_text(claim: Claim) -> str:
    """A deal that is not signed and would matter if it were."""
    scope = claim.item.scope
    what = f"{tree.describe(scope.rights)} in {territory.describe(scope.territories)}"
    return f"{claim_text(claim)} is {standing_text(claim.deal)}: {what}, {term_text(scope.term)}"


def claims_text(claims: Iterable[Claim]) -> str:
    """Several grants on one line."""
    return "; ".join(map(claim_text, claims))


_CONTRADICTIONS: Mapping[Contradiction, str] = {
    Contradiction.OUTSIDE_MANDATE: "sells what no mandate gives",
    Contradiction.LANGUAGES_OUTSIDE_MANDATE: "sells languages that the mandate leaves out",
    Contradiction.OUTSIDE_CHAIN: "gives more than the mandate that it rests on",
    Contradiction.BROKEN_CHAIN: "rests on a mandate that is not signed or not there",
    Contradiction.MANDATE_GAP: "is not renewed without a gap",
    Contradiction.OVERLAPPING_EXCLUSIVES: "is exclusive, and so is the other",
    Contradiction.EXCLUSIVE_AND_OTHER: "meets another one, and one of them is exclusive",
    Contradiction.HOLDBACK_BROKEN: "meets a holdback",
    Contradiction.ZONES: "ends or begins apart from the other, because their zones differ",
    Contradiction.UNSIGNED_AND_OVER: "was never signed, and its term is over",
    Contradiction.DATE_UNKNOWN: "has a date that is not known yet, allows nothing and may forbid others",
    Contradiction.SIGNED_LATER: "counts as signed, on a day to come, and allows nothing until then",
    Contradiction.RUNS_EXCEEDED: "was shown more often than was granted",
}


def conflict_text(conflict: Conflict) -> str:
    """A contradiction on one line: both sides, where, when, in which languages, and through which groups."""
    zone = conflict.first.item.scope.term.zone
    other = f"; the other is {claim_text(conflict.second)}" if conflict.second else ""
    what = f"{tree.describe(conflict.rights)} in {territory.describe(conflict.territories)}"
    what += f", {span_text(conflict.span, zone)}"
    if conflict.languages:
        what += f", {'; '.join(conflict.languages)}"
    groups = tuple(dict.fromkeys(name for name in conflict.groups if not _same(name, conflict.territories)))
    if groups:
        what += f" (through {'; '.join(groups)})"
    past = "in the past: " if conflict.is_past else ""
    return f"{past}{claim_text(conflict.first)} {_CONTRADICTIONS[conflict.kind]}{other}: {what}"


def _same(named: str, territories: frozenset[str]) -> bool:
    return named == territory.describe(territories) or not through_group(named, territories)

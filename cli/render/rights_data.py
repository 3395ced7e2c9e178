"""Answers of the rights engine as data for a machine; the keys stay as they are while a command's schema does."""

from typing import Any

from assets import territory
from assets.rights import tree
from assets.rights.answers import Claim, Refusal
from assets.rights.availability import Patch
from assets.rights.contradictions import Conflict
from assets.rights.model import Deal, Doubt, Grant, Holdback
from assets.rights.spans import Span, instant
from assets.rights.windows import utc
from assets.rights.wording import conflict_text, refusal_text


def territories_data(found: frozenset[str]) -> dict[str, Any]:
    """Territories as ISO codes, and the parts of them that are not meant."""
    names, without = territory.written(found)
    return {"territories": names} | ({"territories_without": without} if without else {})


def instant_data(value: int | None) -> str | None:
    """An instant in UTC; null for none, and for one that is not known."""
    found = None if value is None else instant(value)
    return None if found is None else utc(found)


def span_data(span: Span) -> dict[str, Any]:
    """From when until when, null for no limit."""
    return {"from": instant_data(span.start), "until": instant_data(span.end)}


def claim_data(claim: Claim) -> dict[str, Any]:
    """A grant or a holdback by its deal, contract and clause."""
    source = claim.source
    return {
        "side": claim.deal.side.value,
        "deal": claim.deal.id,
        "status": claim.deal.status.value,
        "signed": _signed(claim.deal),
        "item": claim.item.id,
        "kind": "holdback" if isinstance(claim.item, Holdback) else "grant",
        "contract": source.contract or None,
        "clause": source.clause or None,
        "place": source.place or None,
    }


def _signed(deal: Deal) -> str | None:
    """The day of signature, which may be one to come; null if nobody wrote it down."""
    return deal.signed.isoformat() if deal.signed else None


def refusal_data(refusal: Refusal) -> dict[str, Any]:
    """A reason why not."""
    return {
        "why": refusal.why.value,
        "by": claim_data(refusal.claim) if refusal.claim else None,
        "rights": sorted(refusal.rights),
        **territories_data(refusal.territories),
        **span_data(refusal.span),
        "languages": list(refusal.languages),
        "through_group": refusal.is_through_group,
        "text": refusal_text(refusal),
    }


def patch_data(patch: Patch) -> dict[str, Any]:
    """A part of what was asked about in which one thing is true."""
    return {
        "state": patch.state.value,
        "rights": sorted(patch.rights),
        **territories_data(patch.territories),
        **span_data(patch.span),
        "languages": list(patch.languages),
        "by": [claim_data(claim) for claim in patch.claims],
        "on_hold": [claim_data(claim) for claim in patch.holds],
    }


def conflict_data(conflict: Conflict) -> dict[str, Any]:
    """A contradiction with both of its sides."""
    return {
        "kind": conflict.kind.value,
        "title": conflict.title,
        "severity": conflict.severity,
        "first": claim_data(conflict.first),
        "second": claim_data(conflict.second) if conflict.second else None,
        "why": conflict.why.value if conflict.why else None,
        "rights": sorted(conflict.rights),
        **territories_data(conflict.territories),
        **span_data(conflict.span),
        "languages": list(conflict.languages),
        "groups": list(conflict.groups),
        "text": conflict_text(conflict),
    }


def deal_data(deal: Deal) -> dict[str, Any]:
    """A deal with everything that it grants and holds back."""
    return {
        "id": deal.id,
        "side": deal.side.value,
        "party": deal.party or None,
        "status": deal.status.value,
        "signed": _signed(deal),
        "under": deal.under or None,
        "contract": deal.source.contract or None,
        "clause": deal.source.clause or None,
        "grants": [_item(grant) | _grant(grant) for grant in deal.grants],
        "holdbacks": [_item(holdback) for holdback in deal.holdbacks],
    }


def _item(item: Grant | Holdback) -> dict[str, Any]:
    scope, term = item.scope, item.scope.term
    return {
        "id": item.id,
        "rights": list(tree.cover(scope.rights)),
        **territories_data(scope.territories),
        "named": scope.named or None,
        "from": instant_data(term.start),
        "until": instant_data(term.end),
        "zone": term.zone,
        "unknown": list(term.unknown),
        "languages": scope.languages.data(),
        "clause": item.source.clause or None,
        "place": item.source.place or None,
    }


def _grant(grant: Grant) -> dict[str, Any]:
    return {
        "exclusive": grant.exclusive,
        "runs": grant.runs,
        "runs_used": grant.runs_used,
        "announce": instant_data(grant.announce),
        "suppress_until": instant_data(grant.suppress_until),
    }


def doubt_data(doubt: Doubt) -> dict[str, Any]:
    """What can be read in two ways."""
    return {"place": doubt.place, "what": doubt.what, "read": doubt.read_as}


def doubt_text(doubt: Doubt) -> str:
    """The same in words: what could be read in two ways, how it was read, and where it stands."""
    return f"{doubt.what}; read {doubt.read_as}: {doubt.place}"

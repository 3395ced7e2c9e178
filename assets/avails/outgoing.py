"""Licences as rows of Avails: what the format can say, and by name what it cannot."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from assets import eidr, territory
from assets.avails import ids, rules_money
from assets.avails.languages import uses_of
from assets.avails.rows import NEVER, Row, When
from assets.avails.rules_words import MAX_SHORT
from assets.avails.vocabulary import vocabulary
from assets.rights import tree
from assets.rights.model import Deal, Grant, Price
from assets.rights.spans import OPEN
from assets.title import Title

END_READING = "Start and End are instants. End is the first instant without the right."
"""What every row and every file says, as the format does not fix it."""

_SOLD = frozenset({"EST", "VOD"})
_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """What Avails have to say and rights do not: who offers, in which formats, for which price.

    `organisation` is what identifiers without an EIDR are made of, a name in lower-case letters and digits. `parts`
    says that parts of countries can be said, as XML can.
    """

    licensor: str
    organisation: str
    formats: tuple[str, ...] = ("HD",)
    entry_type: str = "Full Extract"
    work_type: str = "Movie"
    price_type: str = ""
    price_value: str = ""
    currency: str = ""
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The rows, and what of the licences is not in them, each with why."""

    rows: tuple[Row, ...]
    refused: tuple[str, ...]


def rows_of(title: Title, deals: Iterable[Deal], offer: Offer) -> Outgoing:
    """The rows of licences that bind, a row for each right, format and price."""
    rows: list[Row] = []
    refused: list[str] = []
    for deal in deals:
        if not deal.binds:
            refused.append(f"{title.id}: licence {deal.id} is {deal.status}; only signed licences are offered")
            continue
        for holdback in deal.holdbacks:
            what = f"{title.id}: holdback {holdback.id} of {deal.id}"
            refused.append(f"{what}: Avails hold back languages only; the platform has to be told of it in another way")
        for grant in deal.grants:
            for sold in _sold(grant, offer):
                try:
                    rows += _rows(title, deal, sold, offer)
                except ValueError as error:
                    refused.append(f"{title.id}: grant {grant.id}, {', '.join(sold.rights)}: {error}")
    return Outgoing(tuple(rows), tuple(refused))


def _told(grant: Grant) -> list[tuple[str, ...]]:
    """The rights of a grant, those together that are one licence type."""
    by_type: dict[str, list[str]] = {}
    for right in sorted(grant.scope.rights):
        by_type.setdefault(tree.nodes()[right].avails or right, []).append(right)
    return sorted(map(tuple, by_type.values()))


@dataclass(frozen=True, slots=True)
class _Sold:
    """What one licence type says of a grant, in the territories that have one price.

    `rights` are all that the type says, of which a row names the first; `number` counts the prices from 0 on.
    """

    rights: tuple[str, ...]
    number: int
    grant: Grant
    is_unequal: bool = False


def _sold(grant: Grant, offer: Offer) -> Iterator[_Sold]:
    """Each licence type of a grant, price by price: several where its rights have several in one territory.

    What has no price of its own has that of the offer, if it has one; a price that rows cannot have is left out.
    """
    where = grant.scope.territories
    general = Price(offer.price_type, offer.price_value, offer.currency, grant.scope.rights, where)
    otherwise = general if offer.price_type and offer.price_value else None
    for rights in _told(grant):
        stated = grant.prices if tree.nodes()[rights[0]].avails in _SOLD else ()
        parts: dict[tuple[Price | None, ...], set[str]] = {}
        for code in (*(code for price in stated for code in sorted(price.territories & where)), *sorted(where)):
            found = (_price_of(right, code, stated, otherwise) for right in rights)
            parts.setdefault(tuple(dict.fromkeys(found)), set()).add(code)
        for number, (prices, some) in enumerate(parts.items()):
            here = replace(grant, scope=replace(grant.scope, territories=frozenset(some)))
            if len(prices) > 1:
                yield _Sold(rights, number, here, is_unequal=True)
            else:
                yield _Sold(rights, number, replace(here, prices=tuple(filter(None, prices))))


def _price_of(right: str, code: str, stated: Sequence[Price], otherwise: Price | None) -> Price | None:
    """What a right costs in a territory, for no rights and territories in particular; None if nobody says it."""
    own = (price for price in stated if right in price.rights and code in price.territories)
    found = next(own, otherwise)
    return None if found is None else replace(found, rights=frozenset(), territories=frozenset())


def _rows(title: Title, deal: Deal, sold: _Sold, offer: Offer) -> Iterator[Row]:
    """The rows of one right of a grant at one price, one a format. Raises ValueError for what Avails cannot say."""
    grant, right = sold.grant, sold.rights[0]
    node = tree.nodes()[right]
    if not node.avails:
        raise ValueError(node.no_avails or "Avails have no licence type for it")
    is_sold = node.avails in _SOLD
    if sold.is_unequal:
        where = territory.describe(grant.scope.territories)
        raise ValueError(f"all of them are {node.avails}, and they have other prices in {where}; one price for all")
    if is_sold and not grant.prices:
        where = territory.describe(grant.scope.territories)
        raise ValueError(f"{node.avails} is offered for a price, and none is given in {where}")
    if grant.runs is not None:
        raise ValueError(f"is limited to {grant.runs} runs, which Avails cannot say")
    names, excluded = _territories(grant, offer)
    allowed, held = uses_of(grant.scope.languages)
    start, end = _term(grant)
    licensed = replace(
        _work(title, offer),
        place=f"{title.id}: grant {grant.id}",
        licensee=deal.party,
        contract_id=grant.source.contract or deal.source.contract,
        license_type=node.avails,
        territories=names,
        excluded=excluded,
        start=start,
        end=end,
        allowed=allowed,
        holdback=held,
        announce=_when(grant.announce, grant),
        suppress_until=_when(grant.suppress_until, grant),
        exclusive=grant.exclusive,
    )
    if is_sold:
        licensed = _priced(licensed, grant.prices[0])
    part = f":{sold.number}" if sold.number else ""
    for profile in offer.formats:
        avail_id = f"{title.id}:{grant.id}:{right}:{_OTHER.sub('-', profile.lower())}{part}"
        yield replace(licensed, avail_id=avail_id, format_profile=profile)


def _priced(row: Row, price: Price) -> Row:
    """A row with its price. Raises ValueError if Avails do not know it as one."""
    priced = replace(row, price_type=price.kind, price_value=price.value, currency=price.currency)
    known = vocabulary().words["PriceType"]
    if price.kind not in known:
        raise ValueError(f"{price.kind!r} is no type of price; {', '.join(known)}")
    if wrong := next((item for rule in (rules_money.price, rules_money.currency) for item in rule(priced)), None):
        raise ValueError(f"{price.kind} {price.value} {price.currency}: {wrong.wrong}; {wrong.allowed}")
    return priced


def _work(title: Title, offer: Offer) -> Row:
    """What a row says of its work."""
    own = ids.eidr_of(title)
    return Row(
        licensor=offer.licensor,
        alid=ids.alid(title, offer.organisation),
        content_id=ids.content_id(title, offer.organisation),
        title_id=own and f"{eidr.CONTENT}/{own}",
        entry_type=offer.entry_type,
        work_type=offer.work_type,
        avail_type=vocabulary().avail_types.get(offer.work_type, ""),
        short_description=title.name[:MAX_SHORT],
        title=title.name,
        display_title=title.name,
        release_year=f"{title.programme.production_year:04}" if title.programme.production_year > 0 else "",
        instructions=END_READING,
    )


def _territories(grant: Grant, offer: Offer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of the territories, and the parts of them that are not meant."""
    names, excluded = territory.written(grant.scope.territories)
    apart = [*excluded, *(name for name in names if "-" in name)]
    if apart and not offer.parts:
        raise ValueError(f"sets {', '.join(apart)} apart, and a sheet has whole countries only")
    return tuple(names), tuple(excluded)


def _term(grant: Grant) -> tuple[When, When]:
    term = grant.scope.term
    if term.unknown:
        raise ValueError(f"depends on {', '.join(term.unknown)}, whose date is not known yet")
    start, end = _when(term.start, grant), _when(term.end, grant)
    if term.end == OPEN:
        end = When(condition="Open")
    if not (start and end):
        raise ValueError("has a term without a date, which Avails cannot say")
    return start, end


def _when(seconds: int | None, grant: Grant) -> When:
    """An instant with the offset that its zone has then."""
    if seconds is None or abs(seconds) >= OPEN:
        return NEVER
    local = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(grant.scope.term.zone))
    return When(datetime.fromisoformat(local.isoformat()))

"""What copies are sold for under a grant, as a rights.toml says it."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations

from assets import territory
from assets.rights import tree
from assets.rights.model import Price, Scope
from assets.rights.records import PriceRecord
from assets.rights.scopes import current
from assets.tomlfile import KeyFaultError


def prices(records: Sequence[PriceRecord], scope: Scope, signed: date | None) -> tuple[Price, ...]:
    """The prices of a grant. Raises KeyFaultError for one of what is not granted, and for two of the same."""
    found = tuple(_price(number, record, scope, signed) for number, record in enumerate(records))
    for (_, one), (number, other) in combinations(enumerate(found), 2):
        if where := one.territories & other.territories if one.rights & other.rights else frozenset():
            what = f"is not the only one in {territory.describe(where)}; one price for each right and territory"
            raise KeyFaultError(("prices", number), what)
    return found


def _price(number: int, record: PriceRecord, scope: Scope, signed: date | None) -> Price:
    rights = scope.rights if record.rights is None else tree.expand_all(record.rights)
    where = scope.territories
    if record.territories is not None:
        where = territory.expand(current(record.territories, signed), (), signed)
    if rights - scope.rights:
        what = f"{tree.describe(rights - scope.rights)} is not granted; rights of the grant"
        raise KeyFaultError(("prices", number, "rights"), what)
    if where - scope.territories:
        what = f"{territory.describe(where - scope.territories)} is not granted; territories of the grant"
        raise KeyFaultError(("prices", number, "territories"), what)
    return Price(record.kind, record.value, record.currency or "", rights, where)

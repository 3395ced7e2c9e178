"""Rules of Avails on prices, currencies and the durations that are paid for."""

from collections.abc import Iterator

from assets.avails.finding import doubted, found
from assets.avails.rows import Finding, Row
from assets.avails.vocabulary import vocabulary
from assets.avails.xml_values import DECIMAL

_SOLD = frozenset({"EST", "VOD", "POEST"})
"""Licence types that somebody pays for by the piece."""
_WHOLE = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF"})
"""Currencies without a smaller unit (ISO 4217: minor unit 0)."""
_NOTHING = frozenset({"", "NA"})


def price(row: Row) -> Iterator[Finding]:
    """What is sold by the piece has a price, what is subscribed to has none."""
    is_priced = row.price_type not in {"", *vocabulary().prices_without_value} or row.price_value not in _NOTHING
    if row.license_type == "SVOD" and is_priced:
        yield found(
            "subscription-priced", row, "price_type", "a subscription has no price of its own", "nothing, or NA"
        )
    elif row.license_type in _SOLD and not row.price_type and not row.price_value:
        yield found("price-missing", row, "price_type", f"{row.license_type} has no price", "a PriceType and its value")
    elif row.price_value and not row.price_type:
        yield found("price-of-no-type", row, "price_type", "is missing", "a value has its type")
    elif row.price_type in vocabulary().words["PriceType"]:
        yield from _value(row)


def _value(row: Row) -> Iterator[Finding]:
    if row.price_type in vocabulary().prices_without_value:
        return
    is_money = row.price_type not in vocabulary().prices_without_money
    if not row.price_value:
        yield found("price-value-missing", row, "price_value", f"{row.price_type} has no value", "a value")
    elif is_money and (not DECIMAL.fullmatch(row.price_value) or row.price_value.startswith("-")):
        what = f"{row.price_value!r} is no amount"
        yield found("price-amount", row, "price_value", what, "digits and a point, such as 7.99")
    elif is_money and not row.price_value.strip("+0."):
        yield doubted("price-nothing", row, "price_value", f"{row.price_value} is nothing", "what is paid, or Included")
    elif is_money and not row.currency:
        yield doubted("currency-missing", row, "currency", "is missing", "an amount has its currency")


def currency(row: Row) -> Iterator[Finding]:
    """A currency is one of ISO 4217 that prices are asked in, and the amount fits it."""
    if row.currency in vocabulary().no_money:
        yield doubted("currency", row, "currency", f"{row.currency!r} is no money to pay with", "KRW, JPY, USD")
    elif row.currency and row.currency not in vocabulary().currencies:
        yield found("currency", row, "currency", f"{row.currency!r} is no currency", "ISO 4217, such as KRW, JPY, USD")
    for field in ("price_value", "srp"):
        amount = getattr(row, field)
        if row.currency in _WHOLE and DECIMAL.fullmatch(amount) and amount.partition(".")[2].strip("0"):
            yield doubted(
                "currency-parts", row, field, f"{amount} {row.currency}: it has no smaller unit", "whole units"
            )
    if row.srp and (not DECIMAL.fullmatch(row.srp) or row.srp.startswith("-")):
        yield found("srp-amount", row, "srp", f"{row.srp!r} is no amount", "digits and a point, such as 7.99")


def durations(row: Row) -> Iterator[Finding]:
    """What is rented is rented for some time, and watched within it."""
    if row.rental and row.license_type not in {"VOD", ""}:
        yield found("rental-of-no-rental", row, "rental", f"{row.license_type} is not rented", "nothing")
    for field in ("rental", "watch"):
        if getattr(row, field) == "PT0H":
            yield found("duration-nothing", row, field, "is nothing", "hours, such as 48")
    if row.rental and row.watch and _hours(row.watch) > _hours(row.rental):
        what = f"{_hours(row.watch)} hours are more than those of the rental, {_hours(row.rental)}"
        yield found("watch-longer", row, "watch", what, "not more")


def _hours(duration: str) -> int:
    return int(duration.removeprefix("PT").removesuffix("H"))

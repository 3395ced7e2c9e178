"""The values that keep all rules -> the limits of a check that allows exactly these."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from assets.policy.facts import Fact, Limits
from assets.policy.values import Value

_ROUNDING = Fraction(1, 2000)
"""MediaInfo writes an aspect ratio with three decimals: half of the last one is what it may be off."""

_MEGA = 1_000_000
CONTRADICTION = "the rules contradict one another: nothing would be allowed"


class CannotExpressError(ValueError):
    """The rules allow what no limits of the check allow; the text says why."""


def limits(name: str, fact: Fact, kept: Sequence[Value], every: Sequence[Value]) -> Limits:
    """The limits of the check `name` that allow the values `kept`, out of `every`. Raises CannotExpressError."""
    if not kept:
        raise CannotExpressError(CONTRADICTION)
    if fact.kind == "number":
        return _NUMBERS[fact.key](*_range(kept, every))
    family = {value.word for value in kept if value.limit == value.word}
    for value in every:
        if value.word in family and value not in kept:
            raise CannotExpressError(
                f"{name} can name {value.word} with all profiles, or the allowed ones, not all but one"
            )
    if any(value.limit is None for value in kept):
        missing = _left_open(fact, kept, every)
        raise CannotExpressError(f"{name} lists what is allowed, and the rules leave {missing} open")
    named = [value.limit for value in kept if value.word not in family or value.limit == value.word]
    return {fact.key: list(dict.fromkeys(named)), **fact.extra}


def _left_open(fact: Fact, kept: Sequence[Value], every: Sequence[Value]) -> str:
    """The fields that the rules say nothing of, or not enough."""
    if fact.kind == "product":
        asked = {field for field in fact.parts if any(value.says[field] for value in every)}
        if silent := [field for field in fact.parts if field not in asked]:
            return " and ".join(silent)
    return "values that it cannot name" if any(value.limit for value in kept) else " and ".join(fact.parts)


Bound = tuple[Fraction, bool] | None
"""A bound, and whether it is allowed itself; None if there is none."""


def _range(kept: Sequence[Value], every: Sequence[Value]) -> tuple[Bound, Bound]:
    """The bounds of the numbers that are kept. `every` is: below, the first, between, the second, …, above."""
    places = [place for place, value in enumerate(every) if value in kept]
    first, last = places[0], places[-1]
    if len(places) != last - first + 1:
        raise CannotExpressError("the check has one least and one most, and the rules leave a gap between")
    return _bound(every, first, -1), _bound(every, last, 1)


def _bound(every: Sequence[Value], place: int, step: int) -> Bound:
    """A number that a rule names stands at each odd place."""
    if place % 2:
        return every[place].number or Fraction(0), True
    if not 0 <= place + step < len(every):
        return None
    return every[place + step].number or Fraction(0), False


def _bits(low: Bound, high: Bound) -> Limits:
    least = 1 if low is None else max(ceil(low[0]) if low[1] else floor(low[0]) + 1, 1)
    if high is None:
        return {"min_bits": least}
    most = floor(high[0]) if high[1] else ceil(high[0]) - 1
    if most < least:
        raise CannotExpressError("the rules leave no whole number of bits")
    return {"min_bits": least, "max_bits": most}


def _shape(low: Bound, high: Bound) -> Limits:
    narrowest = Fraction(1, 1000) if low is None else low[0] - _ROUNDING if low[1] else low[0] + _ROUNDING
    widest = Fraction(1000) if high is None else high[0] + _ROUNDING if high[1] else high[0] - _ROUNDING
    if not 0 < narrowest <= widest:
        raise CannotExpressError("the rules leave no aspect ratio")
    return {"narrowest": _decimal(narrowest), "widest": _decimal(widest)}


def _decimal(value: Fraction) -> str:
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


def _least_rate(low: Bound, high: Bound) -> Limits:
    if high is not None:
        raise CannotExpressError("no check limits the average rate from above; master/bit-rate-peak limits each second")
    if low is None or not low[1] or low[0] % _MEGA or not low[0]:
        raise CannotExpressError("master/bit-rate-too-low has whole megabits, and the least one itself is allowed")
    return {"min_mbps_from_height": {1: int(low[0] / _MEGA)}}


_NUMBERS: dict[str, Callable[[Bound, Bound], Limits]] = {"bits": _bits, "shape": _shape, "least-rate": _least_rate}

"""What a master may say of itself, value by value: rules are tried on each, and what keeps them is listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from assets.policy.document import ABSENT, EXISTS, ORDER, Rule
from assets.policy.facts import Fact

OTHER = None
"""Stands for all spellings of a field that no rule of the policy names."""

_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_TIMECODE = re.compile(r"[0-2][0-9]:[0-5][0-9]:[0-5][0-9][:;][0-9]{2}")
_PIXELS = re.compile(r"[1-9][0-9]{0,4}")
_ALSO = {
    "whole": re.compile(r"[1-9][0-9]{0,2}(\.0{1,3})?"),
    "hertz": re.compile(r"[1-9][0-9]{2,6}"),
    "timecode": _TIMECODE,
}


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """A value that a check can allow, named by `limit`, and what the fields of a file with it say.

    `limit` is None where the check cannot name it. `word` is what a condition calls it, empty if none can ask for it.
    A `number` is a single one, or one that stands for all between two that the rules name.
    """

    limit: str | int | None
    says: Mapping[str, tuple[str, ...] | None]
    word: str = ""
    number: Fraction | None = None


def number(text: str) -> Fraction | None:
    """A number as a policy writes it, None if it is none."""
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def problem(fact: Fact, field: str, rule: Rule) -> str:
    """Why a rule on a field of a fact cannot be tried on values; empty if it can."""
    if rule.operator == EXISTS or rule.operator.startswith("must not"):
        optional = field in fact.optional and "start" not in rule.operator
        return "" if optional else "no check asks for that by itself"
    if rule.operator == "starts with":
        return "the checks compare whole values"
    is_number = number(rule.value) is not None
    if fact.kind == "number" or rule.operator in ORDER:
        return "" if is_number and _is_counted(fact, field) else "it compares what is no plain number"
    known = _spellings(fact, field)
    if rule.value in known or _also(fact, rule.value):
        return ""
    if fact.kind == "product" and not fact.names:
        return "" if _PIXELS.fullmatch(rule.value) else f"{rule.value!r} is no size in pixels"
    return f"{rule.value!r} is not known; known: {', '.join(known)}"


def _is_counted(fact: Fact, field: str) -> bool:
    """Whether the spellings of a field are numbers that have an order. Sizes in pixels are listed, not ranged."""
    return fact.kind == "number" or (bool(fact.values) and all(number(text) for text in _spellings(fact, field)))


def _spellings(fact: Fact, field: str) -> list[str]:
    texts = list(fact.names.get(field, ()))
    texts += [text for item in fact.values for text in _listed(item.get(field, ())) if text != "*"]
    return list(dict.fromkeys(texts))


def _also(fact: Fact, text: str) -> bool:
    return bool(fact.also) and _ALSO[fact.also].fullmatch(text) is not None


def _listed(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def values(fact: Fact, rules: Iterable[tuple[str, Rule]]) -> list[Value]:
    """The values on which the rules, each with its field, are to be tried: all that they can tell from one another."""
    named: dict[str, list[str]] = {field: [] for field in fact.parts}
    for field, rule in rules:
        if rule.value not in named[field]:
            named[field].append(rule.value)
    if fact.kind == "number":
        return list(_numbers(fact.parts[0], named[fact.parts[0]]))
    if fact.kind == "product":
        return list(_products(fact, named))
    return [*_from_table(fact), *_beside_table(fact, named), *([] if fact.is_closed else [_other(fact)])]


def _other(fact: Fact) -> Value:
    return Value(None, dict.fromkeys(fact.parts, OTHER))


def _from_table(fact: Fact) -> Iterator[Value]:
    """The values of the table; after those of a codec with profiles, one for its other profiles."""
    families: dict[str, list[Value]] = {}
    for item in fact.values:
        says = {key: OTHER if text == "*" else _listed(text) for key, text in item.items() if key != "limit"}
        limit = item["limit"]
        family, _, profile = str(limit).partition("/") if fact.condition != "frame_rate" else (str(limit), "", "")
        value = Value(limit if limit != "" else None, says, family)
        yield value
        if profile:
            families.setdefault(family, []).append(value)
    for family, members in families.items():
        says = {
            field: members[0].says.get(field) if len({item.says.get(field) for item in members}) == 1 else OTHER
            for field in dict.fromkeys(key for item in members for key in item.says)
        }
        yield Value(family, {**says, "Format_Profile": OTHER}, family)


def _beside_table(fact: Fact, named: Mapping[str, Sequence[str]]) -> Iterator[Value]:
    """The values that only the rules name."""
    for field, texts in named.items():
        known = _spellings(fact, field)
        for text in texts:
            same = any(number(text) is not None and number(text) == number(item) for item in known)
            if not same and text not in known and _also(fact, text):
                limit: str | int = text if fact.also == "timecode" else int(Fraction(text))
                limit = str(limit) if fact.also == "whole" else limit
                yield Value(limit, {field: (text,)}, str(limit))


def _products(fact: Fact, named: Mapping[str, Sequence[str]]) -> Iterator[Value]:
    asked = {"height": "Height", "transfer": "transfer_characteristics"}[fact.condition]
    for texts in product(*([*sorted({*named[field]}), ""] for field in fact.parts)):
        names = {
            field: fact.names[field][text] if fact.names and text else text
            for field, text in zip(fact.parts, texts, strict=True)
        }
        says = {field: (text,) if text else OTHER for field, text in zip(fact.parts, texts, strict=True)}
        yield Value(fact.between.join(names.values()) if all(texts) else None, says, names[asked])


def _numbers(field: str, texts: Iterable[str]) -> Iterator[Value]:
    """Each number that a rule names, and one below, between and above them, in their order."""
    points = sorted({Fraction(text) for text in texts})
    cells = [points[0] - 1]
    for low, high in zip(points, [*points[1:], points[-1] + 2], strict=True):
        cells += [low, (low + high) / 2]
    for cell in cells:
        yield Value(None, {field: ()}, number=cell)


def holds(field: str, rule: Rule, value: Value) -> bool:
    """Whether a file with this value keeps a rule.

    Of a spelling that nobody named only a rule that demands no certain one can be true; an order is taken as false,
    which refuses more, never less.
    """
    if value.number is not None:
        return _compare(value.number, rule.operator, Fraction(rule.value))
    said = value.says.get(field, ())
    if said is OTHER:
        return rule.operator == "!=" or rule.operator.startswith("must")
    if not said or rule.operator.startswith("must"):
        return rule.operator == (EXISTS if said else ABSENT)
    if rule.operator in ORDER:
        return any(_compare(Fraction(text), rule.operator, Fraction(rule.value)) for text in said)
    return any(_same(text, rule.value) for text in said) == (rule.operator == "=")


def _same(one: str, other: str) -> bool:
    left, right = number(one), number(other)
    return one == other if left is None or right is None else left == right


def _compare(left: Fraction, operator: str, right: Fraction) -> bool:
    if operator in {"=", "!="}:
        return (left == right) == (operator == "=")
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]

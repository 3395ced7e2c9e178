"""What facts change of the data of a title.toml, value by value, as a person reads it and as it is written."""

import copy
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assets.importing.facts import Fact
from assets.importing.values import Value
from assets.title_editing import Addition, Entry
from assets.title_editing import Value as NewValue


@dataclass(frozen=True, slots=True)
class Change:
    """A key with its value before, None if it had none, and after; `at` is its location, `place` the cell."""

    at: tuple[str | int, ...]
    key: str
    before: Value | None
    after: Value
    place: str
    addition: Addition


def changes_of(data: dict[str, Any], facts: Iterable[Fact]) -> tuple[list[Change], dict[str, Any]]:
    """The changes that facts make of the data of a title.toml, and the data with them.

    What is said already is no change. Raises TypeError, KeyError where the data are not those of a title.
    """
    wanted = copy.deepcopy(data)
    made: list[Change] = []
    for fact in facts:
        made += _item(wanted, fact) if fact.own else _value(wanted, fact.path, fact.path, fact.value, fact.place)
    return made, wanted


def _value(
    data: Any,  # noqa: ANN401 -- a table at any depth
    path: tuple[str | int, ...],
    at: tuple[str | int, ...],
    value: Value,
    place: str,
) -> list[Change]:
    """The change of one value; `path` leads to it from `data`, `at` from the whole title.toml."""
    *tables, last = path
    for name in tables:
        data = data.setdefault(name, {})
    before = data.get(last)
    if _is_same(before, value):
        return []
    data[last] = value
    return [Change(at, ".".join(map(str, at)), before, value, place, NewValue(at, value))]


def _item(data: dict[str, Any], fact: Fact) -> list[Change]:
    """The changes of a table of an array; one that is not there is added."""
    (array,), own = fact.path, dict(fact.own)
    items = data.setdefault(array, [])
    number = next((number for number, item in enumerate(items) if _has(item, own)), None)
    if number is not None:
        at = (array, number)
        return [
            change
            for key, value in fact.rest
            if not (array == "other_names" and key == "kind")  # how a name is called is the title's to say
            for change in _value(items[number], (key,), (*at, key), value, fact.place)
        ]
    table = own | dict(fact.rest)
    items.append(table)
    shown = ", ".join(str(value) for value in table.values())
    addition = Entry(array, {key: value for key, value in table.items() if not isinstance(value, list)})
    return [Change((array, len(items) - 1), array, None, shown, fact.place, addition)]


_DEFAULTS = {"kind": "theatrical"}
"""What a table of `releases` means that has no such key."""


def _has(item: dict[str, Any], own: dict[str, str]) -> bool:
    return all(_is_same(item.get(key, _DEFAULTS.get(key)), value) for key, value in own.items())


def _is_same(left: object, right: object) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return unicodedata.normalize("NFC", left) == unicodedata.normalize("NFC", right)
    return type(left) is type(right) and left == right


def place_of(changes: Sequence[Change], location: tuple[str | int, ...], otherwise: str) -> str:
    """The cell that a location of a title.toml was changed by."""
    for change in changes:
        shorter = min(len(change.at), len(location))
        if shorter and change.at[:shorter] == location[:shorter]:
            return change.place
    return otherwise

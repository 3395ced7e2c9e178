"""The values of elements of Avails; what is wrong with one is remembered with its line, and reading goes on."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from assets.avails import values, xml_names
from assets.avails.rows import NEVER, LanguageUse, When
from assets.avails.vocabulary import vocabulary
from assets.errors import Fault

if TYPE_CHECKING:
    from lxml import etree

T = TypeVar("T")


def line_of(element: "etree._Element") -> int:
    """The line that an element stands in."""
    return cast("int", element.sourceline)


DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the children of elements by their local names: versions differ in the namespaces of the same elements."""

    shown: str
    faults: list[Fault]

    def fault(self, element: "etree._Element", name: str, wrong: str, allowed: str = "") -> None:
        """Remember what is wrong."""
        self.faults.append(Fault(self.shown, f"line {line_of(element)}: {name}", wrong, allowed))

    def children(self, element: "etree._Element", *path: str) -> list["etree._Element"]:
        """The elements below one, at the end of a path of local names."""
        found = [element]
        for name in path:
            found = [child for each in found for child in each.iterchildren(f"{{*}}{name}")]
        return found

    def text(self, element: "etree._Element", *path: str) -> str:
        """The text of the first element of a path; nothing if there is none."""
        found = self.children(element, *path)
        return self._take(found[0], found[0].text or "", values.text, "") if found else ""

    def attribute(self, element: "etree._Element", name: str) -> str:
        """The text of an attribute."""
        return self._take(element, element.get(name, ""), values.text, "")

    def first(self, element: "etree._Element", names: Iterable[str]) -> str:
        """The text of the first name that occurs anywhere below, the names in their order."""
        for name in names:
            for found in element.iter(f"{{*}}{name}"):
                return self._take(found, found.text or "", values.text, "")
        return ""

    def boolean(self, element: "etree._Element", name: str) -> bool | None:
        """True or false, or None if it is not there."""
        found = self.children(element, name)
        return self._take(found[0], found[0].text or "", _boolean, None) if found else None

    def length(self, element: "etree._Element", name: str) -> str:
        """A running time."""
        found = self.children(element, name)
        return self._take(found[0], found[0].text or "", values.run_time, "") if found else ""

    def event(self, element: "etree._Element", name: str) -> When:
        """A date, or a date and time."""
        found = self.children(element, name)
        return self._take(found[0], found[0].text or "", _event, NEVER) if found else NEVER

    def regions(self, element: "etree._Element", name: str) -> tuple[str, ...]:
        """The codes of countries and of their parts."""
        found = (
            self.text(each, "country") or self.text(each, "countryRegion") for each in self.children(element, name)
        )
        return tuple(dict.fromkeys(filter(None, found)))

    def languages(self, element: "etree._Element", name: str, only: str = "") -> tuple[LanguageUse, ...]:
        """Languages with what carries them; `only` those that an attribute says to be true."""
        found = self.children(element, name)
        wanted = [each for each in found if not only or _BOOLEANS.get(each.get(only, ""), False)]
        uses = (
            LanguageUse(self._take(each, each.text or "", values.text, ""), each.get("asset", "")) for each in wanted
        )
        return tuple(dict.fromkeys(use for use in uses if use.tag))

    def moment(self, element: "etree._Element", name: str) -> When:
        """A start or an end: the instant, or the condition with its lag."""
        instants, conditions = self.children(element, name), self.children(element, f"{name}Condition")
        if len(instants) + len(conditions) > 1:
            self.fault(element, name, "is said twice", f"{name}, or {name}Condition")
        if instants:
            return self._take(instants[0], instants[0].text or "", _instant, NEVER)
        if not conditions:
            return NEVER
        said = self._take(conditions[0], conditions[0].text or "", values.text, "")
        return When(condition=said, lag=self.attribute(conditions[0], "lag")) if said else NEVER

    def terms(self, element: "etree._Element") -> dict[str, Any]:
        """The terms of a transaction: the first that names a price is its price, and SRP beside it is `srp`."""
        said: dict[str, Any] = {}
        other: list[tuple[str, str]] = []
        for term in self.children(element, "Term"):
            name, value = term.get("termName", ""), next(iter(term), None)
            if value is None:
                self.fault(term, f"Term {name}", "has no value", "one element, such as Text or Money")
                continue
            if name in vocabulary().words["PriceType"] and "price_type" not in said:
                said |= {"price_type": name, "price_value": self._price(value), "currency": value.get("currency", "")}
            elif name == "SRP":
                said["srp"] = self._price(value)
            elif known := self._term(name, value):
                said |= known
            else:
                other.append((f"Term {name}", self._take(value, value.text or "", values.text, "")))
        return said | {"other": tuple(other)}

    def _term(self, name: str, value: "etree._Element") -> dict[str, Any]:
        written = value.text or ""
        if field := xml_names.TEXT_TERMS.get(name):
            return {field: self._take(value, written, values.text, "")}
        if field := xml_names.EVENT_TERMS.get(name):
            return {field: self._take(value, written, _event, NEVER)}
        if field := xml_names.DURATION_TERMS.get(name):
            return {field: self._take(value, written, values.hours, "")}
        if field := xml_names.BOOLEAN_TERMS.get(name):
            return {field: self._take(value, written, _boolean, None)}
        return {}

    def _price(self, value: "etree._Element") -> str:
        is_money = str(value.tag).endswith("}Money")
        return self._take(value, value.text or "", _decimal if is_money else values.text, "")

    def _take(self, element: "etree._Element", written: str, reader: Callable[[str], T], instead: T) -> T:
        try:
            return reader(written.strip())
        except ValueError as error:
            self.fault(element, str(element.tag).rpartition("}")[2], *values.told(error))
            return instead


def _boolean(written: str) -> bool | None:
    if written not in _BOOLEANS:
        raise ValueError(f"{written!r} is neither true nor false; true or false")
    return _BOOLEANS[written]


def _decimal(written: str) -> str:
    if not DECIMAL.fullmatch(written):
        raise ValueError(f"{written!r} is no amount; digits and a point, such as 7.99")
    return written


def _event(written: str) -> When:
    found = values.when(written)
    if found.at is None:
        raise ValueError(f"{written!r} is no date; 2027-01-01 or 2027-01-01T00:00:00+09:00")
    return found


def _instant(written: str) -> When:
    found = _event(written)
    if "T" not in written:
        raise ValueError(f"{written!r} has no time; 2027-01-01T00:00:00+09:00")
    return found

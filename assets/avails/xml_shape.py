"""Whether an Avail has the elements of the schema and no others: one that is misspelt must not limit nothing."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from assets.avails import xml_names
from assets.avails.vocabulary import vocabulary

if TYPE_CHECKING:
    from lxml import etree

_AVAIL_ONCE = frozenset({
    "Compatibility", "ALID", "Disposition", "Licensor", "ServiceProvider", "AvailType", "ShortDescription",
    "ExceptionFlag",
})  # fmt: skip
_AVAIL = _AVAIL_ONCE | {"AssociatedALID", "Asset", "Transaction", "CoreMetadata", "SharedEntitlement"}
_ONCE = frozenset({
    "Licensee", "LicenseType", "Description", "WindowDuration", "LicenseRightsDescription", "FormatProfile",
    "ContractID", "ReportingID", "ExperienceCondition", "OtherInstructions",
})  # fmt: skip
_TIMES = frozenset({"Start", "StartCondition", "End", "EndCondition"})
"""Of which one of two stands once; who reads them says it."""
_REGIONS = frozenset({"Territory", "TerritoryExcluded"})
_LANGUAGES = frozenset({"AllowedLanguage", "AssetLanguage", "HoldbackLanguage"})
_TRANSACTION = _ONCE | _TIMES | _REGIONS | _LANGUAGES | {"RefALID", "Term"}
_ATTRIBUTES: Mapping[str, frozenset[str]] = MappingProxyType({
    "AllowedLanguage": frozenset({"asset"}),
    "HoldbackLanguage": frozenset({"asset"}),
    "AssetLanguage": frozenset({"asset", "descriptive", "assetProvided", "assetProvidedDate", "metadataProvided"}),
    "Start": frozenset(),
    "End": frozenset(),
    "StartCondition": frozenset({"lag"}),
    "EndCondition": frozenset({"lag"}),
    "FormatProfile": frozenset(xml_names.FORMAT_ATTRIBUTES),
    "RefALID": frozenset({"refWorkType"}),
    "Term": frozenset({"termName"}),
})  # fmt: skip
"""The attributes of elements that limit or price a transaction (MovieLabs Avails 2.7, AvailTrans-type)."""


class Problem(NamedTuple):
    """An element, its name, what is wrong with it and what is allowed."""

    element: "etree._Element"
    name: str
    wrong: str
    allowed: str


def problems(avail: "etree._Element") -> Iterator[Problem]:
    """What of an Avail and its transactions the schema does not have, has once only, or has with a value."""
    yield from _children(avail, _AVAIL, _AVAIL_ONCE)
    for transaction in avail.iterchildren("{*}Transaction"):
        yield from _children(transaction, _TRANSACTION, _ONCE)
        yield from _values(transaction)
        yield from _terms(transaction)


def _children(parent: "etree._Element", known: frozenset[str], once: frozenset[str]) -> Iterator[Problem]:
    """Elements of other names or of another namespace, and those that stand twice."""
    space = _space(parent)
    seen: set[str] = set()
    for child in parent.iterchildren("*"):
        name = str(child.tag).rpartition("}")[2]
        if name not in known:
            near = get_close_matches(name, sorted(known), 1)
            yield Problem(child, name, f"is no element of {_name(parent)}", near[0] if near else "those of the schema")
        elif _space(child) != space:
            yield Problem(child, name, f"is of {_space(child) or 'no namespace'}", space)
        elif name in once and name in seen:
            yield Problem(child, name, "is said twice", "once")
        seen.add(name)


def _values(transaction: "etree._Element") -> Iterator[Problem]:
    """Attributes of other names, and territories, languages and licensees that name none."""
    for child in transaction.iterchildren("*"):
        name = _name(child)
        allowed = _ATTRIBUTES.get(name)
        unknown = (str(key) for key in child.attrib if allowed is not None and key not in allowed)
        for attribute in (key for key in unknown if not key.startswith("{")):
            yield Problem(
                child, name, f"{attribute!r} is no attribute of it", ", ".join(sorted(allowed or ())) or "none"
            )
        if name in _REGIONS and not any(_is_region(each) for each in child.iterchildren("*")):
            yield Problem(child, name, "names no territory", "a country, or a countryRegion")
        if name == "Licensee" and not any(map(_is_named, child.iterchildren("{*}DisplayName"))):
            yield Problem(child, name, "names nobody", "a DisplayName")
        if name in _LANGUAGES and not _is_named(child):
            yield Problem(child, name, "names no language", "a tag of BCP 47, such as ko, en, ja")


def _is_region(element: "etree._Element") -> bool:
    return _name(element) in {"country", "countryRegion"} and _is_named(element)


def _is_named(element: "etree._Element") -> bool:
    return bool((element.text or "").strip())


def _terms(transaction: "etree._Element") -> Iterator[Problem]:
    """Terms without a name, and those of which a transaction has one that stand twice."""
    single = _single_terms()
    seen: set[str] = set()
    for term in transaction.iterchildren("{*}Term"):
        name = term.get("termName", "").strip()
        if not name:
            yield Problem(term, "Term", "has no termName", "a word of the vocabulary, such as Tier, WSP, Exclusive")
        elif name in single and name in seen:
            yield Problem(term, f"Term {name}", "is said twice", "once")
        seen.add(name)


@cache
def _single_terms() -> frozenset[str]:
    """The terms that stand once; a suggested retail price may stand beside a price of its own type."""
    return frozenset({
        *xml_names.TEXT_TERMS, *xml_names.EVENT_TERMS, *xml_names.DURATION_TERMS, *xml_names.BOOLEAN_TERMS,
        *vocabulary().words["PriceType"],
    } - {"SRP"})  # fmt: skip


def _name(element: "etree._Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _space(element: "etree._Element") -> str:
    return str(element.tag).rpartition("}")[0].removeprefix("{")

"""Elements of Avails, made so that the schema takes them; what it would not take is refused by row and column."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets.avails import values
from assets.avails.rows import LanguageUse, Row, When
from assets.avails.xml_values import DECIMAL
from assets.errors import Fault, InputError

if TYPE_CHECKING:
    from lxml import etree

_URI = re.compile(r"[^\s<>\"{}|\\^`%#]*(?:%[0-9A-Fa-f]{2}[^\s<>\"{}|\\^`%#]*)*")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_YEAR = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_NUMBER = re.compile(r"0*[1-9]\d{0,5}", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}")
_PART = re.compile(r"[A-Z]{2}-[0-9A-Z]{1,3}")
_DOI, _URN = "10.5240/", "urn:eidr:10.5240:"


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes elements in the namespaces `avails` and `md`; `shown` is the file that they are for."""

    shown: str
    spaces: dict[str, str]

    @property
    def md(self) -> str:
        """The namespace of Common Metadata."""
        return self.spaces["md"]

    def root(self, name: str) -> "etree._Element":
        """An element that stands in none yet."""
        from lxml import etree

        return etree.Element(f"{{{self.spaces['avails']}}}{name}", nsmap=self.spaces)

    def child(
        self, parent: "etree._Element", name: str, text: str | None = None, space: str | None = None
    ) -> "etree._Element":
        """A new last child."""
        from lxml import etree

        element = etree.SubElement(parent, f"{{{space or self.spaces['avails']}}}{name}")
        if text is not None:
            element.text = self._checked(name, text)
        return element

    def optional(self, parent: "etree._Element", name: str, text: str, space: str | None = None) -> None:
        """A new last child, if it has a text."""
        if text:
            self.child(parent, name, text, space)

    def named(self, parent: "etree._Element", name: str, text: str) -> None:
        """A company by its name, if it has one."""
        if text:
            self.child(self.child(parent, name), "DisplayName", text, self.md)

    def some(self, row: Row, name: str, text: str) -> str:
        """A text that the schema asks for."""
        return text or self._refuse(row, name, "is missing", "the schema asks for it")

    def plain(self, row: Row, name: str, text: str) -> str:
        """A text without control characters."""
        return text if values.is_plain(text) else self._refuse(row, name, "has control characters", "text")

    def uri(self, row: Row, name: str, text: str) -> str:
        """An identifier."""
        if not _URI.fullmatch(self.plain(row, name, self.some(row, name, text))):
            self._refuse(row, name, f"{text!r} is no identifier", "no spaces, quotes or brackets")
        return text

    def eidr(self, row: Row, name: str, text: str) -> str:
        """An identifier of a work or an edit; an EIDR as URN."""
        return text and self.uri(row, name, text.replace(_DOI, _URN, 1) if text.startswith(_DOI) else text)

    def year(self, row: Row, text: str) -> str:
        """A year, or a date."""
        if text and not _YEAR.fullmatch(text):
            self._refuse(row, "ReleaseYear", f"{text!r} is no year", "four digits")
        return text

    def number(self, row: Row, name: str, text: str) -> str:
        """A number above 0."""
        return (
            text if not text or _NUMBER.fullmatch(text) else self._refuse(row, name, f"{text!r} is no number", "1, 2")
        )

    def duration(self, row: Row, name: str, text: str) -> str:
        """A duration."""
        if text and not values.is_duration(text):
            self._refuse(row, name, f"{text!r} is no duration", "P90D, PT48H")
        return text

    def event(self, row: Row, name: str, value: When) -> str:
        """A date, or a date and time."""
        if value.at is None:
            self._refuse(row, name, f"{value.condition!r} is no date", "2027-01-01")
        return values.when_text(value)

    def region(self, parent: "etree._Element", name: str, code: str, space: str | None = None) -> None:
        """A country, or a part of one."""
        if not (_COUNTRY.fullmatch(code) or _PART.fullmatch(code)):
            raise InputError(Fault(self.shown, name, f"{code!r} is no territory", "codes of ISO 3166"))
        kind = "country" if _COUNTRY.fullmatch(code) else "countryRegion"
        self.child(self.child(parent, name, None, space), kind, code, self.md)

    def moment(self, row: Row, parent: "etree._Element", name: str, value: When) -> None:
        """A start or an end: an instant, or a condition with its lag. A bare date is its first second, no offset."""
        if value.at is not None:
            text = values.when_text(value)
            self.child(parent, name, text if "T" in text else f"{text}T00:00:00")
            return
        element = self.child(parent, f"{name}Condition", self.some(row, name, value.condition))
        if value.lag:
            element.set("lag", self.duration(row, f"{name}Lag", value.lag))

    def languages(
        self, row: Row, parent: "etree._Element", name: str, uses: tuple[LanguageUse, ...],
        provided: tuple[LanguageUse, ...] = (),
    ) -> None:  # fmt: skip
        """Languages, each with what carries it; those of `provided` will be."""
        for use in uses:
            if not _LANGUAGE.fullmatch(use.tag):
                self._refuse(row, name, f"{use.tag!r} is no language", "a tag such as ko")
            element = self.child(parent, name, use.tag)
            if use.asset:
                element.set("asset", self.plain(row, name, use.asset))
            if use in provided:
                element.set("assetProvided", "true")

    def term(self, row: Row, parent: "etree._Element", name: str, text: str, *, kind: str, currency: str = "") -> None:
        """A term of a transaction, whose value is of the kind that the schema names so."""
        if kind == "Money" and not DECIMAL.fullmatch(text):
            self._refuse(row, name, f"{text!r} is no amount", "digits and a point, such as 7.99")
        element = self.child(parent, "Term")
        element.set("termName", name)
        value = self.child(element, kind, text)
        if currency:
            value.set("currency", self.plain(row, "PriceCurrency", currency))

    def _checked(self, name: str, text: str) -> str:
        if not values.is_plain(text):
            raise InputError(Fault(self.shown, name, f"{text[:40]!r} has control characters", "text"))
        return text

    def _refuse(self, row: Row, name: str, wrong: str, allowed: str) -> str:
        raise InputError(Fault(self.shown, f"{row.place or row.title}: {name}", wrong, allowed))

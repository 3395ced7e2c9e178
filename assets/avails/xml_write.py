"""Rows as Avails in XML (MovieLabs Avails 2.6.1 and 2.7), in the order and with the types of the schema."""

import secrets
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.avails import xml_names
from assets.avails.columns import is_filled
from assets.avails.rows import Row, When
from assets.avails.rules_words import MAX_SHORT
from assets.avails.vocabulary import vocabulary
from assets.avails.xml_maker import Maker
from assets.errors import Fault, InputError, UsageError

if TYPE_CHECKING:
    from lxml import etree

_OF_AVAIL = (
    "alid", "entry_type", "licensor", "service_provider", "avail_type", "short_description", "exception", "content_id",
    "work_type", "bundled", "title", "display_title", "edit_id", "title_id", "alt_id", "release_year", "run_time",
    "caption_exemption", "localization", "company_credit", "rating_system", "rating_value", "rating_reason",
    "release_original", "release_video",
)  # fmt: skip
"""What an Avail says of all of its transactions: rows that agree in it and follow each other are one Avail."""

_NO_FILMS = frozenset({"episode", "season", "series", "volume", "miniseries"})


def write_xml(path: Path, rows: Iterable[Row], *, version: str = xml_names.NEWEST, remark: str = "") -> tuple[str, ...]:
    """Write rows, one Avail at a time, and say what of them the XML cannot hold; `remark` stands in a comment.

    The file appears whole or not at all. Raises UsageError for a version that is not written, InputError for rows that
    would make the document invalid, and if there are none.
    """
    from lxml import etree

    if version not in xml_names.WRITTEN:
        raise UsageError(f"{version!r} is no version that is written; {', '.join(xml_names.WRITTEN)}")
    lost: dict[str, str] = {}
    spaces = {"avails": xml_names.namespace(version), "md": xml_names.metadata_namespace(version)}
    incoming = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with etree.xmlfile(str(incoming), encoding="utf-8") as file:
            file.write_declaration()
            if remark:
                file.write(etree.Comment(f" {remark.replace('--', '- -')} "))
            with file.element(f"{{{spaces['avails']}}}AvailList", nsmap=spaces):
                is_empty = True
                for avail in _avails(Maker(str(path), spaces), rows, lost):
                    is_empty = False
                    file.write(avail, pretty_print=True)
        if is_empty:
            raise InputError(Fault(str(path), "", "would have no Avail", "at least one row"))
        incoming.replace(path)
    except OSError as error:
        raise InputError(Fault(str(path), "", f"cannot be written: {error.strerror or error}")) from error
    finally:
        incoming.unlink(missing_ok=True)
    return tuple(lost.values())


def _avails(make: Maker, rows: Iterable[Row], lost: dict[str, str]) -> Iterator["etree._Element"]:
    for _, group in groupby(rows, key=lambda row: (*(getattr(row, name) for name in _OF_AVAIL), _rated_in(row))):
        found = list(group)
        for row in found:
            _note_lost(lost, row)
        yield _avail(make, found)


def _rated_in(row: Row) -> str:
    """The territory that the rating of a row is for."""
    return row.territories[0] if row.rating_system and row.territories else ""


def _note_lost(lost: dict[str, str], row: Row) -> None:
    gone = [name for name, _ in row.other]
    is_exempt = bool(row.caption_exemption)  # which says that there are no captions, and is all that can be said
    gone += [] if row.caption_included is (False if is_exempt else None) else ["CaptionIncluded"]
    gone += ["RequiredFulfillmentLanguages"] if set(row.required) - set(row.asset_languages) else []
    for name in gone:
        lost.setdefault(name, f"{row.place or row.title}: {name} has no element in Avails XML and is left out")


def _avail(make: Maker, rows: list[Row]) -> "etree._Element":
    row = rows[0]
    avail_type = row.avail_type or vocabulary().avail_types.get(row.work_type, "")
    if avail_type in _NO_FILMS or not avail_type:
        wrong = f"{row.work_type or 'a work of no type'} is not written as XML"
        raise InputError(Fault(make.shown, row.place or row.title, wrong, "films, and what goes with them"))
    avail = make.root("Avail")
    make.child(avail, "ALID", make.uri(row, "ALID", row.alid))
    make.child(make.child(avail, "Disposition"), "EntryType", make.some(row, "EntryType", row.entry_type))
    make.named(avail, "Licensor", make.some(row, "DisplayName", row.licensor))
    make.named(avail, "ServiceProvider", row.service_provider)
    make.child(avail, "AvailType", avail_type)
    make.child(avail, "ShortDescription", row.short_description or row.title[:MAX_SHORT])
    _asset(make, avail, row)
    for each in rows:
        _transaction(make, avail, each)
    if row.exception is not None:
        make.child(avail, "ExceptionFlag", _boolean(row.exception))
    return avail


def _asset(make: Maker, avail: "etree._Element", row: Row) -> None:
    asset = make.child(avail, "Asset")
    asset.set("contentID", make.uri(row, "ContentID", row.content_id))
    make.child(asset, "WorkType", make.some(row, "WorkType", row.work_type))
    metadata = make.child(asset, "Metadata")
    make.optional(metadata, "TitleDisplayUnlimited", row.display_title)
    make.child(metadata, "TitleInternalAlias", make.some(row, "TitleInternalAlias", row.title))
    make.optional(metadata, "EditEIDR-URN", make.eidr(row, "EditID", row.edit_id))
    make.optional(metadata, "TitleEIDR-URN", make.eidr(row, "TitleID", row.title_id))
    if row.alt_id:
        identifier = make.child(metadata, "AltIdentifier")
        make.child(identifier, "Namespace", "org", make.md)
        make.child(identifier, "Identifier", row.alt_id, make.md)
    make.optional(metadata, "ReleaseDate", make.year(row, row.release_year))
    make.optional(metadata, "RunLength", row.run_time)
    for kind, value in (("original", row.release_original), ("DVD", row.release_video)):
        if value:
            history = make.child(metadata, "ReleaseHistory")
            make.child(history, "ReleaseType", kind, make.md)
            make.child(history, "Date", make.event(row, "ReleaseHistory", value), make.md)
    make.optional(metadata, "USACaptionsExemptionReason", make.number(row, "CaptionExemption", row.caption_exemption))
    _rating(make, metadata, row)
    make.optional(metadata, "LocalizationOffering", row.localization)
    if row.company_credit:
        make.child(make.child(metadata, "CompanyDisplayCredit"), "DisplayString", row.company_credit, make.md)
    for number, alid in enumerate(row.bundled):
        bundled = make.child(asset, "BundledAsset")
        bundled.set("sequence", str(number))
        make.child(bundled, "BundledALID", make.uri(row, "BundleALIDs", alid))


def _rating(make: Maker, metadata: "etree._Element", row: Row) -> None:
    if not (row.rating_system or row.rating_value or row.rating_reason):
        return
    rating = make.child(make.child(metadata, "Ratings"), "Rating", None, make.md)
    make.region(rating, "Region", make.some(row, "Territory", _rated_in(row)), make.md)
    make.child(rating, "System", make.some(row, "RatingSystem", row.rating_system), make.md)
    make.child(rating, "Value", make.some(row, "RatingValue", row.rating_value), make.md)
    make.optional(rating, "Reason", row.rating_reason, make.md)


def _transaction(make: Maker, avail: "etree._Element", row: Row) -> None:
    element = make.child(avail, "Transaction")
    if row.avail_id:
        element.set("TransactionID", make.uri(row, "AvailID", row.avail_id))
    make.named(element, "Licensee", row.licensee)
    make.child(element, "LicenseType", make.some(row, "LicenseType", row.license_type))
    make.optional(element, "Description", row.description)
    for name, codes in (("Territory", row.territories), ("TerritoryExcluded", row.excluded)):
        for code in codes:
            make.region(element, name, code)
    make.moment(row, element, "Start", row.start)
    make.moment(row, element, "End", row.end)
    make.optional(element, "WindowDuration", make.duration(row, "WindowDuration", row.window_duration))
    make.languages(row, element, "AllowedLanguage", row.allowed)
    make.languages(row, element, "AssetLanguage", row.asset_languages, provided=row.required)
    make.languages(row, element, "HoldbackLanguage", row.holdback)
    make.optional(element, "LicenseRightsDescription", row.rights_description)
    profile = make.child(element, "FormatProfile", make.some(row, "FormatProfile", row.format_profile))
    for attribute, name in xml_names.FORMAT_ATTRIBUTES.items():
        if value := getattr(row, name):
            profile.set(attribute, make.plain(row, attribute, value))
    make.optional(element, "ContractID", row.contract_id)
    make.optional(element, "ReportingID", row.reporting_id)
    _terms(make, element, row)
    make.optional(element, "OtherInstructions", row.instructions)


def _terms(make: Maker, element: "etree._Element", row: Row) -> None:
    """The price first, so that a suggested retail price beside it is told from it."""
    if row.price_type:
        is_money = row.price_type not in vocabulary().prices_without_money or bool(row.currency)
        kind = "Money" if is_money else "Text"
        make.term(row, element, row.price_type, row.price_value, kind=kind, currency=row.currency)
    if row.srp:
        make.term(row, element, "SRP", row.srp, kind="Money", currency=row.currency)
    for names, kind in (
        (xml_names.EVENT_TERMS, "Event"), (xml_names.DURATION_TERMS, "Duration"),
        (xml_names.TEXT_TERMS, "Text"), (xml_names.BOOLEAN_TERMS, "Boolean"),
    ):  # fmt: skip
        for name, field in names.items():
            value: Any = getattr(row, field)
            if is_filled(value):
                make.term(row, element, name, _term_text(make, row, name, value), kind=kind)


def _term_text(make: Maker, row: Row, name: str, value: object) -> str:
    if isinstance(value, When):
        return make.event(row, name, value)
    return _boolean(value) if isinstance(value, bool) else str(value)


def _boolean(value: bool) -> str:
    return "true" if value else "false"

"""Avails in XML as rows (MovieLabs Avails 2.2 to 2.7), read one Avail at a time; what is wrong is said by line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.avails import xml_names, xml_shape
from assets.avails.rows import Avails, Row
from assets.avails.vocabulary import vocabulary
from assets.avails.xml_values import Reader, line_of
from assets.errors import Fault, InputError

if TYPE_CHECKING:
    from lxml import etree

MAX_BYTES = 150_000_000
MAX_ROWS = 200_000
MAX_FAULTS = 1000
"""So many bytes, transactions and faults: a document with more of them is another kind of document."""

_TITLES = ("TitleInternalAlias", "SeasonTitleInternalAlias", "VolumeTitleInternalAlias", "SeriesTitleInternalAlias")
_SHOWN = (
    "TitleDisplayUnlimited",
    "SeasonTitleDisplayUnlimited",
    "VolumeTitleDisplayUnlimited",
    "SeriesTitleDisplayUnlimited",
)
_URN, _DOI = "urn:eidr:10.5240:", "10.5240/"


@dataclass(slots=True)
class _Reading:
    """A document that is being read."""

    shown: str
    version: str = ""
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    not_kept: dict[str, int] = field(default_factory=dict)


def read_xml(path: Path) -> Avails:
    """The rows of a document, one for each transaction. Raises InputError."""
    from lxml import etree

    reading = _Reading(path.name)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(Fault(path.name, "", "too large", f"at most {MAX_BYTES // 1_000_000} MB"))
        with path.open("rb") as file:
            _read(reading, file)
    except OSError as error:
        raise InputError(Fault(path.name, "", f"cannot be read: {error.strerror}")) from error
    except etree.XMLSyntaxError as error:
        line = f"line {error.lineno}" if error.lineno else ""
        raise InputError(Fault(path.name, line, f"is no XML: {error.msg}")) from error
    return Avails(path.name, reading.version, tuple(reading.rows), True, tuple(reading.faults), tuple(_notes(reading)))


def _notes(reading: _Reading) -> Iterator[str]:
    if reading.not_kept:
        yield "not kept: " + ", ".join(f"{name} (from line {line})" for name, line in reading.not_kept.items())


def _read(reading: _Reading, file: Any) -> None:  # noqa: ANN401 -- a binary file
    from lxml import etree

    events = etree.iterparse(
        file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth = 0
    for event, element in events:
        depth += 1 if event == "start" else -1
        if event == "start" and depth == 1:
            _begin(reading, element)
        elif event == "end" and depth <= 1:
            if _name(element) == (xml_names.namespace(reading.version), "Avail"):
                _avail(reading, element)
            elif depth == 1:
                Reader(reading.shown, reading.faults).fault(element, _name(element)[1], "is no element of it", "Avail")
            _require_small(reading, element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    if not (reading.rows or reading.faults):
        raise InputError(Fault(reading.shown, "", "has no Avail", "at least one"))


def _begin(reading: _Reading, root: "etree._Element") -> None:
    """Take the version from the first element, and refuse what is no list of Avails."""
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise InputError(Fault(reading.shown, "", "has a document type", "XML without a DOCTYPE"))
    space, name = _name(root)
    reading.version = xml_names.version_of(space)
    if not reading.version or name not in {"Avail", "AvailList"}:
        wrong = f"is no list of Avails, but {name} of {space or 'no namespace'}"
        raise InputError(Fault(reading.shown, f"line {line_of(root)}", wrong, "an AvailList of MovieLabs"))
    if reading.version not in xml_names.READ:
        allowed = f"the versions {', '.join(xml_names.READ)}"
        raise InputError(Fault(reading.shown, f"line {line_of(root)}", f"is of version {reading.version}", allowed))


def _name(element: "etree._Element") -> tuple[str, str]:
    """Namespace and name; a prefix that is declared as nothing is told only at the end, and is in the name."""
    space, _, name = str(element.tag).rpartition("}")
    return space.removeprefix("{"), name


def _avail(reading: _Reading, avail: "etree._Element") -> None:
    reader = Reader(reading.shown, reading.faults)
    before = len(reading.faults)
    for problem in xml_shape.problems(avail):
        reader.fault(*problem)
    for element in avail.iter("*"):
        name = str(element.tag).rpartition("}")[2]
        if name not in vocabulary().kept_elements and name not in (*_TITLES, *_SHOWN):
            reading.not_kept.setdefault(name, line_of(element))
    common = _common(reader, avail)
    assets = reader.children(avail, "Asset")
    common |= _asset(reader, assets[0]) if assets else {}
    for extra in assets[1:]:
        reading.not_kept.setdefault("a second Asset", line_of(extra))
    transactions = reader.children(avail, "Transaction")
    if not transactions:
        reader.fault(avail, "Avail", "has no Transaction", "at least one")
    rows = [_transaction(reader, element, common) for element in transactions]
    if len(reading.faults) == before:
        reading.rows += rows


def _require_small(reading: _Reading, element: "etree._Element") -> None:
    if len(reading.faults) > MAX_FAULTS or len(reading.rows) > MAX_ROWS:
        what = Fault(reading.shown, f"line {line_of(element)}", "too large", f"{MAX_ROWS} rows, {MAX_FAULTS} faults")
        raise InputError(*reading.faults, what)


def _common(reader: Reader, avail: "etree._Element") -> dict[str, Any]:
    """What an Avail says of all of its transactions."""
    return {
        "alid": reader.text(avail, "ALID"),
        "entry_type": reader.text(avail, "Disposition", "EntryType"),
        "licensor": reader.text(avail, "Licensor", "DisplayName"),
        "service_provider": reader.text(avail, "ServiceProvider", "DisplayName"),
        "avail_type": reader.text(avail, "AvailType"),
        "short_description": reader.text(avail, "ShortDescription"),
        "exception": reader.boolean(avail, "ExceptionFlag"),
    }


def _asset(reader: Reader, asset: "etree._Element") -> dict[str, Any]:
    """What is offered: the work, its names and its identifiers."""
    said = {
        "content_id": reader.attribute(asset, "contentID"),
        "work_type": reader.text(asset, "WorkType"),
        "bundled": tuple(reader.text(each, "BundledALID") for each in reader.children(asset, "BundledAsset")),
    }
    metadata = next((child for child in asset if str(child.tag).endswith("Metadata")), None)
    if metadata is None:
        return said
    rating = next(iter(reader.children(metadata, "Ratings", "Rating")), None)
    exemption = reader.text(metadata, "USACaptionsExemptionReason")
    return said | {
        "title": reader.first(metadata, _TITLES),
        "display_title": reader.first(metadata, _SHOWN),
        "edit_id": _identifier(reader.text(metadata, "EditEIDR-URN")),
        "title_id": _identifier(reader.text(metadata, "TitleEIDR-URN")),
        "alt_id": reader.text(metadata, "AltIdentifier", "Identifier").removeprefix("AltID:"),
        "release_year": reader.text(metadata, "ReleaseDate"),
        "run_time": reader.length(metadata, "RunLength"),
        "caption_exemption": exemption,
        "caption_included": False if exemption else None,
        "localization": reader.text(metadata, "LocalizationOffering"),
        "company_credit": reader.text(metadata, "CompanyDisplayCredit", "DisplayString"),
        "rating_system": "" if rating is None else reader.text(rating, "System"),
        "rating_value": "" if rating is None else reader.text(rating, "Value"),
        "rating_reason": "" if rating is None else reader.text(rating, "Reason"),
        **_releases(reader, metadata),
    }


def _releases(reader: Reader, metadata: "etree._Element") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for history in reader.children(metadata, "ReleaseHistory"):
        if name := xml_names.RELEASES.get(reader.text(history, "ReleaseType")):
            found.setdefault(name, reader.event(history, "Date"))
    return found


def _identifier(written: str) -> str:
    """An EIDR in the form that sheets have: 10.5240, a slash, and its groups."""
    return written.replace(_URN, _DOI, 1) if written.lower().startswith(_URN) else written


def _transaction(reader: Reader, element: "etree._Element", common: dict[str, Any]) -> Row:
    profile = next(iter(reader.children(element, "FormatProfile")), None)
    return Row(
        **common,
        place=f"line {line_of(element)}",
        avail_id=reader.attribute(element, "TransactionID"),
        licensee=reader.text(element, "Licensee", "DisplayName"),
        license_type=reader.text(element, "LicenseType"),
        description=reader.text(element, "Description"),
        territories=reader.regions(element, "Territory"),
        excluded=reader.regions(element, "TerritoryExcluded"),
        start=reader.moment(element, "Start"),
        end=reader.moment(element, "End"),
        window_duration=reader.text(element, "WindowDuration"),
        allowed=reader.languages(element, "AllowedLanguage"),
        asset_languages=reader.languages(element, "AssetLanguage"),
        required=reader.languages(element, "AssetLanguage", only="assetProvided"),
        holdback=reader.languages(element, "HoldbackLanguage"),
        rights_description=reader.text(element, "LicenseRightsDescription"),
        format_profile=reader.text(element, "FormatProfile"),
        contract_id=reader.text(element, "ContractID"),
        reporting_id=reader.text(element, "ReportingID"),
        instructions=reader.text(element, "OtherInstructions"),
        **_format(reader, profile),
        **reader.terms(element),
    )


def _format(reader: Reader, profile: "etree._Element | None") -> dict[str, Any]:
    """What a format profile says of its picture and sound."""
    if profile is None:
        return {}
    return {name: reader.attribute(profile, attribute) for attribute, name in xml_names.FORMAT_ATTRIBUTES.items()}

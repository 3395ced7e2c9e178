"""MovieLabs' `ProductStatus` (Asset Ordering, Delivery and Tracking 1.4): the state of each file, and its QC errors.

Errors bear the category and term of the QC vocabulary; where no term is known that is near, the check's own name stands
in its place. What somebody answers for is `resolved`. The document goes to a partner: rights, and what a report says of
the waivers themselves, are not in it.
"""

from typing import TYPE_CHECKING

from checks.codes import code_of
from checks.confidential import for_receiver
from checks.core import Finding, Severity
from checks.report import AssetRecord, Report
from checks.report_json import frame_rate
from cli.render.batch import Batch, Format, Rendered
from cli.render.plain import uri, xml_document, xml_text
from cli.render.qc_errors import NAMESPACES, add, add_error

if TYPE_CHECKING:
    from lxml import etree

_TYPES = {"master": "media", "audio": "media", "stem": "media", "subtitles": "media"}
"""What a file is in the words of the manifest; anything else is `ancillary`."""


def render(batch: Batch) -> Rendered:
    """One document for all reports."""
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACES['delivery']}}}ProductStatus", nsmap=NAMESPACES)
    compatibility = add(root, "Compatibility")
    add(compatibility, "SpecVersion", "1.4", space="md")
    add(compatibility, "Profile", "releaseprint", space="md")
    names = dict.fromkeys(f"{report.title_name}: {report.platform_name}, {report.revision}" for report in batch.reports)
    if names:
        add(root, "Description", "; ".join(map(xml_text, names)))
    for report in batch.reports:
        _report(root, batch, for_receiver(report))
    return Rendered(xml_document(root))


def _report(root: "etree._Element", batch: Batch, report: Report) -> None:
    required = [item for item in report.not_checked if item.required and not code_of(item.check).none]
    found: dict[str, list[Finding]] = {asset.name: [] for asset in report.assets}
    found |= {item.asset: [] for item in required}
    for finding in (*report.findings, *report.waived):
        if not code_of(finding.check).none:
            found.setdefault(finding.asset, []).append(finding)
    records = {asset.name: asset for asset in report.assets}
    for name, findings in found.items():
        record = records.get(name)
        status = add(root, "AssetStatus")
        _reference(status, batch.places.path(report, name or "title.toml"), record)
        missing = [item for item in required if item.asset == name]
        add(status, "ProgressCode", _progress(findings, is_complete=not missing))
        for item in missing:
            add(
                status,
                "ProgressDetail",
                xml_text(f"{item.check} {batch.phrase('not checked')}: {batch.phrase(item.reason)}"),
            )
        rate = frame_rate(record.frame_rate) if record else None
        for finding in findings:
            add_error(status, batch, finding, rate, batch.places.spot(report, finding))


def _reference(status: "etree._Element", path: str, record: AssetRecord | None) -> None:
    reference = add(status, "AssetReference")
    info = add(reference, "FileInfo")
    add(info, "Location", uri(path), space="manifest")
    add(info, "Type", _TYPES.get(record.kind, "ancillary") if record else "metadata", space="manifest")
    if record and record.sha256:
        add(info, "Length", str(record.size), space="manifest")
        add(info, "Hash", record.sha256, space="manifest").set("method", "SHA-256")


def _progress(findings: list[Finding], *, is_complete: bool) -> str:
    """The code of AOD for a file: what is waived does not count."""
    standing = [finding for finding in findings if finding.waiver is None]
    if any(finding.severity is Severity.ERROR for finding in standing):
        return "Error"
    if not is_complete:
        return "In-Process"
    return "Issue" if standing else "Ready"


FORMAT = Format("qc-xml", "MovieLabs' QC errors as XML", render)

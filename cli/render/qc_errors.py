"""A finding as MovieLabs' `QCErrorDescription` (delivery 1.4)."""

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from assets.timing import TICKS_PER_MS, Time, timecode
from checks.codes import code_of, grade_of
from checks.core import Finding
from cli.render.batch import Batch
from cli.render.places import Spot
from cli.render.plain import xml_text

if TYPE_CHECKING:
    from lxml import etree

NAMESPACES = {
    "delivery": "http://www.movielabs.com/schema/md/delivery/v1.4/delivery",
    "manifest": "http://www.movielabs.com/schema/manifest/v1.13/manifest",
    "md": "http://www.movielabs.com/schema/md/v2.12/md",
}

_PARTS = {
    "AUDIO": "Audio",
    "VIDEO": "Video",
    "HEAD-TAIL": "Video",
    "COLOR-TRANSFORM": "Video",
    "TIMED-TEXT": "TimedText",
}
"""The element that says where a fault of a category is on the time line."""

_LABEL = re.compile(r"([0-9]{2}:){3}[0-9]{2}")


def add(parent: "etree._Element", name: str, text: str | None = None, *, space: str = "delivery") -> "etree._Element":
    """A new last child."""
    element = parent.makeelement(f"{{{NAMESPACES[space]}}}{name}")
    element.text = text
    parent.append(element)
    return element


def add_error(status: "etree._Element", batch: Batch, finding: Finding, rate: Fraction | None, spot: Spot) -> None:
    """The description of a finding; `spot` is where it stands in a text file."""
    code, grade = code_of(finding.check), grade_of(finding)
    error = add(status, "ErrorDescription")
    add(error, "ErrorReference", finding.fingerprint)
    add(error, "ErrorCategory", code.category or xml_text(finding.check.split("/", maxsplit=1)[0]).upper())
    add(error, "ErrorTerm", code.term or xml_text(finding.check))
    _add_place(error, _PARTS.get(code.category, ""), finding, rate, spot)
    place = f"{batch.phrase(finding.at.label)}: " if finding.at.label else ""
    add(error, "Comments", xml_text(f"{place}{batch.message(finding)} [{finding.check}; {finding.source}]"))
    severity = add(error, "Severity", "resolved" if finding.waiver else grade.movielabs)
    if finding.waiver:
        severity.set("resolution", xml_text(finding.waiver.reason))
        severity.set("originalSeverity", grade.movielabs)


def _add_place(error: "etree._Element", part: str, finding: Finding, rate: Fraction | None, spot: Spot) -> None:
    start, end = _moment(finding.at.start, rate), _moment(finding.at.end, rate)
    shows_time, shows_text = bool(part and start), part == "TimedText" and bool(finding.at.words)
    if not (shows_time or shows_text or spot.line):
        return
    info = add(error, "CategorySpecificInfo")
    if shows_time or shows_text:
        about = add(info, part)
        if start:
            times = add(about, "TimeRange")
            _add_moment(times, "StartTimecode", start)
            if end:
                _add_moment(times, "EndTimecode", end)
        if shows_text:
            add(about, "Text", xml_text(finding.at.words))
    if spot.line:
        add(add(info, "XML"), "LineNumber", str(spot.line))


def _add_moment(times: "etree._Element", name: str, text: str) -> None:
    add(times, name, text).set("format", "hh:mm:ss:ff" if ":" in text else "seconds")


def _moment(time: Time | None, rate: Fraction | None) -> str:
    """Non-drop timecode where the schema can hold it, otherwise seconds with three decimals; nothing before zero."""
    if time is None or time < 0:
        return ""
    label = "" if rate is None else timecode(time, rate)
    if _LABEL.fullmatch(label):
        return label
    seconds, thousandths = divmod(round(Fraction(time, TICKS_PER_MS)), 1000)
    return f"{seconds}.{thousandths:03}"

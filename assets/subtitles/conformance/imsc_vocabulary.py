"""The vocabulary that IMSC adds to TTML: itts, ittp and ittm, and ebutts of EBU-TT-D (IMSC 1.1 7.8, 8.4, 9.4)."""

from collections.abc import Mapping
from typing import Final

from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.grammar import ELEMENTS
from assets.subtitles.conformance.imsc_values import Fault, clause
from assets.subtitles.conformance.names import is_tt
from assets.subtitles.conformance.values import is_ratio, lengths

_EXTENSIONS: Final[Mapping[str, frozenset[str]]] = {
    "itts": frozenset({"forcedDisplay", "fillLineGap"}),
    "ittp": frozenset({"aspectRatio", "progressivelyDecodable", "activeArea"}),
    "ittm": frozenset(),
}
_ELEMENTS: Final = frozenset({"ittm:altText"})
_PADDED: Final = frozenset({"style", "initial", "region", "body", "div", "p"})
_ALT_TEXT: Final = "IMSC 1.1 7.8.4"


def judge(source: Source, findings: Findings, *, text: bool) -> None:
    """Note elements and attributes of IMSC that it does not define, or that stand or say what they may not."""
    nodes = list(source.root.everything())
    named = any(node.name == "ttm:item" and node.attributes.get("name") == "altText" for node in nodes)
    for node in nodes:
        prefix = node.name.partition(":")[0]
        if node.name == "ittm:altText":
            _alt_text(node, findings, named=named)
        elif prefix in _EXTENSIONS and node.name not in _ELEMENTS:
            findings.add(node, "", f"there is no element {node.name}", "those of IMSC 1.1 7.8", "IMSC 1.1 7.3")
    for node in source.root.walk():
        for name, value in node.attributes.items():
            prefix = name.partition(":")[0]
            if prefix in _EXTENSIONS:
                _extension(node, name, value, findings, text=text)
            elif prefix == "ebutts":
                _padding(node, name, value, findings, text=text)


def _alt_text(node: Node, findings: Findings, *, named: bool) -> None:
    """What is wrong with an ittm:altText; `named` tells whether the document has the item altText as well."""
    for name in node.attributes:
        prefix, colon, _ = name.partition(":")
        if not name.startswith("{") and (not colon or is_tt(name) or prefix in _EXTENSIONS):
            findings.add(node, name, f"ittm:altText has {name}", "xml:id, xml:lang and xml:space", _ALT_TEXT)
    for child in node.children:
        if is_tt(child.name):
            findings.add(child, "", f"{child.name} in ittm:altText", "text", _ALT_TEXT)
    if node.parent is None or node.parent.name != "metadata":
        findings.add(node, "", "ittm:altText outside of metadata", "in metadata", _ALT_TEXT)
    elif named:
        allowed = "one of ittm:altText and the item altText"
        findings.add(node, "", "the item altText stands in the document too", allowed, clause("7.12", "#altText"))


def _extension(node: Node, name: str, value: str, findings: Findings, *, text: bool) -> None:
    prefix, _, local = name.partition(":")
    element = ELEMENTS.get(node.name)
    fault = _fault(local, value)
    if local not in _EXTENSIONS[prefix]:
        findings.add(node, name, f"there is no attribute {name}", "those of IMSC 1.1 7.8", "IMSC 1.1 7.3")
    elif prefix == "itts" and element is not None and "tts" not in element.open:
        section = "7.8.3" if local == "forcedDisplay" else "7.8.6"
        allowed = "on style, region and content elements"
        findings.add(node, name, f"{name} on {node.name}", allowed, f"IMSC 1.1 {section}")
    elif fault:
        findings.add(node, name, fault.what, fault.allowed, fault.clause)
    elif not text and local == "fillLineGap":
        findings.add(node, name, f"{name} is not of the profile", "clause 6 without it", clause("6", "#fillLineGap"))


def _fault(local: str, value: str) -> Fault | None:
    """What is wrong with the value of an attribute that IMSC adds."""
    given = value.strip(" \t\r\n")
    shown = f"{local}='{value}'"
    if local in {"forcedDisplay", "fillLineGap", "progressivelyDecodable"} and given not in {"true", "false"}:
        sections = {"progressivelyDecodable": "7.8.2", "forcedDisplay": "7.8.3", "fillLineGap": "7.8.6"}
        return Fault(shown, "true or false", f"IMSC 1.1 {sections[local]}")
    if local == "aspectRatio" and not is_ratio(value):
        return Fault(shown, "two integers above zero", "IMSC 1.1 7.8.1")
    if local == "activeArea":
        found = lengths(value)
        within = all(item.unit == "%" and 0 <= item.number <= 100 for item in found)  # noqa: PLR2004
        if len(found) != 4 or not within:  # noqa: PLR2004
            return Fault(shown, "four percentages from 0 to 100", "IMSC 1.1 7.8.5")
    return None


def _padding(node: Node, name: str, value: str, findings: Findings, *, text: bool) -> None:
    local = name.partition(":")[2]
    section = clause("8.4" if text else "9.4", name)
    if local not in {"linePadding", "multiRowAlign"}:
        return
    if node.name not in _PADDED:
        findings.add(node, name, f"{name} on {node.name}", f"on {', '.join(sorted(_PADDED))}", section)
    elif local == "multiRowAlign" and value.strip() not in {"start", "center", "end", "auto"}:
        findings.add(node, name, f"{name}='{value}'", "start, center, end or auto", section)
    elif local == "linePadding":
        found = lengths(value)
        if len(found) != 1 or found[0].unit != "c" or found[0].number < 0:
            findings.add(node, name, f"{name}='{value}'", "one length in c, not negative", section)

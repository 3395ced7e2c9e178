"""What Netflix asks of IMSC 1.1 text documents beyond the profile (field facts, read until 2026-11).

Articles of its partner help centre: 360053755033 (the profile), 115001869828 (inspection of TTML), 215758617.
"""

from fractions import Fraction
from typing import Final

from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.values import every_length, length, words

_PROFILE: Final = "NF:360053755033"
_INSPECTION: Final = "NF:115001869828"
_RATES: Final = (
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(60),
)
_TOLERANCE: Final = Fraction(1, 100)
_DISCOURAGED: Final = ("tts:backgroundColor", "tts:color", "ttp:cellResolution")
_RIGHT_TO_LEFT: Final = frozenset(words("ar arc ckb dv fa he iw ks ku nqo ps sd syr ug ur yi"))
_FULL: Final = Fraction(100)


def judge(source: Source, findings: Findings) -> None:
    """Note what Netflix does not take of an IMSC 1.1 text document, and what it advises against."""
    _root(source, findings)
    for node in source.root.walk():
        if node.name == "set":
            findings.add(node, "", "animation", "static styles", f"{_PROFILE} #animation")
        for name, value in node.attributes.items():
            _attribute(node, name, value, findings)


def _root(source: Source, findings: Findings) -> None:
    root = source.root
    rate = source.clock.rate
    if "ttp:frameRate" in root.attributes and all(abs(rate - item) > _TOLERANCE for item in _RATES):
        allowed = "23.976, 24, 25, 29.97, 30, 50, 59.94 or 60"
        findings.add(root, "ttp:frameRate", f"{float(rate):g} frames a second", allowed, _INSPECTION)
    if not root.attributes.get("xml:lang", "").strip():
        findings.add(root, "xml:lang", "no language", "the language of the text", _INSPECTION)


def _attribute(node: Node, name: str, value: str, findings: Findings) -> None:
    if name in _DISCOURAGED:
        findings.add(node, name, f"{name} is given", "should not be used", _PROFILE, advice=True)
    elif name.startswith("tts:") and any(item.unit == "px" for item in every_length(value)):
        findings.add(node, name, f"{name}='{value}' in pixels", "per cent", _INSPECTION)
    elif name == "tts:fontSize":
        size = length(value.strip())
        if size is None or (size.unit, size.number) != ("%", _FULL):
            findings.add(node, name, f"{name}='{value}'", "100%", _INSPECTION)
    elif name == "xml:id" and not value[:1].isalpha():
        findings.add(node, name, f"the id '{value}'", "a letter first", _INSPECTION)
    elif (name, value.strip()) in {("tts:unicodeBidi", "embed"), ("tts:unicodeBidi", "bidiOverride")} or (
        name == "tts:direction" and value.strip() == "rtl"
    ):
        _bidi(node, name, value, findings)


def _bidi(node: Node, name: str, value: str, findings: Findings) -> None:
    """Directions are for languages that run from right to left; on a style the language of the document counts."""
    tag = next((item.attributes["xml:lang"] for item in (node, *node.ancestors()) if "xml:lang" in item.attributes), "")
    primary = words(tag.replace("-", " "))[:1]
    if not primary or primary[0].lower() not in _RIGHT_TO_LEFT:
        what = f"{name}='{value}' in '{tag}'"
        findings.add(node, name, what, "directions for languages from right to left", f"{_PROFILE} #bidi")

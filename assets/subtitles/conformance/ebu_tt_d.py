"""EBU-TT-D (EBU Tech 3380, version 1.0.1): the part of TTML1 that broadcasters distribute.

The document is organised by element, so a clause is cited by the element that it is about.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from assets.subtitles.conformance import ebu_metadata, regions
from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.names import is_tt
from assets.subtitles.conformance.values import lengths

_CLOCK: Final = re.compile(r"[0-9]{2,}:[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?", re.ASCII)
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?")


@dataclass(frozen=True, slots=True)
class _Element:
    """What an element has: required and other attributes, and its content in order with least and most."""

    required: str = ""
    attributes: str = ""
    content: tuple[tuple[str, int, int], ...] = ()


_MANY: Final = 1 << 30
_META: Final = ("metadata", 0, 1)
_SAID: Final = "xml:id xml:lang xml:space ttm:agent ttm:role"

_ELEMENTS: Final[Mapping[str, _Element]] = {
    "tt": _Element("xml:lang ttp:timeBase", "xml:space ttp:cellResolution", (("head", 1, 1), ("body", 0, 1))),
    "head": _Element("", "", (("ttm:copyright", 0, 1), _META, ("styling", 1, 1), ("layout", 1, 1))),
    "styling": _Element("", "", (_META, ("style", 1, _MANY))),
    "style": _Element(
        "xml:id",
        "tts:direction tts:fontFamily tts:fontSize tts:lineHeight tts:textAlign tts:color tts:backgroundColor"
        " tts:fontStyle tts:fontWeight tts:textDecoration tts:unicodeBidi tts:wrapOption",
        (_META,),
    ),
    "layout": _Element("", "", (_META, ("region", 1, _MANY))),
    "region": _Element(
        "xml:id tts:origin tts:extent",
        "style tts:displayAlign tts:padding tts:writingMode tts:showBackground tts:overflow",
        (_META,),
    ),
    "body": _Element("", "style ttm:agent ttm:role", (_META, ("div", 1, _MANY))),
    "div": _Element("", "xml:id xml:lang region style ttm:agent ttm:role", (_META, ("p", 1, _MANY))),
    "p": _Element("xml:id", f"{_SAID} region style begin end", (_META, ("br span", 0, _MANY))),
    "span": _Element("", f"{_SAID} style begin end", (_META, ("br", 0, _MANY))),
    "br": _Element("", "ttm:role", (_META,)),
}


def _percentages(
    fewest: int, many: int, *, most: int | None = None, others: str = ""
) -> tuple[Callable[[str], bool], str]:
    """From `fewest` to `many` percentages, none above `most`; or one of the words of `others`."""

    def test(text: str) -> bool:
        found = lengths(text)
        within = all(item.unit == "%" and 0 <= item.number <= (item.number if most is None else most) for item in found)
        return (fewest <= len(found) <= many and within) or text.strip() in others.split()

    count = str(fewest) if fewest == many else f"{fewest} to {many}"
    limit = "none negative" if most is None else f"from 0 to {most}"
    return test, f"{count} percentages, {limit}" + (f", or {others}" if others else "")


def _choice(text: str) -> tuple[Callable[[str], bool], str]:
    return (lambda value: value.strip() in text.split()), ", ".join(text.split())


_VALUES: Final[Mapping[str, tuple[Callable[[str], bool], str]]] = {
    "ttp:timeBase": _choice("media"),
    "tts:origin": _percentages(2, 2),
    "tts:extent": _percentages(2, 2),
    "tts:padding": _percentages(1, 4),
    "tts:displayAlign": _choice("before center after"),
    "tts:textAlign": _choice("left center right start end"),
    "tts:unicodeBidi": _choice("normal embed bidiOverride"),
    "ittp:activeArea": _percentages(4, 4, most=100),
    "tts:fontSize": _percentages(1, 1),
    "tts:lineHeight": _percentages(1, 1, others="normal"),
    "tts:color": ((lambda value: _COLOUR.fullmatch(value.strip()) is not None), "#rrggbb or #rrggbbaa"),
    "tts:backgroundColor": ((lambda value: _COLOUR.fullmatch(value.strip()) is not None), "#rrggbb or #rrggbbaa"),
    "tts:fontStyle": _choice("normal italic"),
    "tts:textDecoration": _choice("none underline"),
    "ebutts:multiRowAlign": _choice("start center end auto"),
    "itts:fillLineGap": _choice("true false"),
    "begin": ((lambda value: _CLOCK.fullmatch(value) is not None), "HH:MM:SS or HH:MM:SS.fraction"),
    "end": ((lambda value: _CLOCK.fullmatch(value) is not None), "HH:MM:SS or HH:MM:SS.fraction"),
}
_STYLE_ONLY: Final = ("ebutts:multiRowAlign", "ebutts:linePadding", "itts:fillLineGap")


def _clause(name: str) -> str:
    return f"EBU Tech 3380 tt:{name}"


def judge(source: Source, findings: Findings) -> None:
    """Note every way in which a TTML1 document is no EBU-TT-D document."""
    for node in source.root.walk():
        element = _ELEMENTS.get(node.name)
        if element is not None:
            _content(node, element, findings)
            _attributes(node, element, findings)
        if node.name == "span" and node.parent is not None:
            _timed_once(node, node.parent, findings)
    ebu_metadata.judge(source, findings)
    boxes = regions.judge_place(source, findings, _clause("region"))
    regions.judge_overlap(source, findings, regions.presented(source), boxes, _clause("region"))


def _content(node: Node, element: _Element, findings: Findings) -> None:
    """Hold what stands in an element against what may, and against how often."""
    place = 0
    counts = [0] * len(element.content)
    wanted = ", ".join(name.replace(" ", ", ") for name, _, _ in element.content)
    for child in node.children:
        if not is_tt(child.name):
            continue
        here = next((number for number, part in enumerate(element.content) if child.name in part[0].split()), None)
        if here is None:
            findings.add(child, "", f"{child.name} in {node.name}", wanted, _clause(node.name))
            continue
        counts[here] += 1
        if here < place:
            findings.add(child, "", f"{child.name} stands too late in {node.name}", wanted, _clause(node.name))
        elif counts[here] > element.content[here][2]:
            findings.add(child, "", f"more than one {child.name} in {node.name}", "one", _clause(node.name))
        place = max(place, here)
    for (name, least, _), count in zip(element.content, counts, strict=True):
        if count < least:
            findings.add(node, "", f"{node.name} has no {name}", f"{name} is required", _clause(node.name))


def _timed_once(span: Node, p: Node, findings: Findings) -> None:
    """Times stand on p or on the spans in it: nested times have no meaning in EBU-TT-D."""
    given = [name for name in ("begin", "end") if name in span.attributes]
    if given and p.attributes.keys() & {"begin", "end"}:
        what = f"{given[0]} on span, though its p on line {p.line} is timed too"
        findings.add(span, given[0], what, "times on p or on its spans", _clause("span"))


def _attributes(node: Node, element: _Element, findings: Findings) -> None:
    allowed = {*element.required.split(), *element.attributes.split()}
    for name in element.required.split():
        if name not in node.attributes:
            findings.add(node, name, f"{node.name} has no {name}", f"{name} is required", _clause(node.name))
    for name, value in node.attributes.items():
        prefix, colon, _ = name.partition(":")
        own = not name.startswith("{") and (not colon or prefix in {"tts", "ttp", "ttm", "xml"})
        if own and name not in allowed:
            known = ", ".join(sorted(allowed)) or "none"
            findings.add(node, name, f"{node.name} has {name}", known, _clause(node.name))
        elif name in _STYLE_ONLY and node.name != "style":
            findings.add(node, name, f"{name} on {node.name}", "on style", _clause("style"))
        elif name == "ebutts:linePadding":
            _padding(node, value, findings)
        elif name in _VALUES and not _VALUES[name][0](value):
            findings.add(node, name, f"{name}='{value}'", _VALUES[name][1], _clause(node.name))


def _padding(node: Node, value: str, findings: Findings) -> None:
    found = lengths(value)
    if len(found) != 1 or found[0].unit != "c" or found[0].number < 0:
        what, allowed = f"ebutts:linePadding='{value}'", "one length in c, not negative"
        findings.add(node, "ebutts:linePadding", what, allowed, _clause("style"))

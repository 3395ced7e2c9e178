"""Styles and regions of a TTML document, as far as the model holds them: slant, weight, underline, place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from assets.subtitles import markup

NAMESPACES = (
    "http://www.w3.org/ns/ttml",
    "http://www.w3.org/2006/10/ttaf1",
    "http://www.w3.org/2006/04/ttaf1",
)
_PREFIXES = {
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://www.w3.org/ns/ttml/profile/imsc1#styling": "itts:",
    "urn:ebu:tt:style": "ebutts:",
    "http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt": "smpte:",
    **{f"{name}#parameter": "ttp:" for name in NAMESPACES},
    **{f"{name}#{word}": "tts:" for name in NAMESPACES for word in ("styling", "style")},
}
_INHERITED = frozenset(
    f"tts:{name}"
    for name in (
        *("fontStyle", "fontWeight", "textDecoration", "textAlign", "visibility"),
        *("textEmphasis", "textCombine", "fontShear", "lineShear", "shear"),
    )
)
_HELD = _INHERITED | {
    f"tts:{name}"
    for name in ("display", "displayAlign", "extent", "origin", "position", "ruby", "showBackground", "writingMode")
}
_NEUTRAL = {
    "tts:backgroundColor": {"transparent", "#00000000"},
    "tts:color": {"white", "#ffffff", "#ffffffff"},
    "tts:fontFamily": {"default", "proportionalSansSerif"},
    "tts:fontSize": {"100%", "1c"},
    "tts:direction": {"ltr"},
    "tts:unicodeBidi": {"normal"},
    "tts:wrapOption": {"wrap"},
}
"""Values that change nothing: each is the initial value, or what a player does by itself."""

_ANCHORS = {"before": Fraction(0), "center": Fraction(1, 2), "after": Fraction(1)}
_COLUMNS = {"left": 0, "start": 0, "justify": 0, "center": 1, "right": 2, "end": 2}
_LENGTH = re.compile(r"([+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?)(%|rh|px|c)", re.ASCII)
_MAX_REFERENCES = 50
"""How long a chain of styles that refer to styles may be."""

Style = Mapping[str, str]


class Element(Protocol):
    """What is used of an lxml element. The library is loaded when a document is parsed, not before."""

    tag: object
    attrib: Mapping[str, str]
    text: str | None
    tail: str | None
    sourceline: int | None

    def __iter__(self) -> Iterator["Element"]: ...

    def iter(self, *tags: str) -> Iterator["Element"]:
        """The elements of the given names, this one and all below, in document order."""

    def itertext(self) -> Iterator[str]:
        """All text in it, piece by piece."""

    def getparent(self) -> "Element | None":
        """The element it stands in."""


def name_of(element: Element) -> str:
    """The local name of a TTML element; empty for any other node."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, _, local = tag.rpartition("}")
    return local if namespace[1:] in NAMESPACES else ""


def attributes(element: Element) -> dict[str, str]:
    """The attributes by their customary prefixes, whatever the document's own: `begin`, `tts:color`, `xml:id`."""
    result = {}
    for key, value in element.attrib.items():
        namespace, _, local = key.rpartition("}")
        prefix = _PREFIXES.get(namespace[1:], "?:") if namespace else ""
        result[prefix + local] = value
    return result


def is_not_held(key: str, value: str) -> bool:
    """Whether an attribute is a style that changes what is shown and that the model cannot hold."""
    styling = key.startswith(("tts:", "itts:", "ebutts:"))
    return styling and key not in _HELD and value.strip() not in _NEUTRAL.get(key, ())


@dataclass(slots=True)
class Styles:
    """The styles and regions that a document defines. `unknown` collects references to what it does not define."""

    initial: dict[str, str] = field(default_factory=dict)
    regions: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    root: dict[str, str] = field(default_factory=dict)
    defined: dict[str, dict[str, str]] = field(default_factory=dict)
    _resolved: dict[str, Style] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)
    _depth: int = 0

    def specified(self, given: Mapping[str, str]) -> dict[str, str]:
        """The styles of an element: those it refers to, in order, under its own."""
        result: dict[str, str] = {}
        for reference in given.get("style", "").split():
            result.update(self._style(reference))
        result.update((key, value.strip()) for key, value in given.items() if key in _HELD)
        return result

    def computed(self, parent: Style, given: Mapping[str, str]) -> Style:
        """The styles of an element with what it inherits."""
        own = self.specified(given)
        if not own and parent.keys() <= _INHERITED:
            return parent
        return {key: value for key, value in parent.items() if key in _INHERITED} | own

    def position(self, region: str | None, style: Style) -> int:
        """Where text of a region stands, as on a numeric keypad; the bottom if the document defines no region."""
        layout = self.regions.get(region or "")
        if region is None or layout is None:
            return markup.BOTTOM
        if region not in self._rows:
            self._rows[region] = self._row(layout)
        return self._rows[region] + _COLUMNS.get(style.get("tts:textAlign", "center"), 1)

    def _row(self, layout: Style) -> int:
        """The left key of the row in which text of a region stands."""
        height = self._height(layout.get("tts:extent", "").split()[1:2]) or Fraction(1)
        top = self._top(layout, height)
        anchor = top + height * _ANCHORS.get(layout.get("tts:displayAlign", "before"), Fraction(0))
        return 7 if anchor < Fraction(1, 3) else 4 if anchor < Fraction(2, 3) else 1

    def _style(self, name: str) -> Style:
        given = self.defined.get(name)
        if given is None:
            self.unknown.add(name)
            return {}
        if name not in self._resolved:
            if self._depth == _MAX_REFERENCES:
                return {}
            self._resolved[name] = {}  # a style that refers to itself ends here
            self._depth += 1
            self._resolved[name] = self.specified(given)
            self._depth -= 1
        return self._resolved[name]

    def _top(self, layout: Style, height: Fraction) -> Fraction:
        """The upper edge of a region, as a part of the picture's height."""
        words = layout.get("tts:position", "").split()
        if not words:
            return self._height(layout.get("tts:origin", "").split()[1:2]) or Fraction(0)
        for number, word in enumerate(words):
            if word in {"top", "bottom"}:
                inset = self._height(words[number + 1 : number + 2]) or Fraction(0)
                return inset if word == "top" else 1 - height - inset
        upright = words[1:][-1:]  # a single word is about the width, unless it is top or bottom
        if upright and upright[0].endswith("%"):
            return (self._height(upright) or Fraction(0)) * (1 - height)
        top = self._height(upright)
        return (1 - height) / 2 if top is None else top

    def _height(self, words: list[str]) -> Fraction | None:
        """A length as a part of the picture's height; None if there is none or it is no length."""
        match = _LENGTH.fullmatch(words[0]) if words else None
        if match is None:
            return None
        whole = Fraction(100)
        if match[2] in {"px", "c"}:
            key, default = ("tts:extent", "") if match[2] == "px" else ("ttp:cellResolution", "32 15")
            size = re.findall("[0-9]{1,9}", self.root.get(key, default))
            whole = Fraction(int(size[1]) if len(size) > 1 else 0)
        return Fraction(match[1]) / whole if whole else None


def load(root: Element) -> Styles:
    """The styles and regions in a document's head."""
    styles = Styles(root=attributes(root))
    for element in root.iter(*(f"{{{name}}}{kind}" for name in NAMESPACES for kind in ("style", "initial"))):
        given = attributes(element)
        parent = element.getparent()
        if name_of(element) == "initial":
            styles.initial.update(styles.specified(given))
        elif parent is not None and name_of(parent) == "styling" and "xml:id" in given:
            styles.defined[given["xml:id"]] = given
    for element in root.iter(*(f"{{{name}}}region" for name in NAMESPACES)):
        given = attributes(element)
        layout = styles.specified(given)
        for child in element:
            if name_of(child) == "style":
                layout.update(styles.specified(attributes(child)))
        if "xml:id" in given:
            styles.regions[given["xml:id"]] = layout
    return styles

"""Styles and regions of a TTML document, as far as the model holds them: slant, weight, underline, place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from lxml.etree import _Element

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
_WORDS = {"top": Fraction(0), "center": Fraction(1, 2), "bottom": Fraction(1)}

Style = Mapping[str, str]


def name_of(element: _Element) -> str:
    """The local name of a TTML element; empty for any other node."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, _, local = tag.rpartition("}")
    return local if namespace[1:] in NAMESPACES else ""


def attributes(element: _Element) -> dict[str, str]:
    """The attributes by their customary prefixes, whatever the document's own: `begin`, `tts:color`, `xml:id`."""
    result = {}
    for key, value in element.attrib.items():
        namespace, _, local = str(key).rpartition("}")
        prefix = _PREFIXES.get(namespace[1:], "?:") if namespace else ""
        result[prefix + local] = str(value)
    return result


def is_text_style(key: str, value: str) -> bool:
    """Whether an attribute is a style that the model cannot hold and that is not neutral."""
    styling = key.startswith(("tts:", "itts:", "ebutts:"))
    return styling and key not in _HELD and value.strip() not in _NEUTRAL.get(key, ())


@dataclass(slots=True)
class Styles:
    """The styles and regions that a document defines. `unknown` collects references to what it does not define."""

    initial: dict[str, str] = field(default_factory=dict)
    regions: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    root: dict[str, str] = field(default_factory=dict)
    _defined: dict[str, dict[str, str]] = field(default_factory=dict)
    _resolved: dict[str, Style] = field(default_factory=dict)

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
        if layout is None:
            return markup.BOTTOM
        height = self._length(layout.get("tts:extent", "").split()[1:2], 1) or Fraction(1)
        top = self._top(layout, height)
        anchor = top + height * _ANCHORS.get(layout.get("tts:displayAlign", "before"), Fraction(0))
        row = 7 if anchor < Fraction(1, 3) else 4 if anchor < Fraction(2, 3) else 1
        return row + _COLUMNS.get(style.get("tts:textAlign", "center"), 1)

    def _style(self, name: str) -> Style:
        if name not in self._defined:
            self.unknown.add(name)
            return {}
        if name not in self._resolved:
            self._resolved[name] = {}  # a style that refers to itself ends here
            self._resolved[name] = self.specified(self._defined[name])
        return self._resolved[name]

    def _top(self, layout: Style, height: Fraction) -> Fraction:
        """The upper edge of a region, as a part of the picture's height."""
        words = layout.get("tts:position", "").split()
        if not words:
            return self._length(layout.get("tts:origin", "").split()[1:2], 1) or Fraction(0)
        named = next((number for number, word in enumerate(words) if word in {"top", "bottom"}), None)
        if named is None:
            upright = [word for word in words if word not in {"left", "right"}] if len(words) > 1 else ["center"]
            return self._offset(upright[-1] if upright else "center", height)
        inset = self._length(words[named + 1 : named + 2], 1) or Fraction(0)
        return inset if words[named] == "top" else 1 - height - inset

    def _offset(self, word: str, height: Fraction) -> Fraction:
        if word in _WORDS or word.endswith("%"):
            part = _WORDS.get(word) or self._length([word], 1) or Fraction(0)
            return part * (1 - height)
        return self._length([word], 1) or Fraction(0)

    def _length(self, words: list[str], axis: int) -> Fraction | None:
        """A length as a part of the picture, of its width (axis 0) or height (axis 1)."""
        word = words[0] if words else ""
        for unit, whole in self._units(axis):
            number = word.removesuffix(unit)
            if number != word and whole and number.replace(".", "", 1).isascii() and _is_number(number):
                return Fraction(number) / whole
        return None

    def _units(self, axis: int) -> Iterator[tuple[str, Fraction]]:
        yield "%", Fraction(100)
        yield ("rw", "rh")[axis], Fraction(100)
        for unit, key, default in (("px", "tts:extent", ""), ("c", "ttp:cellResolution", "32 15")):
            size = (self.root.get(key) or default).replace("px", "").split()[axis : axis + 1]
            yield unit, Fraction(size[0]) if size and _is_number(size[0]) else Fraction(0)


def _is_number(text: str) -> bool:
    whole, _, decimals = text.removeprefix("-").partition(".")
    return len(text) < 20 and whole.isascii() and whole.isdigit() and (not decimals or decimals.isdigit())  # noqa: PLR2004


def load(root: _Element) -> Styles:
    """The styles and regions in a document's head."""
    styles = Styles(root=attributes(root))
    for element in root.iter(*(f"{{{name}}}{kind}" for name in NAMESPACES for kind in ("style", "initial"))):
        given = attributes(element)
        parent = element.getparent()
        if name_of(element) == "initial":
            styles.initial.update(styles.specified(given))
        elif parent is not None and name_of(parent) == "styling" and "xml:id" in given:
            styles._defined[given["xml:id"]] = given  # noqa: SLF001 -- this is its constructor
    for element in root.iter(*(f"{{{name}}}region" for name in NAMESPACES)):
        given = attributes(element)
        layout = styles.specified(given)
        for child in element:
            if name_of(child) == "style":
                layout.update(styles.specified(attributes(child)))
        if "xml:id" in given:
            styles.regions[given["xml:id"]] = layout
    return styles

"""The profiles of IMSC 1.1 (W3C Recommendation, 8 November 2018): features, and what the profiles add to TTML2.

IMSC 1.0.1 documents are judged by IMSC 1.1, of which they are a part.
"""

from collections.abc import Callable, Mapping
from typing import Final

from assets.subtitles.conformance import images, imsc_values, outlines, progressive, regions, times
from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.imsc_values import Fault, clause
from assets.subtitles.conformance.names import is_tt
from assets.subtitles.conformance.values import is_ratio, lengths, words

_TEXT: Final = frozenset(
    words(
        "backgroundColor color direction disparity display displayAlign extent fontFamily fontSize fontStyle fontWeight"
        " lineHeight luminanceGain opacity origin overflow padding position ruby rubyAlign rubyPosition rubyReserve"
        " shear showBackground textAlign textCombine textDecoration textEmphasis textOutline textShadow unicodeBidi"
        " visibility wrapOption writingMode zIndex"
    )
)
_IMAGE: Final = frozenset(
    words(
        "backgroundColor disparity display extent luminanceGain opacity origin overflow showBackground visibility"
        " writingMode zIndex"
    )
)
_PARAMETERS: Final = frozenset(
    words(
        "cellResolution contentProfiles displayAspectRatio frameRate frameRateMultiplier profile tickRate timeBase"
        " version"
    )
)
_ELEMENTS_TEXT: Final = frozenset(words("animate animation resources image audio font data source chunk"))
_ELEMENTS_IMAGE: Final = frozenset(words("animate animation resources audio font data source chunk initial p span br"))
_EXTENSIONS: Final[Mapping[str, frozenset[str]]] = {
    "itts": frozenset({"forcedDisplay", "fillLineGap"}),
    "ittp": frozenset({"aspectRatio", "progressivelyDecodable", "activeArea"}),
    "ittm": frozenset(),
}
_PADDED: Final = frozenset({"style", "initial", "region", "body", "div", "p"})
_MAX_REGIONS: Final = 4
_FEATURES: Final = {"condition": "#condition", "animate": "#animate", "fill": "#set-fill", "repeatCount": "#set-repeat"}
_SECTION: Final = {True: "8.4", False: "9.4"}


def judge(source: Source, findings: Findings, *, text: bool = True) -> None:
    """Note every way in which a TTML document does not keep to the text (or image) profile."""
    _Profile(source, findings, text=text).judge()


class _Profile:
    """A document held against one of the two profiles."""

    def __init__(self, source: Source, findings: Findings, *, text: bool) -> None:
        self.source = source
        self.add = findings.add
        self.findings = findings
        self.text = text
        self.styles = _TEXT if text else _IMAGE
        self.banned = _ELEMENTS_TEXT if text else _ELEMENTS_IMAGE
        self.placed = ""
        self.attributes: Mapping[str, Callable[[Node, str, str], None]] = {
            "tts": self.style,
            "ttp": self.parameter,
            "itts": self.extension,
            "ittp": self.extension,
            "ittm": self.extension,
            "ebutts": self.padding,
            "smpte": self.image,
            "tta": self.audio,
        }

    def judge(self) -> None:
        self.document()
        for node in self.source.root.walk():
            self.element(node)
            for name, value in node.attributes.items():
                prefix, colon, _ = name.partition(":")
                if not colon:
                    self.plain(node, name, value)
                elif prefix in self.attributes:
                    self.attributes[prefix](node, name, value)
        (outlines if self.text else images).judge(self.source, self.findings)
        self.regions()

    def document(self) -> None:
        """What is asked of the document as a whole."""
        root = self.source.root
        if self.source.encoding not in {"utf-8", "ascii", ""}:
            self.add(root, "", f"the file is in {self.source.encoding}", "UTF-8", "IMSC 1.1 7.1")
        if root.attributes.keys() >= {"ittp:aspectRatio", "ttp:displayAspectRatio"}:
            self.add(root, "ittp:aspectRatio", "two aspect ratios", "one of the two", clause("7.12", "#aspectRatio"))
        nodes = list(root.everything())
        named = any(node.name == "ttm:item" and node.attributes.get("name") == "altText" for node in nodes)
        for node in nodes:
            if self.text and node.name == "smpte:image":
                self.add(node, "", "an image in a text document", "text", clause("6", "SMPTE #image"))
            if node.name != "ittm:altText":
                continue
            if node.parent is None or node.parent.name != "metadata":
                self.add(node, "", "ittm:altText outside of metadata", "in metadata", "IMSC 1.1 7.8.4")
            elif named:
                allowed = "one of ittm:altText and the item altText"
                self.add(node, "", "the item altText stands in the document too", allowed, clause("7.12", "#altText"))
        if root.attributes.get("ittp:progressivelyDecodable") == "true":
            progressive.judge(self.source, self.findings)

    def element(self, node: Node) -> None:
        if node.name in self.banned:
            self.add(
                node, "", f"{node.name} is not of the profile", "the elements of clause 6", clause("6", "#" + node.name)
            )
        elif node.name == "region" and node.parent is not None and node.parent.name in {"div", "p"}:
            self.add(node, "", "a region in the content", "regions in layout", clause("6", "#region-inline"))
        elif node.name == "set":
            given = [name for name in node.attributes if name.startswith("tts:")]
            if len(given) > 1:
                what = f"set changes {' and '.join(given)}"
                self.add(node, given[1], what, "one style attribute", clause("6", "#set-multiple-styles"))
        elif node.name == "div" and not self.text and node.parent is not None and node.parent.name == "div":
            self.add(node, "", "a div in a div", "div in body alone", clause("6", "#nested-div"))

    def plain(self, node: Node, name: str, value: str) -> None:
        if name in _FEATURES:
            self.add(node, name, f"{name} is not of the profile", "clause 6 without it", clause("6", _FEATURES[name]))
        elif name in {"begin", "end", "dur"}:
            given = self.source.root.attributes
            for unit, needed in (("frames", "ttp:frameRate"), ("ticks", "ttp:tickRate")):
                if unit in times.units(value) and needed not in given:
                    feature = "#" + needed.partition(":")[2]
                    self.add(node, name, f"{unit}, but tt has no {needed}", f"{needed} on tt", clause("7.12", feature))

    def style(self, node: Node, name: str, value: str) -> None:
        local = name.partition(":")[2]
        if local not in self.styles:
            self.add(node, name, f"{name} is not of the profile", "the features of clause 6", clause("6", "#" + local))
            return
        pixels = regions.root_pixels(self.source) is not None or node.name == "tt"
        fault = imsc_values.fault(node.name, local, value, text=self.text, pixels=pixels)
        if fault:
            self.add(node, name, fault.what, fault.allowed, fault.clause)
        elif local in {"origin", "position"} and self.text:
            self.either(node, name)

    def either(self, node: Node, name: str) -> None:
        """Origins or positions: a document has one kind of the two."""
        if self.placed and self.placed != name:
            what = f"{name}, though the document has {self.placed} too"
            self.add(node, name, what, "one of the two in a document", clause("8.4", "#" + name.partition(":")[2]))
        self.placed = self.placed or name

    def parameter(self, node: Node, name: str, value: str) -> None:
        local = name.partition(":")[2]
        if local not in _PARAMETERS:
            self.add(node, name, f"{name} is not of the profile", "the features of clause 6", clause("6", "#" + local))
        elif name == "ttp:timeBase" and value.strip() in {"smpte", "clock"}:
            self.add(node, name, f"the time base {value}", "media", clause("6", f"#timeBase-{value.strip()}"))

    def extension(self, node: Node, name: str, value: str) -> None:
        prefix, _, local = name.partition(":")
        if local not in _EXTENSIONS[prefix]:
            self.add(node, name, f"there is no attribute {name}", "those of IMSC 1.1 7.8", "IMSC 1.1 7.3")
            return
        fault = _extension_fault(local, value)
        if fault:
            self.add(node, name, fault.what, fault.allowed, fault.clause)
        elif not self.text and local == "fillLineGap":
            self.add(node, name, f"{name} is not of the profile", "clause 6 without it", clause("6", "#fillLineGap"))

    def padding(self, node: Node, name: str, value: str) -> None:
        local = name.partition(":")[2]
        section = clause(_SECTION[self.text], name)
        if local not in {"linePadding", "multiRowAlign"}:
            return
        if node.name not in _PADDED:
            self.add(node, name, f"{name} on {node.name}", f"on {', '.join(sorted(_PADDED))}", section)
        elif local == "multiRowAlign" and value.strip() not in {"start", "center", "end", "auto"}:
            self.add(node, name, f"{name}='{value}'", "start, center, end or auto", section)
        elif local == "linePadding":
            found = lengths(value)
            if len(found) != 1 or found[0].unit != "c" or found[0].number < 0:
                self.add(node, name, f"{name}='{value}'", "one length in c, not negative", section)

    def image(self, node: Node, name: str, _value: str) -> None:
        if not name.startswith("smpte:backgroundImage"):
            return
        if self.text:
            self.add(node, name, "an image in a text document", "text", clause("6", "SMPTE #image"))
        elif name == "smpte:backgroundImage" and node.name != "div":
            self.add(node, name, f"{name} on {node.name}", "on div", clause("9.4", "SMPTE #image"))

    def audio(self, node: Node, name: str, _value: str) -> None:
        feature = "#" + name.partition(":")[2]
        self.add(node, name, f"{name} is not of the profile", "clause 6 without it", clause("6", feature))

    def regions(self) -> None:
        """Where the regions lie, and which of them are shown at once."""
        initial = self.source.initial()
        for node in self.source.regions():
            if "tts:extent" not in initial | self.source.specified(node):
                allowed = "tts:extent with two lengths"
                section = clause(_SECTION[self.text], "#extent-region")
                self.add(node, "tts:extent", "the region has no tts:extent", allowed, section)
        boxes = regions.judge_place(self.source, self.findings, "IMSC 1.1 7.12.1.2")
        times_shown = regions.presented(self.source)
        regions.judge_overlap(self.source, self.findings, times_shown, boxes, "IMSC 1.1 7.12.1.2")
        regions.judge_number(self.source, self.findings, times_shown, _MAX_REGIONS, "IMSC 1.1 7.12.1.3")


def _extension_fault(local: str, value: str) -> Fault | None:
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


def claims(root: Node) -> set[str]:
    """The profiles that a document says it keeps to, in EBU-TT metadata: texts of ebuttm:conformsToStandard."""
    return {
        word
        for node in root.everything()
        if node.name == "ebuttm:conformsToStandard" and not is_tt(node.name)
        for word in words(node.text)
    }

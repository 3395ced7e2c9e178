"""The profiles of IMSC 1.1 (W3C Recommendation, 8 November 2018): features, and what the profiles add to TTML2.

IMSC 1.0.1 documents are judged by IMSC 1.1, of which they are a part.
"""

from collections.abc import Callable, Mapping
from typing import Final

from assets.subtitles.conformance import images, imsc_values, imsc_vocabulary, outlines, progressive, regions, times
from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import STYLE_PREFIXES, Findings, Source
from assets.subtitles.conformance.imsc_values import clause
from assets.subtitles.conformance.names import is_tt
from assets.subtitles.conformance.values import words

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
    words("cellResolution contentProfiles displayAspectRatio frameRate frameRateMultiplier profile tickRate timeBase")
)
_ELEMENTS_TEXT: Final = frozenset(words("animate animation resources image audio font data source chunk"))
_ELEMENTS_IMAGE: Final = frozenset(words("animate animation resources audio font data source chunk initial p span br"))
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
        imsc_vocabulary.judge(self.source, self.findings, text=self.text)
        (outlines if self.text else images).judge(self.source, self.findings)
        self.regions()

    def document(self) -> None:
        """What is asked of the document as a whole."""
        root = self.source.root
        if self.source.encoding not in {"utf-8", "ascii", ""}:
            self.add(root, "", f"the file is in {self.source.encoding}", "UTF-8", "IMSC 1.1 7.1")
        elif self.source.xml != "1.0":
            self.add(root, "", f"the document is in XML {self.source.xml}", "XML 1.0", "IMSC 1.1 7.1")
        if root.attributes.keys() >= {"ittp:aspectRatio", "ttp:displayAspectRatio"}:
            self.add(root, "ittp:aspectRatio", "two aspect ratios", "one of the two", clause("7.12", "#aspectRatio"))
        for node in root.everything():
            if node.name == "smpte:image":
                place = clause("6" if self.text else "9.4", "SMPTE #image")
                self.add(node, "", "an image within the document", "no smpte:image", place)
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
            given = [name for name in node.attributes if name.startswith(STYLE_PREFIXES)]
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

    def image(self, node: Node, name: str, _value: str) -> None:
        if not name.startswith("smpte:backgroundImage"):
            return
        if self.text:
            self.add(node, name, "an image in a text document", "text", clause("6", "SMPTE #image"))
        elif name != "smpte:backgroundImage":
            self.add(
                node, name, f"{name} is not of the profile", "smpte:backgroundImage", clause("9.4", "SMPTE #image")
            )
        elif node.name != "div":
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


def claims(root: Node) -> set[str]:
    """The profiles that a document says it keeps to, in EBU-TT metadata: texts of ebuttm:conformsToStandard."""
    return {
        word
        for node in root.everything()
        if node.name == "ebuttm:conformsToStandard" and not is_tt(node.name)
        for word in words(node.text)
    }

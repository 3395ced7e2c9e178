"""How thick an outline is beside the text it surrounds (IMSC 1.1 8.4, #textOutline-unblurred)."""

from fractions import Fraction
from typing import Final

from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.imsc_values import clause
from assets.subtitles.conformance.regions import root_pixels
from assets.subtitles.conformance.values import Length, every_length, is_ratio, length, words

_THICKEST: Final = Fraction(1, 10)
_DEFAULT_ROWS: Final = 15
_OUTLINED: Final = frozenset({"initial", "region", "body", "div", "p", "span", "set"})
"""Where an outline reaches text, by inheritance too; that of a style element counts where it is referred to."""


def judge(source: Source, findings: Findings) -> None:
    """Note each outline that is thicker than a tenth of the font size where it stands."""
    sizes = _Sizes(source)
    if not any("tts:textOutline" in node.attributes for node in source.root.walk()):
        return
    for node in source.root.walk():
        value = source.specified(node).get("tts:textOutline") if node.name in _OUTLINED else None
        thickness = next(iter(every_length(value or "")), None)
        if value is None or thickness is None:
            continue
        part = sizes.relative(thickness, sizes.beside(node))
        if part is not None and part > _THICKEST:
            place = "tts:textOutline" if "tts:textOutline" in node.attributes else "style"
            section = clause("8.4", "#textOutline-unblurred")
            findings.add(node, place, f"an outline of '{value}'", "at most 10 % of the font size", section)


class _Sizes:
    """Font sizes in per cent of the height of the root container, where that can be told."""

    def __init__(self, source: Source) -> None:
        self.source = source
        pixels = root_pixels(source)
        self.height = pixels[1] if pixels else None
        cells = source.root.attributes.get("ttp:cellResolution", "")
        rows = int(words(cells)[1][:18]) if is_ratio(cells) else _DEFAULT_ROWS
        self.initial = Fraction(100, rows)
        self.regions = {node.attributes.get("xml:id", ""): node for node in source.regions()}
        self.known: dict[int, Fraction | None] = {}

    def of(self, node: Node) -> Fraction | None:
        """The font size of an element."""
        if node.order not in self.known:
            self.known[node.order] = self._resolve(node)
        return self.known[node.order]

    def beside(self, node: Node) -> Fraction | None:
        """The font size of the text that an outline on an element surrounds; None if it can be any."""
        if node.name == "initial":
            return None
        return self.of(node.parent if node.name == "set" and node.parent else node)

    def _resolve(self, node: Node) -> Fraction | None:
        outer: Fraction | None = self.initial
        if node.name != "region":
            region = self.regions.get(self._region(node))
            inner = node.parent is not None and node.parent.name in {"body", "div", "p", "span"}
            outer = self.of(node.parent) if inner and node.parent else self.of(region) if region else self.initial
        own = self.source.specified(node).get("tts:fontSize")
        size = length(own.strip()) if own else None
        if own is None:
            return outer
        return None if size is None or outer is None else self._absolute(size, outer)

    def _region(self, node: Node) -> str:
        return next(
            (item.attributes["region"] for item in (node, *node.ancestors()) if "region" in item.attributes), ""
        )

    def _absolute(self, size: Length, outer: Fraction) -> Fraction | None:
        part = self.relative(size, outer)
        return None if part is None else part * outer

    def relative(self, size: Length, outer: Fraction | None) -> Fraction | None:
        """A length as a part of a font size."""
        if size.unit in {"%", "em"}:
            return size.number / (100 if size.unit == "%" else 1)
        heights = {"rh": Fraction(1), "c": self.initial, "px": Fraction(100) / self.height if self.height else None}
        height = heights.get(size.unit)
        return size.number * height / outer if height is not None and outer else None

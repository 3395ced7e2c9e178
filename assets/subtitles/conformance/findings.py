"""What the parts of a judgement share: the document, and the list that violations are put on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.times import Clock
from assets.subtitles.conformance.values import words
from assets.subtitles.conformance.violation import Violation

STYLE_PREFIXES: Final = ("tts:", "itts:", "ebutts:")
_MAX_CHAIN: Final = 100
"""How long a chain of styles is followed."""


@dataclass(slots=True)
class Findings:
    """The violations of one profile, in the order in which they were found."""

    profile: str
    found: list[Violation] = field(default_factory=list)

    def add(self, node: Node, attribute: str, what: str, allowed: str, clause: str, *, advice: bool = False) -> None:
        """Note a violation of an element, or of one of its attributes if that is not empty."""
        path = node.path(attribute)
        self.found.append(Violation(node.line, path, what, allowed, clause, self.profile, advice))


@dataclass(slots=True)
class Source:
    """A document to be judged. `version` is that of the TTML it is written in, 1 or 2; `xml` that of its XML."""

    root: Node
    version: int
    clock: Clock
    encoding: str = "utf-8"
    xml: str = "1.0"
    ids: dict[str, Node] = field(default_factory=dict)
    chains: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def regions(self) -> list[Node]:
        """The regions of its layout."""
        head = self.root.child("head")
        layout = head.child("layout") if head else None
        return [node for node in layout.children if node.name == "region"] if layout else []

    def specified(self, node: Node) -> dict[str, str]:
        """The styles that an element is given: by reference, by style elements in it (of a region), by itself."""
        result: dict[str, str] = {}
        for reference in words(node.attributes.get("style", "")):
            result |= self._chain(reference, 0)
        if node.name == "region":
            for child in node.children:
                if child.name == "style":
                    result |= self.specified(child)
        return result | inline(node)

    def initial(self) -> dict[str, str]:
        """The initial values that the document sets by initial elements."""
        result: dict[str, str] = {}
        for node in self.root.walk():
            if node.name == "initial":
                result |= inline(node)
        return result

    def _chain(self, reference: str, depth: int) -> Mapping[str, str]:
        """The styles of a style element and of those it refers to; a loop adds nothing, nor does an endless chain."""
        if reference in self.chains:
            return self.chains[reference]
        node = self.ids.get(reference)
        if node is None or node.name != "style" or depth > _MAX_CHAIN:
            return {}
        self.chains[reference] = {}
        result: dict[str, str] = {}
        for further in words(node.attributes.get("style", "")):
            result |= self._chain(further, depth + 1)
        self.chains[reference] = result | inline(node)
        return self.chains[reference]


def inline(node: Node) -> dict[str, str]:
    """The style attributes that stand on an element itself."""
    return {key: value for key, value in node.attributes.items() if key.startswith(STYLE_PREFIXES)}

"""How spans with tts:ruby stand in one another (TTML2 10.2.35)."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.styles import clause

_CONTAINERS: Final = ("container", "baseContainer", "textContainer")
_PARENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "baseContainer": ("container",),
    "textContainer": ("container",),
    "base": ("container", "baseContainer"),
    "text": ("container", "textContainer"),
    "delimiter": ("container", "textContainer"),
}
_FIRST: Final[Mapping[str, tuple[str, ...]]] = {
    "container": ("baseContainer", "base"),
    "baseContainer": ("base",),
    "textContainer": ("text", "delimiter"),
}
_BEFORE: Final[Mapping[str, tuple[str, ...]]] = {
    "baseContainer": ("",),
    "textContainer": ("baseContainer", "textContainer"),
    "base": ("", "base"),
    "text": ("", "base", "text", "delimiter"),
    "delimiter": ("", "base", "text"),
}
"""What may stand before an element of a kind; an empty word: nothing."""

_LETTERS: Final[Mapping[str, str]] = {
    "base": "b",
    "text": "t",
    "delimiter": "d",
    "baseContainer": "B",
    "textContainer": "T",
    "container": "C",
}
_MODELS: Final[Mapping[str, str]] = {"container": "bt|bdtd|BTT?", "baseContainer": "b+", "textContainer": "t+|dt+d"}
"""What stands in a container, as letters of _LETTERS."""

_SEPARATORS: Final = ("\u2028", "\u2029")


def judge(source: Source, findings: Findings) -> None:
    """Note every span whose tts:ruby does not fit its parent, its neighbours or its content."""
    if not any("tts:ruby" in node.attributes for node in source.root.walk()):
        return
    spans = [node for node in source.root.walk() if node.name == "span"]
    given = {node.order: source.specified(node).get("tts:ruby", "none") for node in spans}
    kinds = {order: kind for order, kind in given.items() if kind in {"container", *_PARENTS}}
    for node in spans:
        if node.order in kinds:
            for what, allowed in _faults(node, kinds[node.order], kinds):
                findings.add(node, "tts:ruby", what, allowed, clause("tts:ruby", 2))


def _elements(node: Node | None) -> list[Node]:
    return [child for child in node.children if child.name in {"span", "br"}] if node else []


def _faults(node: Node, kind: str, kinds: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    parent = kinds.get(node.parent.order, "none") if node.parent else "none"
    if kind == "container":
        if any(item.order in kinds for item in node.ancestors()):
            yield "a ruby container in another", "one level"
    elif parent not in _PARENTS[kind]:
        yield f"ruby {kind} in {'no ruby' if parent == 'none' else f'ruby {parent}'}", " or ".join(_PARENTS[kind])
    else:
        yield from _neighbours(node, kind, parent, kinds)
    yield from _inside(node, kind, kinds)


def _neighbours(node: Node, kind: str, parent: str, kinds: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    siblings = _elements(node.parent)
    place = siblings.index(node)
    before = kinds.get(siblings[place - 1].order, "none") if place else ""
    alike = sum(kinds.get(item.order) == kind for item in siblings)
    if before not in _BEFORE[kind]:
        wanted = " or ".join(word or "nothing" for word in _BEFORE[kind])
        yield f"ruby {kind} after {before or 'nothing'}", wanted
    elif kind == "textContainer" and alike > 2:  # noqa: PLR2004
        yield "more than two text containers", "one on each side"
    elif kind == "delimiter" and alike != 2:  # noqa: PLR2004
        yield f"{alike} delimiters", "two: one before the text, one after it"
    elif parent == "container" and kind in {"base", "text"} and alike > 1:
        yield f"{alike} of ruby {kind} in one container", "one, or several in a baseContainer and a textContainer"


def _inside(node: Node, kind: str, kinds: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    if kind not in _CONTAINERS:
        below = [item for item in node.walk() if item is not node]
        if any(item.order in kinds for item in below):
            yield f"ruby within ruby {kind}", "plain text"
        elif any(item.name == "br" for item in below):
            yield f"a line break in ruby {kind}", "text without breaks"
        elif any(mark in item.text for item in node.walk() for mark in _SEPARATORS):
            yield f"U+2028 or U+2029 in ruby {kind}", "text without breaks"
        return
    inner = _elements(node)
    if node.text.strip(" \t\r\n"):
        yield f"text directly in ruby {kind}", "spans with tts:ruby"
    elif any(item.order not in kinds for item in inner):
        yield f"an element without tts:ruby in ruby {kind}", "spans with tts:ruby"
    elif not inner or kinds[inner[0].order] not in _FIRST[kind]:
        yield f"ruby {kind} does not begin with {' or '.join(_FIRST[kind])}", " or ".join(_FIRST[kind])
    elif all(next(_faults(item, kinds[item.order], kinds), None) is None for item in inner):
        written = "".join(_LETTERS[kinds[item.order]] for item in inner)
        if re.fullmatch(_MODELS[kind], written) is None:
            yield f"ruby {kind} with {', '.join(kinds[item.order] for item in inner)}", "a base, and its text"

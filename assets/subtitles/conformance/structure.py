"""Whether a document keeps to TTML itself: elements where they belong, attributes and values as defined.

Elements and attributes of other namespaces are set aside first, as TTML has it (TTML1 4, TTML2 4).
"""

from collections.abc import Iterator

from assets.subtitles.conformance import grammar, parameters, styles, times
from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.grammar import ELEMENTS, Element
from assets.subtitles.conformance.names import is_tt
from assets.subtitles.conformance.values import Syntax, is_language, is_ncname, lengths

_XML = {"xml:id": 1, "xml:lang": 2, "xml:space": 3, "xml:base": 0}
_TIMES = {"begin": 1, "end": 2, "dur": 3, "timeContainer": 4}


def version_of(root: Node) -> int:
    """The version of TTML that a document is written in: 2 if it says so or uses anything that came with it."""
    given = root.attributes
    if given.get("ttp:version", "1").strip() not in {"1", ""}:
        return 2
    return 2 if any(_is_later(node) for node in root.walk()) else 1


def _is_later(node: Node) -> bool:
    element = ELEMENTS.get(node.name)
    if element is None or node.attributes.keys() & grammar.LATER_ATTRIBUTES - (element.attributes & {"type"}):
        return element is not None
    if not element.clauses[0] or (node.name == "region" and node.parent and node.parent.name in {"div", "p"}):
        return True
    return any(styles.is_later(name, value) or _is_later_parameter(name) for name, value in node.attributes.items())


def _is_later_parameter(name: str) -> bool:
    return name in parameters.PARAMETERS and parameters.PARAMETERS[name].since > 1


def judge(source: Source, findings: Findings) -> None:
    """Note every way in which the document is no TTML."""
    _Walk(source, findings).all()


class _Walk:
    """The walk over a document."""

    def __init__(self, source: Source, findings: Findings) -> None:
        self.source = source
        self.add = findings.add
        self.version = source.version

    def all(self) -> None:
        stack = [self.source.root]
        while stack:
            node = stack.pop()
            element = ELEMENTS[node.name]
            self.attributes(node, element)
            self.text(node, element)
            stack.extend(reversed([child for child in self.content(node, element) if child.name in ELEMENTS]))

    def clause(self, element: Element) -> str:
        return element.clauses[self.version - 1] or element.clauses[1]

    def numbered(self, first: str, second: str) -> str:
        """`first` of TTML1, `second` of TTML2."""
        return f"TTML1 {first}" if self.version == 1 else f"TTML2 {second}"

    def content(self, node: Node, element: Element) -> Iterator[Node]:
        """The elements in an element, each held against its place in the order."""
        place, count = 0, 0
        clause = self.clause(element)
        wanted = ", ".join(dict.fromkeys(name for part in element.content for name in sorted(part.names))) or "nothing"
        for child in node.children:
            if not is_tt(child.name):
                continue
            yield child
            places = [number for number, part in enumerate(element.content) if child.name in part.names]
            if child.name not in ELEMENTS:
                self.add(child, "", f"there is no element {child.name}", f"in {node.name}: {wanted}", clause)
            elif not places:
                self.add(child, "", f"{child.name} does not stand in {node.name}", wanted, clause)
            elif places[-1] < place or (child.late and places[-1] < len(element.content) - 1):
                self.add(child, "", f"{child.name} stands too late in {node.name}", f"in this order: {wanted}", clause)
            else:
                here = next(number for number in places if number >= place)
                count = count + 1 if here == place else 1
                place = here
                if count > element.content[here].most:
                    self.add(child, "", f"more than one {child.name} in {node.name}", "one", clause)

    def text(self, node: Node, element: Element) -> None:
        if not element.text and node.text.strip(" \t\r\n"):
            shown = " ".join(node.text.split())[:40]
            self.add(node, "", f"text in {node.name}: {shown}", "text in p, span and metadata", self.clause(element))
        elif node.name in {"ttp:feature", "ttp:extension"} and not node.text.strip():
            self.add(node, "", f"{node.name} is empty", "a designation", self.clause(element))
        elif node.name == "ttm:item" and node.text.strip() and any(child.name == "ttm:item" for child in node.children):
            self.add(node, "", "ttm:item has text and items", "text alone or items alone", self.clause(element))

    def attributes(self, node: Node, element: Element) -> None:
        above = node.parent.name if node.parent else ""
        shared = self.version > 1 and (above, node.name) in grammar.SHARED
        for name in (*element.required, *(("xml:id",) if shared else ())):
            if name not in node.attributes:
                self.add(node, name, f"{node.name} has no {name}", f"{name} is required", self.clause(element))
        for name, value in node.attributes.items():
            prefix, colon, _ = name.partition(":")
            if name.startswith("{") or (colon and prefix not in {"tts", "ttp", "ttm", "xml"}):
                continue
            if prefix == "xml" and colon:
                self.xml(node, name, value)
            elif not colon:
                self.plain(node, element, name, value)
            else:
                self.prefixed(node, element, prefix, name, value)
        if node.name == "set" and self.version == 1:
            self.single(node, element)

    def single(self, node: Node, element: Element) -> None:
        given = [name for name in node.attributes if name.startswith("tts:")]
        if len(given) > 1:
            self.add(node, given[1], f"set changes {' and '.join(given)}", "one style attribute", self.clause(element))

    def xml(self, node: Node, name: str, value: str) -> None:
        place = _XML.get(name)
        clause = self.numbered(f"7.2.{place}" if place else "7.2", "8.2")
        if place is None:
            self.add(node, name, f"there is no attribute {name}", ", ".join(sorted(_XML)), clause)
        elif name == "xml:id" and not is_ncname(value):
            self.add(node, name, f"'{value}' is no id", "a letter or _, then letters, digits, . - _", clause)
        elif name == "xml:lang" and value and not is_language(value):
            self.add(node, name, f"'{value}' is no language tag", "a tag of BCP 47 such as pt-BR, or nothing", clause)
        elif name == "xml:space":
            self.value(node, name, value, parameters.WORDS["", name], clause)

    def plain(self, node: Node, element: Element, name: str, value: str) -> None:
        """An attribute in no namespace."""
        if name not in element.attributes:
            known = ", ".join(sorted(element.attributes)) or "none without a prefix"
            hint = "xml:id" if name == "id" else "xml:lang" if name == "lang" else known
            self.add(node, name, f"{node.name} has no attribute {name}", hint, self.clause(element))
            return
        syntax = parameters.WORDS.get((node.name, name)) or parameters.WORDS.get(("", name))
        if name in {"begin", "end", "dur"}:
            self.time(node, name, value)
        elif syntax is not None:
            place = _TIMES.get(name)
            clause = self.numbered(f"10.2.{place}", "12.2") if place else self.clause(element)
            self.value(node, name, value, syntax, clause)

    def time(self, node: Node, name: str, value: str) -> None:
        fault = times.fault(value, self.source.clock)
        if fault:
            self.add(node, name, fault[0], fault[1], self.numbered("10.3.1", "12.3"))
            return
        given = self.source.root.attributes
        smpte = given.get("ttp:timeBase") == "smpte" and given.get("ttp:markerMode") != "continuous"
        if name == "dur" and smpte:
            what = "a duration, though SMPTE times are markers that nothing can be added to"
            self.add(node, name, what, 'end, or ttp:markerMode="continuous"', self.numbered("6.2.6", "7.2"))

    def prefixed(self, node: Node, element: Element, prefix: str, name: str, value: str) -> None:
        """An attribute of one of TTML's own namespaces."""
        known: dict[str, dict[str, Syntax]] = {
            "tts": dict(styles.STYLES),
            "ttp": dict(parameters.PARAMETERS),
            "ttm": dict(parameters.METADATA),
        }
        syntax = known[prefix].get(name)
        if syntax is None:
            section = {"tts": ("8.2", "10.2"), "ttp": ("6.2", "7.2"), "ttm": ("12.2", "14.2")}[prefix]
            self.add(node, name, f"there is no attribute {name}", "those of this clause", self.numbered(*section))
        elif prefix not in element.open and not (node.name == "tt" and name == "tts:extent"):
            where = "tt" if prefix == "ttp" else "style, region, content and animation elements"
            self.add(node, name, f"{name} on {node.name}", f"{name} on {where}", self.clause(element))
        elif prefix == "tts":
            self.style(node, name, value)
        else:
            clause = parameters.clause(name, self.version) if prefix == "ttp" else self.numbered("12.2", "14.2")
            self.value(node, name, value, syntax, clause)

    def style(self, node: Node, name: str, value: str) -> None:
        clause = styles.clause(name, self.version)
        values = value.split(";") if node.name == "animate" else [value]
        if not all(styles.is_style_value(name, item, self.version) for item in values):
            self.add(node, name, f"{name}='{value}'", styles.STYLES[name].allowed, clause)
        elif node.name == "tt" and self.version == 1 and {item.unit for item in lengths(value)} != {"px"}:
            self.add(node, name, f"the extent of the root is '{value}'", "two lengths in px", clause)

    def value(self, node: Node, name: str, value: str, syntax: Syntax, clause: str) -> None:
        if not syntax.test(value.strip(" \t\r\n")):
            self.add(node, name, f"{name}='{value}'", syntax.allowed, clause)

"""An XML document as a tree with the line on which each element begins."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from assets.subtitles.conformance import names

MAX_DEPTH = 150


class MalformedError(ValueError):
    """The text is no XML document that is read; `line` says where it stops being one."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(slots=True, eq=False)
class Node:
    """An element. Names have their customary prefixes (`p`, `tts:color`, `xml:id`), whatever those of the document.

    `text` is the text that stands directly in it, all pieces together. `order` counts the elements of the document.
    `late` is set if text other than white space stands before it in its parent.
    """

    name: str
    line: int
    order: int
    attributes: dict[str, str]
    parent: "Node | None"
    children: list["Node"] = field(default_factory=list)
    text: str = ""
    late: bool = False
    step: str = ""

    def walk(self) -> Iterator["Node"]:
        """This element and those below it, in document order; foreign elements and what is in them left out."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if names.is_tt(child.name))

    def everything(self) -> Iterator["Node"]:
        """This element and all below it, foreign ones too, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def child(self, name: str) -> "Node | None":
        """The first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def ancestors(self) -> Iterator["Node"]:
        """The elements it stands in, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def path(self, attribute: str = "") -> str:
        """Where it stands, as `/tt/body/div/p[2]@begin`; a number only where there are several of the name."""
        nodes = [self, *self.ancestors()]
        for node in nodes:
            if not node.step:
                _number(node.parent.children if node.parent else [node])
        return "/" + "/".join(node.step for node in reversed(nodes)) + (f"@{attribute}" if attribute else "")


def _number(siblings: list[Node]) -> None:
    """Give each of an element's children its step of a path: at once, since a file may have a hundred thousand."""
    totals = Counter(node.name for node in siblings)
    counts: Counter[str] = Counter()
    for node in siblings:
        counts[node.name] += 1
        step = node.name.rpartition("}")[2]
        node.step = f"{step}[{counts[node.name]}]" if totals[node.name] > 1 else step


@dataclass(slots=True)
class _Builder:
    """What expat has told so far."""

    parser: expat.XMLParserType
    root: Node | None = None
    open: list[Node] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    spoken: list[bool] = field(default_factory=list)
    count: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if len(self.open) >= MAX_DEPTH:
            raise MalformedError(line, f"elements nested more than {MAX_DEPTH} deep")
        given = {names.customary(key): value for key, value in attributes.items()}
        parent = self.open[-1] if self.open else None
        node = Node(names.element_name(name), line, self.count, given, parent)
        self.count += 1
        if parent is None:
            self.root = node
        else:
            node.late = self.spoken[-1]
            parent.children.append(node)
        self.open.append(node)
        self.texts.append([])
        self.spoken.append(False)

    def end(self, _name: str) -> None:
        node, pieces = self.open.pop(), self.texts.pop()
        self.spoken.pop()
        node.text = "".join(pieces)

    def data(self, text: str) -> None:
        self.texts[-1].append(text)
        self.spoken[-1] = self.spoken[-1] or not text.isspace()

    def doctype(self, *_: object) -> None:
        raise MalformedError(self.parser.CurrentLineNumber, "a document type declaration, which is not read")


def parse(text: str) -> Node:
    """The root element of a text. Raises MalformedError; entities are never declared and nothing is fetched."""
    parser = expat.ParserCreate("utf-8", "}")
    parser.buffer_text = True
    builder = _Builder(parser)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = builder.doctype
    blank = text[: len(text) - len(text.lstrip())].count("\n")
    try:
        parser.Parse(text.lstrip().encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise MalformedError(error.lineno + blank, expat.errors.messages[error.code]) from None
    if builder.root is None:
        raise MalformedError(1, "no element found")
    if blank:
        for node in builder.root.everything():
            node.line += blank
    return builder.root

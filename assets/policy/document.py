"""A MediaConch policy as it stands in its XML file: rules, in groups of which all or any must hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assets.errors import Fault, InputError
from assets.xml_parser import hardened

if TYPE_CHECKING:
    from lxml import etree

MAX_BYTES = 4_000_000
MAX_DEPTH = 32
MAX_RULES = 2_000

EXISTS, ABSENT = "must exist", "must not exist"
ORDER = ("<", "<=", ">", ">=")
OPERATORS = ("=", "!=", *ORDER, EXISTS, ABSENT, "starts with", "must not start with")
_OLDER = {"exists": EXISTS, "does not exist": ABSENT}
_TRACKS = ("General", "Video", "Audio", "Text", "Other", "Image", "Menu")
_KNOWN = {"name", "value", "tracktype", "occurrence", "operator", "scope"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `field` of the streams of the kind `track` compared with `value` by `operator`.

    `strange` says why this rule cannot be understood here; it is empty if it can.
    """

    line: int
    name: str
    track: str
    field: str
    occurrence: str
    operator: str
    value: str
    strange: str = ""

    @property
    def place(self) -> str:
        """`Video/Format`: what is compared."""
        return f"{self.track}/{self.field}" if self.track else self.field

    def __str__(self) -> str:
        return " ".join(part for part in (self.place, self.operator, self.value) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """A policy inside of a policy: `kind` is `and` or `or`."""

    line: int
    name: str
    kind: str
    items: tuple[Rule | Group, ...]


Term = Rule | Group


def rules_of(term: Term) -> Iterator[Rule]:
    """The rules of a term, in the order of the file."""
    if isinstance(term, Rule):
        yield term
    else:
        for item in term.items:
            yield from rules_of(item)


def read(path: Path) -> Group:
    """The policy in a file. Raises InputError: `path: line N: what is wrong; what is allowed`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(Fault(str(path), "", f"cannot be read: {error.strerror}")) from error
    if len(data) > MAX_BYTES:
        raise InputError(Fault(str(path), "", "too large for a policy", f"at most {MAX_BYTES} bytes"))
    return _Reader(str(path)).read(data)


def _line(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 1


class _Reader:
    """Reads one file; `shown` is its name in errors."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._rules = 0

    def read(self, data: bytes) -> Group:
        from lxml import etree

        try:
            root = etree.fromstring(data, hardened())
        except etree.XMLSyntaxError as error:
            raise self._error(error.lineno or 1, f"not well-formed XML: {error.msg}", "a MediaConch policy") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._error(1, "a document type declaration", "a policy has none, and entities are not read")
        if root.tag != "policy":
            raise self._error(_line(root), f"the root element is <{root.tag}>", "<policy>")
        return self._group(root, 1)

    def _group(self, element: etree._Element, depth: int) -> Group:
        line = _line(element)
        kind = element.get("type", "and")
        if kind not in {"and", "or"}:
            raise self._error(line, f"a policy of the type {kind[:40]!r}", "and, or")
        if depth > MAX_DEPTH:
            raise self._error(line, "policies too deep in one another", f"at most {MAX_DEPTH}")
        items = tuple(self._item(child, depth) for child in element if child.tag != "description")
        if not items:
            raise self._error(line, "a policy without rules", "at least one <rule> or <policy> in it")
        return Group(line, " ".join(element.get("name", "").split()), kind, items)

    def _item(self, element: etree._Element, depth: int) -> Term:
        if element.tag == "policy":
            return self._group(element, depth + 1)
        line = _line(element)
        if element.tag != "rule":
            raise self._error(line, f"an element {str(element.tag)[:60]!r}", "policy, rule, description")
        self._rules += 1
        if self._rules > MAX_RULES:
            raise self._error(line, "too many rules", f"at most {MAX_RULES}")
        return self._rule(element, line)

    def _rule(self, element: etree._Element, line: int) -> Rule:
        field, track, operator = (element.get(key, "").strip() for key in ("value", "tracktype", "operator"))
        operator = _OLDER.get(operator, operator)
        scope = element.get("scope", "").strip()
        if not field:
            raise self._error(line, "a rule without `value`", "the name of a field, such as Format")
        if len(element):
            raise self._error(line, "an element inside of a rule", "text alone")
        if operator and operator not in OPERATORS:
            raise self._error(line, f"the operator {operator[:40]!r}", ", ".join(OPERATORS))
        if not scope and track not in _TRACKS:
            raise self._error(line, f"a rule of the tracktype {track[:40]!r}", ", ".join(_TRACKS))
        unknown = sorted(str(key) for key in element.attrib if key not in _KNOWN)
        strange = ""
        if scope and scope != "mi":
            strange = "it asks for the inner structure of the file, which no check reads"
        elif not operator:
            strange = "it has no operator"
        elif unknown:
            strange = f"nothing is known here of its attribute {unknown[0][:40]!r}"
        return Rule(
            line=line,
            name=" ".join(element.get("name", "").split()),
            track=track,
            field=field,
            occurrence=element.get("occurrence", "*").strip() or "*",
            operator=operator,
            value=" ".join((element.text or "").split()),
            strange=strange,
        )

    def _error(self, line: int, wrong: str, allowed: str) -> InputError:
        return InputError(Fault(self._shown, f"line {line}", wrong, allowed))

"""Ids that are unique, and references that lead somewhere (xml:id, TTML1 8.2.1, 9.2.1, 12.2.1)."""

from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.values import words


def judge(source: Source, findings: Findings) -> None:
    """Note ids that stand twice, references to nothing or to the wrong element, and styles that refer in a circle."""
    _ids(source, findings)
    for node in source.root.walk():
        given = node.attributes
        if "style" in given:
            _styles(source, findings, node)
        if "region" in given:
            _refer(source, findings, node, ("region", given["region"], "region", "layout"), ("9.2.1", "11.2"))
        for reference in words(given.get("animate", "")):
            reached = ("animate", reference, "animate set", "animation")
            _refer(source, findings, node, reached, ("11.1.1", "13.2"))
        for reference in words(given.get("ttm:agent", "")):
            _refer(source, findings, node, ("ttm:agent", reference, "ttm:agent", "head"), ("12.2.1", "14.2"))
        if node.name == "ttm:actor" and "agent" in given:
            _refer(source, findings, node, ("agent", given["agent"], "ttm:agent", "head"), ("12.1.7", "14.1"))
    _loops(source, findings)


def _ids(source: Source, findings: Findings) -> None:
    for node in source.root.everything():
        name = node.attributes.get("xml:id", "").strip()
        if not name:
            continue
        first = source.ids.setdefault(name, node)
        if first is not node:
            clause = "TTML1 7.2.1" if source.version == 1 else "TTML2 8.2"
            what = f"the id '{name}' stands on line {first.line} already"
            findings.add(node, "xml:id", what, "each id once", clause)


def _clause(source: Source, clauses: tuple[str, str]) -> str:
    return f"TTML1 {clauses[0]}" if source.version == 1 else f"TTML2 {clauses[1]}"


def _styles(source: Source, findings: Findings, node: Node) -> None:
    given = words(node.attributes["style"])
    clauses = ("8.2.1", "10.2.1")
    if not given:
        findings.add(node, "style", "no id", "ids of style elements", _clause(source, clauses))
    for reference in given:
        _refer(source, findings, node, ("style", reference, "style", "styling"), clauses)


def _refer(
    source: Source, findings: Findings, node: Node, reference: tuple[str, str, str, str], clauses: tuple[str, str]
) -> None:
    """Hold a reference (attribute, id, elements it may lead to, element those stand in) against the ids."""
    attribute, name, wanted, within = reference
    target = source.ids.get(name.strip())
    allowed = f"the id of {' or '.join(wanted.split())} in {within}"
    if target is None:
        findings.add(node, attribute, f"nothing has the id '{name}'", allowed, _clause(source, clauses))
    elif target.name not in wanted.split() or all(item.name != within for item in target.ancestors()):
        found = f"'{name}' is the id of a {target.name} on line {target.line}"
        findings.add(node, attribute, found, allowed, _clause(source, clauses))


def _loops(source: Source, findings: Findings) -> None:
    """Note each style that leads back to itself; once for a circle."""
    done: set[str] = set()
    for start in source.ids:
        path: dict[str, None] = {}
        stack = [(start, False)]
        while stack:
            name, left = stack.pop()
            node = source.ids.get(name)
            if left:
                path.pop(name, None)
                done.add(name)
            elif node is not None and node.name == "style" and name not in done:
                path[name] = None
                stack.append((name, True))
                for further in words(node.attributes.get("style", "")):
                    if further in path:
                        circle = " > ".join([*list(path)[list(path).index(further) :], further])
                        allowed = "no circle of references"
                        findings.add(node, "style", circle, allowed, _clause(source, ("8.4.1.3", "10.4.1.3")))
                    else:
                        stack.append((further, False))

"""When which content is shown in which region (TTML1 9.3.2, 10.4; TTML2 11.3, 12.4)."""

from dataclasses import dataclass

from assets.subtitles.conformance import times
from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Source
from assets.timing import Time

NEVER: Time = 1 << 62
"""A time after all others: the end of what has none."""

_CONTENT = frozenset({"body", "div", "p", "span"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of content: the element that holds it, the id of its region (empty: the default one), and its time."""

    node: Node
    region: str
    begin: Time
    end: Time


@dataclass(frozen=True, slots=True)
class _Outer:
    """What an element inherits: region, limits of time, whether nothing in it is shown, whether siblings queue."""

    region: str | None
    begin: Time
    end: Time
    hidden: bool
    sequence: bool


def shown(source: Source) -> list[Shown]:
    """The content of a document in document order. What is never shown, or in doubt, is left out.

    Text that is not visible is there all the same: it takes its place in its region (TTML2, visibility).
    """
    body = source.root.child("body")
    result: list[Shown] = []
    if body is not None:
        _place(source, body, _Outer(None, 0, NEVER, hidden=False, sequence=False), result)
    return result


def interval(source: Source, node: Node, begin: Time, limit: Time) -> tuple[Time, Time]:
    """When an element is active whose times count from `begin`, within what it stands in."""
    given = node.attributes
    start = begin + (times.value(given.get("begin"), source.clock) or 0)
    ends = [limit]
    duration = times.value(given.get("dur"), source.clock)
    end = times.value(given.get("end"), source.clock)
    ends += [] if duration is None else [start + duration]
    ends += [] if end is None else [begin + end]
    return start, min(ends)


def _place(source: Source, node: Node, outer: _Outer, result: list[Shown]) -> Time:
    """Add the content of an element, and return when the element is over, for one that waits for it."""
    start, end = interval(source, node, outer.begin, outer.end)
    own = node.attributes.get("region")
    hidden = outer.hidden or source.specified(node).get("tts:display") == "none"
    hidden = hidden or (own is not None and outer.region not in {None, own})
    region = own if own is not None else outer.region
    sequence = node.attributes.get("timeContainer") == "seq"
    if _has_content(node) and not sequence and start < end and not hidden:
        result.append(Shown(node, region or "", start, end))
    inner = _Outer(region, start, end, hidden, sequence)
    last = _children(source, node, inner, result)
    timed = "dur" in node.attributes or "end" in node.attributes
    return end if timed or (_has_content(node) and not sequence) else min(last, end)


def _children(source: Source, node: Node, inner: _Outer, result: list[Shown]) -> Time:
    """Place the elements in an element; when the last of them is over."""
    last = inner.begin
    for child in node.children:
        if child.name in _CONTENT:
            begin = last if inner.sequence else inner.begin
            over = _place(source, child, _Outer(inner.region, begin, inner.end, inner.hidden, inner.sequence), result)
            last = over if inner.sequence else max(last, over)
    return last


def _has_content(node: Node) -> bool:
    """Whether something to be seen stands directly in an element."""
    if node.name in {"p", "span"}:
        return node.text.strip() != "" or any(child.name == "br" for child in node.children)
    return "smpte:backgroundImage" in node.attributes or any(child.name == "image" for child in node.children)


def merged(spans: list[tuple[Time, Time]]) -> list[tuple[Time, Time]]:
    """The spans of time that are covered, in order, without overlap."""
    result: list[tuple[Time, Time]] = []
    for begin, end in sorted(spans):
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((begin, end))
    return result

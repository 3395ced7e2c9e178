"""Tags of a document that is not well-formed, put right: each is closed where it has to be, its attributes quoted."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, takewhile

from assets.subtitles.model import Damage

BROKEN = "not-well-formed"
"""The kind of damage of a place where a document is no XML."""

SKIPPED = r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?[^\W\d][\w.:\-]*(?:\s[^<>]*)?\?>"
_TAG = re.compile(rf"{SKIPPED}|<(/?)([^\W\d][\w:.\-]*)([^<>]*)(>|(?=<)|\Z)", re.DOTALL)
_QUOTED = re.compile(r"""(?:\s+[^\W\d][\w:.\-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*/?""")
_ATTRIBUTE = re.compile(r"""\s*([^\W\d][\w:.\-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|["']?([^\s"'<>/]*)["']?)""")
_OUTSIDE = frozenset({"p", "div", "body"})
"""Elements that do not begin in an open paragraph."""

_PARAGRAPHS = ("p", "tt:p", "ttml:p")
_MOST_NAMES = 10


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Balance:
    """What has been written so far, and the names of the elements that are open."""

    def __init__(self, text: str, damage: list[Damage]) -> None:
        self.text = text
        self.damage = damage
        self.open: list[str] = []
        self.count: Counter[str] = Counter()
        self.parts: list[str] = []
        self._counted = (0, 1)

    def report(self, match: re.Match[str], what: str) -> None:
        """Note something about a tag."""
        place, line = self._counted
        self._counted = (match.start(), line + self.text.count("\n", place, match.start()))
        self.damage.append(Damage(BROKEN, self._counted[1], what, match[0].strip()))

    def tag(self, match: re.Match[str]) -> None:
        """Write a tag as it has to be; a closing one only if there is what it closes."""
        name = match[2]
        if match[1]:
            if not self.count[name]:
                self.report(match, "a closing tag of nothing that is open, left out")
                return
            if self.open[-1] != name:
                self.report(match, f"elements that are not closed before it: {self.left(name)}")
            self.close(name)
            return
        barrier = _local(name) in _OUTSIDE and next((each for each in _PARAGRAPHS if self.count[each]), "")
        if barrier:
            self.report(match, f"the {barrier} before it is not closed; it ends here")
            self.close(barrier)
        attributes, rest, is_empty = self.attributes(match)
        if _local(name) == "br" and not is_empty:
            self.report(match, "a br that is not closed; it breaks the row, and what follows is text")
            is_empty = True
        self.parts.append(f"<{name}{attributes}{'/' if is_empty else ''}>{rest}")
        if not is_empty:
            self.open.append(name)
            self.count[name] += 1

    def left(self, name: str) -> str:
        """The names of the elements that are open in the last one of a name."""
        inside = list(islice(takewhile(lambda each: each != name, reversed(self.open)), _MOST_NAMES))
        return " ".join(inside)

    def close(self, name: str) -> None:
        """Close elements up to the last one of a name."""
        while self.open:
            last = self.open.pop()
            self.count[last] -= 1
            self.parts.append(f"</{last}>")
            if last == name:
                return

    def end(self) -> None:
        """Close all that is open where the document ends."""
        if self.open:
            line = self.text.count("\n") + 1
            what = f"the document is cut off: not closed are {' '.join(self.open[:_MOST_NAMES])}"
            self.damage.append(Damage(BROKEN, line, what))
        while self.open:
            self.close(self.open[-1])

    def attributes(self, match: re.Match[str]) -> tuple[str, str, bool]:
        """The attributes of a tag in quotes, each once; what stands after them as text; whether the tag is empty."""
        source, is_ended = match[3], bool(match[4])
        names = [found[1] for found in _ATTRIBUTE.finditer(source)]
        if is_ended and _QUOTED.fullmatch(source) and len(set(names)) == len(names):
            return source.rstrip("/"), "", source.endswith("/")
        self.report(match, "a tag whose attributes are not well-formed, read as far as can be")
        found, end = _attributes(source)
        rest = "" if is_ended else source[end:].lstrip("/")
        written = "".join(f' {name}="{value}"' for name, value in found.items())
        return written, rest, source[end:].strip().startswith("/")


def _attributes(source: str) -> tuple[dict[str, str], int]:
    """The attributes that can be told, and where the last of them ends."""
    found: dict[str, str] = {}
    end = 0
    for match in _ATTRIBUTE.finditer(source):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1], value.replace('"', "&quot;").replace("<", "&lt;"))
        end = match.end()
    return found, end


def balanced(text: str, damage: list[Damage]) -> str:
    """The text with every element closed, in itself and within the one around it."""
    balance = _Balance(text, damage)
    place = 0
    for match in _TAG.finditer(text):
        balance.parts.append(text[place : match.start()])
        place = match.end()
        if match[2]:
            balance.tag(match)
        else:
            balance.parts.append(match[0])
    balance.parts.append(text[place:])
    balance.end()
    return "".join(balance.parts)


def lines_of(faults: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The first fault of each line."""
    seen: set[int] = set()
    for line, message in faults:
        if line not in seen:
            seen.add(line)
            yield line, message

"""A TTML document as a tree, and what had to be mended of one that is not well-formed XML, so that no cue is lost.

First as it stands; then with ampersands and brackets that begin nothing written as text; then with its tags closed
where they have to be (`ttml_tags`); then as far as the parser gets after each fault, with all text that is not in the
tree reported. Each mended place is damage with its line.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from html.entities import html5
from itertools import islice
from typing import cast

from assets.subtitles.errors import NotSubtitlesError
from assets.subtitles.markup import UNHELD
from assets.subtitles.model import Damage
from assets.subtitles.ttml_names import Element
from assets.subtitles.ttml_tags import BROKEN, SKIPPED, balanced, lines_of
from assets.xml_parser import hardened

ROOT = re.compile(r"<(?:[^\s<>/:]{1,100}:)?tt[\s>/]")
_NO_DOCTYPE = "a document type declaration; TTML has none, and entities are not read"
_SUSPECT = re.compile(
    rf"\ufffe<--|{SKIPPED}|&(?:(#x?[0-9A-Fa-f]{{1,8}}|[A-Za-z][A-Za-z0-9]{{0,40}});)?|<(?![\w/:])", re.DOTALL
)
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_BODY = re.compile(r"<(?:[^\s<>/:]{1,100}:)?body[\s>/]")
_CHUNK = re.compile(rf"{SKIPPED}|<[^<>]*>?|([^<]+)", re.DOTALL)
_AHEAD = 2_000
"""How many characters of the tree are looked through for a piece of text, from where the last one was found."""

_MOST_FAULTS = 200
_AROUND = 60
_OPEN = "\ufffe<--"
"""Stands for the beginning of a comment that is not closed; as long as that, and no text has its first character."""


def parse(text: str) -> tuple[Element, list[Damage]]:
    """The root element of a document, and what of its XML was mended or lost.

    Raises NotSubtitlesError for a document type declaration, and where not even a root element is found.
    """
    root_at = ROOT.search(text)
    if "<!DOCTYPE" in text[: root_at.start() if root_at else None]:
        raise NotSubtitlesError(_NO_DOCTYPE)
    root, faults = _whole(text)
    if root is not None:
        return root, []
    first = faults[0] if faults else (1, "no element")
    damage: list[Damage] = []
    mended = _mended(text, damage)
    root, _ = _whole(mended)
    if root is not None:
        return root, damage
    mended = balanced(mended, damage)
    root, _ = _tree(mended, recover=False)
    if root is not None:
        return root, [*damage, *_lost(mended, root)]
    root, faults = _tree(mended, recover=True)
    if root is None or ROOT.search(mended) is None:
        line, message = first
        raise NotSubtitlesError(f"line {line}: not well-formed XML: {message}")
    rows = text.split("\n")
    for line, message in islice(lines_of(faults), _MOST_FAULTS):
        source = rows[line - 1].strip() if 0 < line <= len(rows) else ""
        damage.append(Damage(BROKEN, line, f"not well-formed XML, read on after it: {message}", source))
    return root, [*damage, *_lost(mended, root)]


def _whole(text: str) -> tuple[Element | None, list[tuple[int, str]]]:
    """As `_tree`, strictly. After a fault that it forgives, the parser may also keep silent of text behind the root."""
    root, faults = _tree(text, recover=False)
    return (None if root is not None and faults and any(_lost(text, root)) else root), faults


def _tree(text: str, *, recover: bool) -> tuple[Element | None, list[tuple[int, str]]]:
    """The root element, None if there is none; and the faults with their lines."""
    from lxml import etree

    parser = hardened(encoding="utf-8", recover=recover)
    above = text[: len(text) - len(text.lstrip())].count("\n")
    try:
        parsed = etree.fromstring(text.lstrip().encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        return None, [((error.lineno or 1) + above, error.msg)]
    if parsed is None:
        return None, []
    if parsed.getroottree().docinfo.internalDTD is not None:  # behind a comment that looks like the root element
        raise NotSubtitlesError(_NO_DOCTYPE)
    return cast("Element", parsed), [(entry.line + above, entry.message) for entry in parser.error_log]


def _mended(text: str, damage: list[Damage]) -> str:
    """The text with its stray ampersands and brackets as text, and references by names of HTML as characters.

    A comment that is not closed is text as well; one that is no proper comment is left out.
    """
    unclosed = max(text.rfind("-->") - 3, 0)  # from here on a comment cannot have both of its ends
    result: list[str] = []
    place, line = 0, 1
    for match in _SUSPECT.finditer(text[:unclosed] + text[unclosed:].replace("<!--", _OPEN)):
        new, what = _written(match)
        if new == match[0]:
            continue
        line += text.count("\n", place, match.start())
        result += [text[place : match.start()], new]
        around = match[0] if len(match[0]) > _AROUND else text[max(match.start() - 20, 0) : match.end() + 20]
        damage.append(Damage(BROKEN, line, what, " ".join(around.split())))
        line += match[0].count("\n")
        place = match.end()
    return "".join([*result, text[place:]])


def _written(match: re.Match[str]) -> tuple[str, str]:
    """What a place is written as, and what is said of it; as it is if nothing is wrong."""
    found = match[0]
    if found == _OPEN:
        return "&lt;!--", "a comment that is not closed, read as text"
    if found.startswith("<!--"):
        if "--" in found[4:-3] or found[4:-3].endswith("-"):
            return "\n" * found.count("\n"), "a comment that is none, left out"
        return found, ""
    if (found[0] == "<" and len(found) > 1) or match[1] in _XML_NAMES:
        return found, ""
    return _character(match)


def _is_held(digits: str) -> bool:
    """Whether a reference by number is of a character that XML can hold."""
    base = 16 if digits.startswith("x") else 10
    try:
        code = int(digits.removeprefix("x"), base)
    except ValueError:
        return False
    return 0 < code <= sys.maxunicode and not UNHELD.match(chr(code))


def _character(match: re.Match[str]) -> tuple[str, str]:
    """What a suspect place is written as, and what is said of it."""
    name = match[1]
    if match[0] == "<":
        return "&lt;", "a < that begins no tag, read as text"
    if name is None:
        return "&amp;", "an & that begins no reference, read as text"
    if name[0] == "#":
        held = _is_held(name[1:].lower())
        return (match[0], "") if held else ("", f"{match[0]}: a character that XML cannot hold, left out")
    if f"{name};" in html5:
        return escape(
            html5[f"{name};"], quote=False
        ), f"{match[0]}: a name of HTML, which XML does not know; read as it"
    return f"&amp;{name};", f"{match[0]}: a name that is not defined, read as text"


def _lost(text: str, root: Element) -> Iterator[Damage]:
    """The text of the body that is not in the tree."""
    there = "".join("".join(root.itertext()).split())
    missing: Counter[str] = Counter()
    place = 0
    for line, chunk in _chunks(text):
        found = there.find(chunk, place, place + len(chunk) + _AHEAD)
        if found >= 0:
            place = found + len(chunk)
        else:
            yield Damage("unparsed-text", line, "text that is lost where the document is not well-formed", chunk)
            missing.update(chunk)
    wanted = Counter("".join(chunk for _, chunk in _chunks(text)))
    if rest := wanted - Counter(there) - missing:
        letters = "".join(sorted(rest.elements()))
        yield Damage("unparsed-text", 1, "letters that are lost where the document is not well-formed", letters)


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """The pieces of text between the tags of the body, without blanks, with their lines."""
    body = _BODY.search(text)
    start = body.start() if body else 0
    line = text.count("\n", 0, start) + 1
    for match in _CHUNK.finditer(text, start):
        shown = match[1] or (match[0][9:].removesuffix("]]>") if match[0].startswith("<![CDATA[") else "")
        plain = "".join((unescape(shown) if match[1] else shown).split())
        if plain:
            yield line, plain
        line += match[0].count("\n")

"""Very many TOML files that say much the same: read as `tomllib` reads them, each statement parsed only once.

A statement is taken from those that were read before, or given to `tomllib` by itself. What can mean something else
in its surroundings (dotted or quoted keys, a table that is opened twice) makes the whole file `tomllib`'s.
"""

import re
import tomllib
from typing import Any

Statement = tuple[str, Any, Any]
"""`=` with key and value, `[` or `[[` with the parts of a table's name, `` for a line that says nothing."""

_TAIL = r"[ \t]*(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?"
_PLAIN = re.compile(r'([A-Za-z0-9_-]+)[ \t]*=[ \t]*"([^"\\\x00-\x1f\x7f]*)"' + _TAIL)
_RUN = r'[^"\\\x00-\x08\x0b-\x1f\x7f]*'
_LONG = re.compile(rf'([A-Za-z0-9_-]+)[ \t]*=[ \t]*"""\n?({_RUN}(?:\\[ \t]*\n{_RUN})*)"""' + _TAIL)
_JOINED = re.compile(r"\\[ \t]*\n[ \t\n]*")
"""A text of several lines that has no escapes but those at the ends of lines, which join them."""
_HEADER = re.compile(r"(\[\[?)[ \t]*([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)[ \t]*(\]\]?)" + _TAIL)
_KEY = re.compile(r"[ \t]*([A-Za-z0-9_-]+)[ \t]*=")
_MOST_KNOWN = 100_000
_LONGEST_KNOWN = 1_000
"""So many statements of at most so many characters are kept: the common ones come early, and are short."""


class PlainToml:
    """Reads files; the values that it gives may be shared between them and are not to be changed."""

    def __init__(self) -> None:
        self._known: dict[str, Statement | None] = {}  # None: a line that only begins a statement

    def loads(self, text: str) -> dict[str, Any]:
        """The data of a document whose lines end in line feeds. Raises tomllib.TOMLDecodeError."""
        found = self._read(text.split("\n"))
        return tomllib.loads(text) if found is None else found

    def _read(self, lines: list[str]) -> dict[str, Any] | None:
        data: dict[str, Any] = {}
        table, own = data, {id(data)}
        number, known = 0, self._known
        while number < len(lines):
            line = lines[number]
            said = known.get(line)
            number += 1
            if said is None:
                if match := _PLAIN.fullmatch(line):
                    said = ("=", match[1], match[2])
                    if len(known) < _MOST_KNOWN:
                        known[line] = said
                else:
                    said, number = self._statement(lines, number - 1)
            mark, name, value = said
            if mark == "=":
                if name in table:
                    return None
                table[name] = value
            elif mark:
                opened = _opened(data, own, name, is_array=mark == "[[")
                if opened is None:
                    return None
                table = opened
        return data

    def _statement(self, lines: list[str], first: int) -> tuple[Statement, int]:
        """The statement that begins at a line, and the number of the line after it.

        What stands before the end of a statement is no whole document, so that the first lines that are one are it.
        """
        text = ""
        for number in range(first, len(lines)):
            text = f"{text}\n{lines[number]}" if number > first else lines[number]
            if number > first and not _may_end(lines[number]):
                continue
            if match := _LONG.fullmatch(text) if number > first else None:
                return ("=", match[1], _JOINED.sub("", match[2])), number + 1
            said = self._known[text] if text in self._known else self._parsed(text)
            if said is not None:
                return said, number + 1
        return _UNUSUAL, len(lines)

    def _parsed(self, text: str) -> Statement | None:
        said = _parsed(text)
        if len(self._known) < _MOST_KNOWN and len(text) <= _LONGEST_KNOWN:
            self._known[text] = said
        return said


_UNUSUAL: Statement = ("[", (), None)
"""Opens no table: what cannot be told alone."""


def _may_end(line: str) -> bool:
    return "]" in line or '"""' in line or "'''" in line or "}" in line


def _parsed(text: str) -> Statement | None:
    """A statement, or None if the text is none by itself."""
    if header := _HEADER.fullmatch(text):
        return (header[1], tuple(header[2].split(".")), None) if len(header[1]) == len(header[3]) else _UNUSUAL
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    if not found:
        return "", None, None
    key = _KEY.match(text)
    return ("=", key[1], found[key[1]]) if key and list(found) == [key[1]] else _UNUSUAL


def _opened(data: dict[str, Any], own: set[int], path: tuple[str, ...], *, is_array: bool) -> dict[str, Any] | None:
    """The table that a header opens; None where `tomllib` has to say whether it may. `own` are the tables made here."""
    if not path:
        return None
    node: Any = data
    for part in path[:-1]:
        if part not in node:
            node[part] = {}
            own.add(id(node[part]))
        node = node[part]
        if id(node) not in own:
            return None
        node = node[-1] if isinstance(node, list) else node
    made: dict[str, Any] = {}
    own.add(id(made))
    if not is_array:
        if path[-1] in node:
            return None
        node[path[-1]] = made
        return made
    if path[-1] not in node:
        node[path[-1]] = []
        own.add(id(node[path[-1]]))
    tables = node[path[-1]]
    if id(tables) not in own or not isinstance(tables, list):
        return None
    tables.append(made)
    return made

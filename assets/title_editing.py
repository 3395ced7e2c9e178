"""A title.toml gets new entries; its comments, its order and everything else in it stay as they are."""

import copy
import fcntl
import os
import re
import secrets
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.errors import Fault, InputError

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import InlineTable, Table

INCOMING = ".releaseprint-incoming-"
"""How the names of files begin that are being written; what a killed run has left of them is nothing."""

_BOM = "\ufeff"
_TEXT_OR_COMMENT = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|\'{3}.*?\'{3}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|(#[^\n]*)''', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A new table of an array of tables, such as `subtitles` of the version `version`, or `artwork` of the title."""

    array: str
    values: Mapping[str, str | int | date]
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A key that a version did not have, such as `master`."""

    version: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a key gets in the place of what it had, if anything; `path` leads there, by names and numbers."""

    path: tuple[str | int, ...]
    value: str | int | date | list[str]


Addition = Entry | Setting | Value


def edited(text: str, additions: Sequence[Addition]) -> str:
    """The text of a title.toml with the additions, each in the place that it belongs to.

    Raises InputError where the text is laid out in a way that they cannot be put into without changing the rest.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    bom = _BOM if text.startswith(_BOM) else ""
    plain = text.removeprefix(bom)
    newline = "\r\n" if "\r\n" in plain else "\n"
    plain = plain.replace("\r\n", "\n")
    plain += "" if plain.endswith("\n") else "\n"
    wanted = _data_with(tomllib.loads(plain), additions)
    try:
        document = tomlkit.parse(plain)
        for addition in additions:
            _add(document, addition)
        made = tomlkit.dumps(document)
        is_right = tomllib.loads(made) == wanted and _comments(made) == _comments(plain)
    except (TOMLKitError, tomllib.TOMLDecodeError, AttributeError, TypeError):
        is_right = False
    if not is_right:
        wrong = "its tables stand in an order in which nothing can be added to them"
        raise InputError(Fault("title.toml", "", wrong, "each [[versions]] together with the tables below it"))
    return bom + made.replace("\n", newline)


def _comments(text: str) -> list[str]:
    """The comments of a document, in its order: editing keeps them all, and all where they were to each other."""
    return [match[1] for match in _TEXT_OR_COMMENT.finditer(text) if match[1] is not None]


def _data_with(data: dict[str, Any], additions: Sequence[Addition]) -> dict[str, Any]:
    """The data that the edited text must have: what is written is compared with it."""
    wanted = copy.deepcopy(data)
    for addition in additions:
        if isinstance(addition, Value):
            _put(wanted, addition, {})
        elif isinstance(addition, Setting):
            version = _version(wanted, addition.version)
            if addition.key in version:
                there = f"the version {addition.version!r} has a {addition.key} already"
                raise InputError(Fault("title.toml", "versions", there, "it is left as it is"))
            version[addition.key] = addition.value
        else:
            table = wanted if addition.version is None else _version(wanted, addition.version)
            table.setdefault(addition.array, []).append(dict(addition.values))
    return wanted


def _version(data: Any, version: str) -> Any:  # noqa: ANN401 -- plain data, and the same in tomlkit's types
    for table in data.get("versions", []):
        if table.get("id") == version:
            return table
    raise InputError(Fault("title.toml", "versions", f"there is no version {version!r}"))


def _put(data: Any, new: Value, table: Any) -> None:  # noqa: ANN401 -- plain data, and the same in tomlkit's types
    """Give a key its value; an empty `table` is where it goes if there is none yet."""
    *path, key = new.path
    for part in path:
        if isinstance(part, str) and part not in data:
            data[part] = table
        data = data[part]
    data[key] = new.value


def _add(document: "TOMLDocument", addition: Addition) -> None:
    import tomlkit

    if isinstance(addition, Value):
        _put(document, addition, tomlkit.table())
        return
    if isinstance(addition, Setting):
        table = _version(document, addition.version)
        if hasattr(table, "value"):  # below the language, above the tables of the version
            table.value._insert_after("language", addition.key, addition.value)  # noqa: SLF001 -- it has no other name
        else:
            table[addition.key] = addition.value
        return
    table = document if addition.version is None else _version(document, addition.version)
    _append(table, addition)


def _append(table: Any, entry: Entry) -> None:  # noqa: ANN401 -- a document, a table or an inline table
    """Adds an entry in the form that the array has: tables with headers, or inline ones."""
    import tomlkit
    from tomlkit.items import AoT, InlineTable

    found = table.get(entry.array)
    if found is None and not isinstance(table, InlineTable):
        array = tomlkit.aot()
        array.append(_headed(entry.values, is_set_off=True, trailing=_take_trailing(table)))
        table[entry.array] = array
    elif isinstance(found, AoT):
        is_set_off = len(found) == 1 or found[0].as_string().endswith("\n\n")
        trailing = _take_trailing(found[-1])
        found.append(_headed(entry.values, is_set_off=is_set_off, trailing=trailing))
    elif found is None:
        table[entry.array] = [_inline(entry.values)]
    else:
        found.append(_inline(entry.values))


def _take_trailing(table: Any) -> list[Any]:  # noqa: ANN401
    """What stands behind the last key of a table and below a blank line: a comment on what comes next.

    It is taken away here, so that it can stand behind the new table. Nothing is taken from a whole document: what
    stands at its end speaks of what is above.
    """
    from tomlkit.items import AoT, Table, Whitespace

    last = table
    while isinstance(last, Table) and last.value.body:
        below = next((item for key, item in reversed(last.value.body) if key is not None), None)
        if isinstance(below, AoT) and len(below):
            last = below[-1]
        elif isinstance(below, Table):
            last = below
        else:
            break
    if not isinstance(last, Table):
        return []
    body = last.value.body
    start = len(body)
    while start and body[start - 1][0] is None:
        start -= 1
    blank = next((at for at in range(start, len(body)) if isinstance(body[at][1], Whitespace)), len(body))
    taken = [item for _, item in body[blank:]]
    del body[blank:]
    return taken


def _inline(values: Mapping[str, str | int | date]) -> "InlineTable":
    import tomlkit

    table = tomlkit.inline_table()
    table.update(values)
    return table


def _headed(values: Mapping[str, str | int | date], *, is_set_off: bool, trailing: Sequence[Any]) -> "Table":
    """A table with a header, below a blank line if it `is_set_off`, and what stood behind the one before it."""
    import tomlkit

    table = tomlkit.table()
    table.update(values)
    table.trivia.indent = "\n" if is_set_off else ""
    for item in trailing:
        table.add(item)
    return table


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """While the block runs no other process edits a title.toml of this folder through this module."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)  # which gives the lock back


@contextmanager
def prepared(path: Path, text: str) -> Iterator[Path]:
    """A synced file beside `path` that holds the text; what is left of it when the block ends is removed."""
    incoming = path.parent / f"{INCOMING}{secrets.token_hex(8)}"
    try:
        with incoming.open("xb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            incoming.chmod(path.stat().st_mode & 0o777)
        yield incoming
    finally:
        incoming.unlink(missing_ok=True)

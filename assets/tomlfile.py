"""TOML files of the user's, validated by a pydantic model: every error at once, with its line and what is allowed."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from assets.digest import sha256_bytes
from assets.errors import Fault, InputError

Location = tuple[str | int, ...]


class Record(BaseModel):
    """Base of everything that is read from outside: unknown keys are errors, values are not changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class KeyFaultError(ValueError):
    """Raised by a validator that sees several keys: says which of them, by name or path, is at fault.

    The text is `what is wrong; what is allowed`.
    """

    def __init__(self, key: str | Location, text: str) -> None:
        self.location: Location = (key,) if isinstance(key, str) else key
        super().__init__(text)


M = TypeVar("M", bound=BaseModel)


class TomlFile:
    """The text of one TOML file, its digest, its data, and the lines its keys stand on. Raises InputError."""

    def __init__(self, path: Path, shown: str | None = None) -> None:
        self.path = path
        self.shown = shown or str(path)
        try:
            data = path.read_bytes()
            self.sha256 = sha256_bytes(data)
            self.text = data.decode("utf-8-sig").replace("\r\n", "\n")
        except OSError as error:
            raise InputError(Fault(self.shown, "", f"cannot be read: {error.strerror}")) from error
        except UnicodeDecodeError as error:
            place = f"byte {error.start}"
            raise InputError(Fault(self.shown, place, "not UTF-8", "TOML files are UTF-8")) from error
        try:
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(_syntax_fault(self.shown, str(error))) from error
        self._lines = dict(_key_lines(self.text))

    def line(self, location: Location) -> int | None:
        """The line of a key, or of the nearest table around it; None for the file as a whole."""
        for length in range(len(location), 0, -1):
            if line := self._lines.get(location[:length]):
                return line
        return None

    def place(self, location: Location) -> str:
        """`line 12: versions[0].language`: where a key stands, for an error."""
        name = ""
        for part in location:
            name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
        line = self.line(location)
        return ": ".join(part for part in (f"line {line}" if line else "", name) if part)

    def fault(self, location: Location, wrong: str, allowed: str = "") -> Fault:
        """A fault at a key of this file."""
        return Fault(self.shown, self.place(location), wrong, allowed)

    def parse(self, model: type[M]) -> M:
        """The file as a model. Raises InputError with every fault, in the order of the lines."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            found = [(self.line(loc) or 0, fault) for loc, fault in self._faults(error, model)]
            raise InputError(*(fault for _, fault in sorted(found, key=lambda pair: pair[0]))) from error

    def _faults(self, error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Location, Fault]]:
        for item in error.errors(include_url=False):
            location = tuple(part for part in item["loc"] if not _is_internal(part))
            kind, message = item["type"], item["msg"]
            if kind == "extra_forbidden":
                known = ", ".join(_known_keys(model, location[:-1]))
                yield location, self.fault(location, "unknown key", f"known: {known}" if known else "")
            elif kind == "missing":
                yield location, self.fault(location, "missing", "this key is required")
            elif kind == "value_error":
                cause = item.get("ctx", {}).get("error")
                location += cause.location if isinstance(cause, KeyFaultError) else ()
                wrong, _, allowed = message.removeprefix("Value error, ").partition("; ")
                yield location, self.fault(location, wrong, allowed)
            else:
                allowed = message[0].lower() + message[1:]
                yield location, self.fault(location, f"{_short(item['input'])} is not allowed", allowed)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004 -- a line of a terminal


def _is_internal(part: str | int) -> bool:
    """Whether a part of a pydantic location names a validator, not a key of the file."""
    return isinstance(part, str) and ("[" in part or part.startswith("function-"))


def _known_keys(model: object, location: Location) -> list[str]:
    """The keys that the table at `location` may have, found by walking the model's annotations."""
    is_key = False
    for part in location:
        if isinstance(part, int) or is_key:
            is_key = False
            continue
        field = getattr(model, "model_fields", {}).get(part) or next(
            (f for f in getattr(model, "model_fields", {}).values() if f.alias == part), None
        )
        if field is None:
            return []
        model = _inner_model(field.annotation)
        is_key = get_origin(field.annotation) in {dict, Mapping}  # a table of tables: the next part is a name in it
    return [field.alias or name for name, field in getattr(model, "model_fields", {}).items()]


def _inner_model(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _inner_model(argument):
            return found
    return None


_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def _syntax_fault(shown: str, message: str) -> Fault:
    match = _PLACE.search(message)
    place = f"line {match[1]}, column {match[2]}" if match and match[1] else "end of file"
    return Fault(shown, place, f"not TOML: {_PLACE.sub('', message)}")


_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def _key_lines(text: str) -> Iterator[tuple[Location, int]]:
    """Each key path of a valid document with its line.

    The document is known to be TOML, so a scan of its lines is enough: only headers, keys and the ends of multi-line
    values have to be told apart. A key inside a multi-line array of inline tables has the line of the array.
    """
    table: Location = ()
    counts: dict[Location, int] = {}
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if header := _HEADER.match(line):
            table = _table_path(header[1] == "[[", _parts(header[2]), counts)
            yield table, number
        elif key := _KEY.match(line):
            parts = _parts(key[1])
            for length in range(1, len(parts) + 1):
                yield (*table, *parts[:length]), number
            last = _end_of_value(lines, number - 1, line[key.end() :])
            if last >= number:  # a value of several lines: perhaps an array, whose elements have lines of their own
                value = "\n".join([line[key.end() :], *lines[number : last + 1]])
                yield from (((*table, *parts, index), number + at) for index, at in enumerate(_elements(value)))
            number = last + 1


def _parts(dotted: str) -> Location:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _table_path(is_array: bool, parts: Location, counts: dict[Location, int]) -> Location:
    """The path of a table header, with the index of each array of tables on the way."""
    path: Location = ()
    for depth, part in enumerate(parts):
        path = (*path, part)
        last = depth == len(parts) - 1
        if is_array and last:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


_TEXT = r'"(?!"")(?:[^"\\]|\\.)*"'
_ONE_LINE = re.compile(
    rf"""[ \t]*(?:{_TEXT}|'(?!'')[^']*'|[A-Za-z0-9+:._-]+|\[(?:[^\[\]"'#]|{_TEXT})*\])[ \t]*(?:\#.*)?"""
)
"""Nearly all values: a text, number, date or array that ends on its line; a parser need not be asked."""


def _end_of_value(lines: list[str], first: int, rest: str) -> int:
    """The index of the line on which a value ends that starts with `rest` on line `first`."""
    if _ONE_LINE.fullmatch(rest):
        return first
    candidate = rest
    last = first
    while last < len(lines) - 1:
        try:
            tomllib.loads("v =" + candidate)
        except tomllib.TOMLDecodeError:
            last += 1
            candidate += "\n" + lines[last]
        else:
            break
    return last


_PIECE = re.compile(
    r"""\"\"\".*?\"\"\"|\'{3}.*?\'{3}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{},\n]|[^\s\[\]{},#"\']+""",
    re.DOTALL,
)


def _elements(value: str) -> Iterator[int]:
    """The line of each element of an array, counted from the array's own line; nothing if the value is no array."""
    depth, line, expecting = 0, 0, False
    for match in _PIECE.finditer(value):
        piece = match[0]
        if piece == "\n" or piece.startswith("#"):
            line += piece.count("\n")
            continue
        if depth == 0 and piece != "[":
            return
        if depth == 1 and expecting and piece not in {",", "]"}:
            yield line
            expecting = False
        depth += (piece in {"[", "{"}) - (piece in {"]", "}"})
        if depth == 1 and piece in {"[", ","}:
            expecting = True
        line += piece.count("\n")

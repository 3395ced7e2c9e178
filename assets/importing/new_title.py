"""The text of a title.toml that did not exist: the keys of a title in the order of the template."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_ORDER = (
    "original_language",
    "format",
    "runtime",
    "production_year",
    "release_date",
    "supplier",
    "production_companies",
    "genres",
    "audience",
)
_TABLES = ("names", "synopses", "short_synopses", "identifiers")
_ARRAYS = ("other_names", "ratings", "releases", "credits")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def title_text(data: Mapping[str, Any]) -> str:
    """A title.toml with the data of a title that has no files yet."""
    return "\n".join(_lines(data)) + "\n"


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    yield from _pairs({key: data[key] for key in _ORDER if key in data})
    for table in _TABLES:
        if data.get(table):
            yield from ("", f"[{table}]", *_pairs(data[table]))
    for array in _ARRAYS:
        for item in data.get(array, []):
            yield from ("", f"[[{array}]]", *_pairs(item))


def _pairs(table: Mapping[str, Any]) -> Iterator[str]:
    return (f"{key if _BARE.fullmatch(key) else _value(key)} = {_value(value)}" for key, value in table.items())


def _value(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return str(value)

"""The names of titles in a form in which they can be kept: with their keys, so that nothing is folded twice."""

import json
from typing import Any

from assets.name_scanning import Entry, Spelling
from assets.spelling import Key

FORM = 1
"""Add one when keys or spellings are made in another way: what was kept before is read anew."""


def to_text(entry: Entry) -> str:
    """An entry without its id."""
    spellings = [
        (item.text, item.language, item.kind, own.words, own.whole, sorted(own.korean), sorted(own.japanese))
        for item, own in entry.keyed()
    ]
    head = (entry.year, entry.original_language, entry.runtime, entry.runtime_tolerance)
    return json.dumps((*head, spellings), ensure_ascii=False)


def from_text(title_id: str, text: str) -> Entry:
    """The entry that was written as a text."""
    year, original, runtime, tolerance, spellings = json.loads(text)
    return Entry(
        id=title_id,
        year=year,
        original_language=original,
        spellings=tuple(Spelling(item[0], item[1], item[2]) for item in spellings),
        runtime=runtime,
        runtime_tolerance=tolerance,
        keys=tuple(_key(item) for item in spellings),
    )


def _key(item: list[Any]) -> Key:
    return Key(tuple(item[3]), item[4], frozenset(item[5]), frozenset(item[6]))

"""What of a title.toml decides about rights, read for an outline: strictly, because an answer rests on it.

An outline leaves unread what it does not tell. A window or a release that has a key which nobody knows, or a value that
is not allowed, is no less a fault for that: read leniently it would allow what the file, read as a whole, does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from assets.ids import an_id
from assets.metadata import Release
from assets.metadata_records import ReleaseRecord
from assets.rights import RightsWindow
from assets.rights.delivery_windows import doubts_of
from assets.rights.model import Doubt
from assets.stems import WITHOUT_LANGUAGE
from assets.title import Kind
from assets.title_records import AudioRecord, StemRecord, SubtitleRecord, TitleRecord, VersionRecord
from assets.window_records import WindowRecord, window_of

Table = Mapping[str, Any]

_TITLE = frozenset(TitleRecord.model_fields)
_VERSION = frozenset(VersionRecord.model_fields)
_PARTS = {
    "audio": frozenset(AudioRecord.model_fields),
    "stems": frozenset(StemRecord.model_fields),
    "subtitles": frozenset(SubtitleRecord.model_fields),
}


def require_readable(data: Table) -> None:
    """Raises ValueError, TypeError or LookupError if a title.toml has a key that nobody knows, or no text for a name.

    A `[[window]]` would hide an exclusive sale, a `lang` what a copy carries.
    """
    _require(data, _TITLE)
    _require_texts((data["original_language"],))
    _require_texts(tuple(data["names"].values()))
    for version in data.get("versions", ()):
        _require(version, _VERSION)
        _require_texts((version["id"], version["language"]))
        for part, known in _PARTS.items():
            for item in version.get(part, ()):
                _require(item, known)
                _require_texts((item.get("language", WITHOUT_LANGUAGE),))
        for track in version.get("subtitles", ()):
            Kind(track.get("kind", Kind.FULL))  # what is of no kind would be carried as nothing


def _require(table: Table, known: frozenset[str]) -> None:
    if not known.issuperset(table):
        raise ValueError(f"unknown keys: {sorted(table.keys() - known)}")


def _require_texts(values: Sequence[object]) -> None:
    if not values or not all(isinstance(value, str) and value for value in values):
        raise TypeError(f"{values!r} are no texts")


_WHEN = ("start", "end", "through", "zone")
_SOME_TIME = {"id": "any", "start": date(2000, 1, 1), "end": "open"}
_SOME_RIGHT = {"id": "any", "right": "svod", "territories": ["KR"], "languages": "all"}


def windows_in(data: Table) -> tuple[RightsWindow, ...]:
    """The title's own windows. Raises ValueError, TypeError or LookupError if one of them is at fault."""
    found = tuple(_window(_frozen(item)) for item in data.get("windows", ()))
    if len({window.id for window in found}) < len(found):
        raise ValueError("the id of a window is used twice")
    return found


def doubts_in(data: Table, place: str) -> tuple[Doubt, ...]:
    """Which dates of the title's own windows, which `windows_in` has found without fault, could be read otherwise."""
    return tuple(
        replace(doubt, place=place) for item in data.get("windows", ()) for doubt in _doubts(_frozen(_times(item)))
    )


def releases_in(data: Table) -> tuple[Release, ...]:
    """The releases that dates are counted from. Raises ValueError or TypeError if one of them is at fault."""
    return tuple(_checked_release(_frozen(item)) for item in data.get("releases", ()))


Frozen = tuple[tuple[str, type, Any], ...]
"""A table that can be a key of what is kept: each key with the type of its value, for true is no 1."""


def _frozen(item: Table) -> Frozen:
    """Lists become tuples; a table in a table stays one, and cannot be a key: nothing here has one."""
    return tuple((key, type(value), tuple(value) if isinstance(value, list) else value) for key, value in item.items())


def _thawed(values: Frozen) -> dict[str, Any]:
    return {key: list(value) if kind is list else value for key, kind, value in values}


@lru_cache(maxsize=16384)
def _window(values: Frozen) -> RightsWindow:
    """A window, put together of one with its rights and one with its times: each is like that of many other titles."""
    item = _thawed(values)
    times = _times(item)
    what = {key: value for key, value in item.items() if key not in times or key == "zone"}
    found, when = (_checked(_frozen(table)) for table in (what | _SOME_TIME, times | _SOME_RIGHT))
    return replace(found, id=an_id(item["id"].strip()), start=when.start, end=when.end)


def _times(item: Table) -> dict[str, Any]:
    return {key: item[key] for key in _WHEN if key in item}


@lru_cache(maxsize=16384)
def _doubts(times: Frozen) -> tuple[Doubt, ...]:
    record = WindowRecord.model_validate(_thawed(times) | _SOME_RIGHT)
    return doubts_of([(window_of(record), record)])


@lru_cache(maxsize=16384)
def _checked(values: Frozen) -> RightsWindow:
    return window_of(WindowRecord.model_validate(_thawed(values)))


@lru_cache(maxsize=16384)
def _checked_release(values: Frozen) -> Release:
    record = ReleaseRecord.model_validate(_thawed(values))
    return Release(record.territory, record.date, record.kind)

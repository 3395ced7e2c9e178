"""What a licence of a file of Avails says otherwise than the licence of the same contract in a rights.toml."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_COMPARED = (
    "rights",
    "territories",
    "excluding",
    "start",
    "end",
    "languages",
    "exclusive",
    "announce",
    "suppress_until",
    "prices",
)
"""What rows say of a grant; the rest of a grant is a person's own."""
_SAME_GRANT = ("rights", "territories", "excluding")
_UNSAID: Mapping[str, object] = {"excluding": (), "exclusive": False}

Table = Mapping[str, Any]


def differences(there: Table, new: Table, places: Sequence[str], zone: str) -> Iterator[tuple[str, str]]:
    """Where both differ: the grant or row, and what. `places` are the rows of each new grant, `zone` that of the file.

    Grants are compared with those of the same rights and territories; the others are named.
    """
    written = [(str(item.get("id")), _read(item, _zone(item, there, zone))) for item in _grants(there)]
    offered = [(place, _read(item, zone)) for place, item in zip(places, _grants(new), strict=True)]
    left = [item for item in offered if item[1] not in [values for _, values in written]]
    gone = [item for item in written if item[1] not in [values for _, values in offered]]
    for place, values in left:
        same = next((item for item in gone if all(item[1][key] == values[key] for key in _SAME_GRANT)), None)
        if same is None:
            yield place, f"{_what(values)}: no grant of the licence says it"
            continue
        gone.remove(same)
        name, known = same
        for key in _COMPARED:
            if known[key] != values[key]:
                yield f"grant {name}", f"{key} is {_shown(known[key])}, and {place} has {_shown(values[key])}"
    for name, values in gone:
        yield f"grant {name}", f"{_what(values)}: no row says it"


def _grants(licence: Table) -> list[Table]:
    found = licence.get("grants", [])
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _zone(grant: Table, licence: Table, zone: str) -> str:
    return str(grant.get("zone") or licence.get("zone") or zone)


def _read(grant: Table, zone: str) -> dict[str, object]:
    return {key: _plain(grant.get(key, _UNSAID.get(key)), zone) for key in _COMPARED}


def _plain(value: object, zone: str) -> object:
    """A value in one form: lists in order, and a bare date as the instant that it is in its zone."""
    if isinstance(value, list | tuple):
        return tuple(sorted(str(_shown(_plain(item, zone))) for item in value))
    if isinstance(value, dict):
        return tuple(sorted((key, _plain(item, zone)) for key, item in value.items()))
    if isinstance(value, date):
        return _instant(value, zone)
    return value


def _instant(value: date, zone: str) -> date:
    local = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001 -- below
    if local.tzinfo is not None or not zone:
        return local
    try:
        return local.replace(tzinfo=ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return local


def _what(values: Mapping[str, object]) -> str:
    without = f" except {_shown(values['excluding'])}" if values["excluding"] else ""
    return f"{_shown(values['rights'])} in {_shown(values['territories'])}{without}"


def _shown(value: object) -> str:
    if value is None:
        return "not said"
    if isinstance(value, tuple):
        return ", ".join(": ".join(map(_shown, item)) if isinstance(item, tuple) else str(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)

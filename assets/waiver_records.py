"""waivers.toml: the findings of a title that somebody answers for, each with a reason, a name and an end.

It lies beside the title.toml, under version control, so that every waiver is reviewed like any other change.
`docs/waivers.md` says what a fingerprint is made of. `releaseprint waive` adds entries.
"""

import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from assets import paths
from assets.append_only import sync_folder
from assets.digest import sha256_file
from assets.errors import Fault, InputError
from assets.record_values import Day, Id, Record, Text, Zone, a_moment
from assets.title_editing import Addition, Entry, Value, edited, locked, prepared
from assets.tomlfile import KeyFaultError, TomlFile
from assets.waivers import NEVER_WAIVED, Waiver, family_of
from assets.window_records import end_of

FILE_NAME = "waivers.toml"

_KEY = "waivers"
_HEAD = """\
# Findings of this title that somebody answers for; `releaseprint waive` adds to it. A waiver ends with the last day
# that it names, in the zone of this file. No waiver lifts a finding about rights.
zone = "UTC"
"""


def _check(text: str) -> str:
    if family_of(text) in NEVER_WAIVED:
        raise ValueError(f"{text!r} is about rights; no waiver lifts it, a licence does")
    return text


def _day_or_open(value: object) -> date | str:
    if value == "open":
        return "open"
    found = a_moment(value)
    if isinstance(found, datetime):
        raise ValueError(  # noqa: TRY004 -- pydantic takes a ValueError only
            f'{found.isoformat()} has a time of day; the last day, such as 2026-12-31, or "open"'
        )
    return found


class _Entry(Record):
    """One `[[waivers]]` table."""

    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    check: Annotated[str, Field(pattern=r"^[^/\s]+/[^/\s]+$"), AfterValidator(_check)]
    asset: str = ""
    reason: Text
    by: Text
    granted: Day
    until: Annotated[date | Literal["open"], PlainValidator(_day_or_open)]
    platform: Id | None = None

    @model_validator(mode="after")
    def _fits(self) -> "_Entry":
        if isinstance(self.until, date) and self.until < self.granted:
            raise KeyFaultError("until", f"{self.until} is before {self.granted}, when it was granted; a later day")
        return self


class _File(Record):
    """The whole of a waivers.toml; `zone` is where its days end."""

    zone: Zone = "UTC"
    waivers: list[_Entry] = []

    @model_validator(mode="after")
    def _once(self) -> "_File":
        known: set[tuple[str, str | None]] = set()
        for number, item in enumerate(self.waivers):
            key = (item.fingerprint, item.platform)
            if key in known:
                again = f"{item.fingerprint!r} is waived twice; one entry for each finding and platform"
                raise KeyFaultError((_KEY, number, "fingerprint"), again)
            known.add(key)
        return self


def read_waivers(folder: Path, root: Path, title_id: str) -> tuple[Waiver, ...]:
    """The waivers of the title in `folder`, in the order of the file; none without one.

    The file must lie below `root`. Raises InputError with every fault.
    """
    path, shown = folder / FILE_NAME, _shown(title_id)
    if not os.path.lexists(path):
        return ()
    if not paths.stays_inside(path, root):
        raise InputError(Fault(shown, "", "is a link that leaves the catalogue, or leads nowhere", "a file in it"))
    return _read(path, shown)


def ends_in(folder: Path, root: Path, title_id: str) -> list[datetime]:
    """The first instants without each of the title's waivers that ends. Raises InputError."""
    return [item.end for item in read_waivers(folder, root, title_id) if item.end is not None]


def digest_in(folder: Path) -> str:
    """The digest of the waivers.toml in `folder`, empty without one. Raises OSError."""
    path = folder / FILE_NAME
    return sha256_file(path) if os.path.lexists(path) else ""


def _read(path: Path, shown: str) -> tuple[Waiver, ...]:
    file = TomlFile(path, shown)
    record = file.parse(_File)
    zone = ZoneInfo(record.zone)
    found = []
    for number, item in enumerate(record.waivers):
        until = item.until if isinstance(item.until, date) else None
        found.append(
            Waiver(
                fingerprint=item.fingerprint,
                check=item.check,
                asset=item.asset,
                reason=item.reason,
                by=item.by,
                granted=item.granted,
                until=until,
                end=end_of("open", until, zone),
                platform=item.platform or "",
                place=f"{shown}:{file.line((_KEY, number)) or 1}",
            )
        )
    return tuple(found)


def _shown(title_id: str) -> str:
    return str(PurePosixPath("titles", title_id, FILE_NAME))


def grant(folder: Path, root: Path, title_id: str, granted: Sequence[Waiver]) -> None:
    """Write waivers to the file of the title in `folder`; one that is there gets its new reason, name and days.

    What else stands in the file stays as it is. Raises InputError where the file cannot be read or edited, OSError
    where it cannot be written.
    """
    path, shown = folder / FILE_NAME, _shown(title_id)
    with locked(folder):
        known = read_waivers(folder, root, title_id)
        text = path.read_bytes().decode() if path.exists() else _HEAD
        with prepared(path, _edited(text, known, granted, shown)) as incoming:
            if _said(_read(incoming, shown)) != _said(known) | _said(granted):
                raise InputError(_unusual(shown))
            incoming.replace(path)
        sync_folder(folder)


def _edited(text: str, known: Sequence[Waiver], granted: Iterable[Waiver], shown: str) -> str:
    places = {(item.fingerprint, item.platform): number for number, item in enumerate(known)}
    additions: list[Addition] = []
    for item in granted:
        values = _values(item)
        number = places.get((item.fingerprint, item.platform))
        if number is None:
            additions.append(Entry(_KEY, values))
        else:
            additions += [Value((_KEY, number, key), values[key]) for key in values]
    try:
        return edited(text, additions)
    except InputError:  # which speaks of a title.toml
        raise InputError(_unusual(shown)) from None


def _unusual(shown: str) -> Fault:
    return Fault(shown, "", "is laid out so that nothing can be added to it", "[[waivers]] tables at its end")


def _values(item: Waiver) -> dict[str, str | int | date]:
    values: dict[str, str | int | date] = {"fingerprint": item.fingerprint, "check": item.check}
    if item.asset:
        values["asset"] = item.asset
    values |= {"reason": item.reason, "by": item.by, "granted": item.granted, "until": item.until or "open"}
    return values | ({"platform": item.platform} if item.platform else {})


def _said(waivers: Iterable[Waiver]) -> dict[tuple[str, str], tuple[object, ...]]:
    return {
        (item.fingerprint, item.platform): (item.check, item.asset, item.reason, item.by, item.granted, item.until)
        for item in waivers
    }

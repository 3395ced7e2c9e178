"""title.toml -> Title. Every fault at once, each with file, line, key, what is wrong and what is allowed."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, ConfigDict, Field, PlainValidator, model_validator

from assets import paths, rights, territory
from assets.errors import Fault, InputError
from assets.ids import ID_RULE, an_id, is_id, media_right
from assets.timing import Time, from_seconds
from assets.title import (
    ArtworkDeclaration,
    AssetFile,
    Audience,
    AudioDeclaration,
    Kind,
    Programme,
    SubtitleDeclaration,
    Title,
    Version,
)
from assets.tomlfile import KeyFaultError, Location, TomlFile
from assets.tomlfile import Record as AnyRecord

FILE_NAME = "title.toml"
FIRST_YEAR, LAST_YEAR = 1888, 9998
"""The years that instants may have: with room for any time zone on both sides."""
_FORMAT = re.compile(r"^(\d{1,4}) x (\d{1,4})$")
_RUNTIME = re.compile(r"^(\d{1,2}):([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?$")


def _format(text: str) -> str:
    if not _FORMAT.match(text):
        raise ValueError(f"{text!r} is no format; episodes and minutes, such as '1 x 84'")
    if "0" in {part.lstrip("0") or "0" for part in text.split(" x ")}:
        raise ValueError(f"{text!r} has no length; at least '1 x 1'")
    return text


def _runtime(text: str) -> str:
    if not _RUNTIME.match(text):
        raise ValueError(f"{text!r} is no duration; HH:MM:SS or HH:MM:SS.mmm, such as '01:24:00'")
    return text


def _territory(text: str) -> str:
    if wrong := territory.problem(text):
        raise ValueError(wrong)
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{text!r} is no time zone; an IANA name such as 'Asia/Seoul' or 'UTC'") from None
    return text


def _date(value: object) -> datetime | date:
    if not isinstance(value, date):  # a datetime is one, too; pydantic takes a ValueError only
        raise ValueError(  # noqa: TRY004
            f"{value!r} is no date; 2026-12-01, or 2026-12-01T09:00:00+09:00, without quotes"
        )
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f'the year {value.year} is out of range; {FIRST_YEAR} to {LAST_YEAR}, or "open"')
    return value


def _date_or_open(value: object) -> datetime | date | str:
    return "open" if value == "open" else _date(value)


def _languages(value: object) -> list[str] | str:
    tags = value if isinstance(value, list) else []
    if value != "all" and not (tags and all(isinstance(tag, str) and tag.strip() for tag in tags)):
        raise ValueError(f'{value!r} names no languages; "all", or a list such as ["ko", "en"]')
    return "all" if value == "all" else [tag.strip() for tag in tags]


def _path(text: str) -> str:
    if wrong := paths.problem(text):
        raise ValueError(wrong)
    return unicodedata.normalize("NFC", text)


Id = Annotated[str, AfterValidator(an_id)]
RelativePath = Annotated[str, AfterValidator(_path)]
Duration = Annotated[str, AfterValidator(_runtime)]
Text = Annotated[str, Field(min_length=1)]


class Record(AnyRecord):
    """A table of title.toml: TOML has the types it needs, so that no text is taken for a number or a date."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)


class AudioRecord(Record):
    """One `[[versions.audio]]` table."""

    language: Text
    layout: Text = "stereo"
    stream: Annotated[int, Field(ge=0)] = 0
    file: RelativePath | None = None


class SubtitleRecord(Record):
    """One `[[versions.subtitles]]` table."""

    file: RelativePath
    language: Text
    kind: Literal["full", "forced", "sdh", "template", "marketing"] = "full"


class VersionRecord(Record):
    """One `[[versions]]` table."""

    id: Id
    language: Text
    master: RelativePath | None = None
    audio: list[AudioRecord] = []
    subtitles: list[SubtitleRecord] = []


class ArtworkRecord(Record):
    """One `[[artwork]]` table."""

    file: RelativePath
    kind: Id
    language: Text | None = None


class WindowRecord(Record):
    """One `[[windows]]` table; a bare date is midnight in `zone`, `end` is the first instant without the right."""

    id: Id
    right: Annotated[str, AfterValidator(media_right)]
    territories: Annotated[list[Annotated[str, AfterValidator(_territory)]], Field(min_length=1)]
    excluding: list[Annotated[str, AfterValidator(_territory)]] = []
    start: Annotated[datetime | date, PlainValidator(_date)]
    end: Annotated[datetime | date | str, PlainValidator(_date_or_open)]
    zone: Annotated[str, AfterValidator(_zone)]
    languages: Annotated[list[str] | str, PlainValidator(_languages)]
    exclusive: bool = False

    @model_validator(mode="after")
    def _fits(self) -> "WindowRecord":
        zone = ZoneInfo(self.zone)
        start = _instant(self.start, zone)
        if self.end != "open" and (end := _instant(self.end, zone)) <= start:
            raise KeyFaultError("end", f"ends at {end.isoformat()}; later than its start, {start.isoformat()}")
        if not territory.expand(self.territories, self.excluding):
            raise KeyFaultError("excluding", "excludes every territory; at least one territory must be left")
        return self


Named = TypeVar("Named", VersionRecord, WindowRecord)


def _unique(records: list[Named]) -> list[Named]:
    ids = [record.id for record in records]
    for number, name in enumerate(ids):
        if name in ids[:number]:
            raise KeyFaultError((number, "id"), f"{name!r} is used twice; each id once")
    return records


class TitleRecord(Record):
    """The whole of a title.toml."""

    names: Annotated[dict[str, Text], Field(min_length=1)]
    original_language: Text
    format: Annotated[str, AfterValidator(_format)]
    runtime: Duration
    runtime_tolerance: Duration = "00:00:01"
    production_year: Annotated[int, Field(ge=1888, le=2200)]
    release_date: date | None = None
    supplier: str = ""
    production_companies: list[Text] = []
    genres: list[Text] = []
    audience: Literal["adult", "children"] = "adult"
    synopses: dict[str, Text] = {}
    identifiers: dict[str, Text] = {}
    versions: Annotated[list[VersionRecord], AfterValidator(_unique)] = []
    artwork: list[ArtworkRecord] = []
    windows: Annotated[list[WindowRecord], AfterValidator(_unique)] = []


def read_title(path: Path, root: Path, shown: str | None = None) -> Title:
    """The title that a title.toml describes; its files must lie below `root`. Raises InputError with every fault."""
    file = TomlFile(path, shown)
    record = file.parse(TitleRecord)
    return _Builder(file, record, path.parent, root).title()


class _Builder:
    """Turns a valid record into a Title, collecting the faults that only show across keys."""

    def __init__(self, file: TomlFile, record: TitleRecord, folder: Path, root: Path) -> None:
        self.file, self.record, self.folder, self.root = file, record, folder, root
        self.faults: list[tuple[int, Fault]] = []

    def title(self) -> Title:
        record = self.record
        title_id = unicodedata.normalize("NFC", self.folder.name)
        if not is_id(title_id):
            self._fault((), f"the folder name {title_id!r} is no id", ID_RULE)
        title = Title(
            id=title_id,
            folder=self.folder,
            names=dict(record.names),
            programme=self._programme(),
            synopses=dict(record.synopses),
            identifiers=dict(record.identifiers),
            versions=tuple(self._version(number, item) for number, item in enumerate(record.versions)),
            artwork=tuple(self._artwork(number, item) for number, item in enumerate(record.artwork)),
            windows=tuple(self._windows()),
        )
        if self.faults:
            raise InputError(*(fault for _, fault in sorted(self.faults, key=lambda pair: pair[0])))
        return title

    def _fault(self, location: Location, wrong: str, allowed: str = "") -> None:
        self.faults.append((self.file.line(location) or 0, self.file.fault(location, wrong, allowed)))

    def _programme(self) -> Programme:
        record = self.record
        episodes, minutes = (int(number) for number in record.format.split(" x "))
        return Programme(
            episodes=episodes,
            minutes=minutes,
            runtime=_ticks(record.runtime),
            runtime_tolerance=_ticks(record.runtime_tolerance),
            production_year=record.production_year,
            original_language=record.original_language,
            release_date=record.release_date,
            supplier=record.supplier,
            production_companies=tuple(record.production_companies),
            genres=tuple(record.genres),
            audience=Audience(record.audience),
        )

    def _asset(self, location: Location, name: str) -> AssetFile:
        path = paths.find(self.folder, name)
        if not paths.stays_inside(path, self.root):
            self._fault(
                location, f"{name!r} is a link that leaves the catalogue, or leads nowhere", "files below the catalogue"
            )
        line = self.file.line(location)
        return AssetFile(name, path, f"{self.file.shown}:{line}" if line else self.file.shown)

    def _version(self, number: int, record: VersionRecord) -> Version:
        at: Location = ("versions", number)
        return Version(
            id=record.id,
            language=record.language,
            master=self._asset((*at, "master"), record.master) if record.master else None,
            audio=tuple(
                AudioDeclaration(
                    item.language,
                    item.layout,
                    item.stream,
                    self._asset((*at, "audio", index, "file"), item.file) if item.file else None,
                )
                for index, item in enumerate(record.audio)
            ),
            subtitles=tuple(
                SubtitleDeclaration(
                    self._asset((*at, "subtitles", index, "file"), item.file), item.language, Kind(item.kind)
                )
                for index, item in enumerate(record.subtitles)
            ),
        )

    def _artwork(self, number: int, record: ArtworkRecord) -> ArtworkDeclaration:
        return ArtworkDeclaration(self._asset(("artwork", number, "file"), record.file), record.kind, record.language)

    def _windows(self) -> Iterator[rights.RightsWindow]:
        for number, record in enumerate(self.record.windows):
            at: Location = ("windows", number)
            zone = ZoneInfo(record.zone)
            start = _instant(record.start, zone)
            end = None if record.end == "open" else _instant(record.end, zone)
            codes = territory.expand(record.territories, record.excluding)
            yield rights.RightsWindow(
                id=record.id,
                right=record.right,
                territories=codes,
                start=start,
                end=end,
                zone=record.zone,
                languages=None if record.languages == "all" else frozenset(record.languages),
                exclusive=record.exclusive,
                place=f"{self.file.shown}:{self.file.line(at) or 1}",
            )


def _ticks(text: str) -> Time:
    match = _RUNTIME.match(text)
    if match is None:
        return 0
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3])
    return from_seconds(seconds + Fraction(int((match[4] or "0").ljust(3, "0")), 1000))


def _instant(value: datetime | date | str, zone: tzinfo) -> datetime:
    """A TOML date or datetime as an instant; what has no offset is local to `zone`."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), tzinfo=zone)
    raise TypeError(value)

"""title.toml -> Title. Every fault at once, each with file, line, key, what is wrong and what is allowed."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from assets import paths, rights, territory
from assets.errors import Fault, InputError
from assets.timing import Time, from_seconds
from assets.title import (
    ArtworkDeclaration,
    AssetFile,
    AudioDeclaration,
    Kind,
    Programme,
    SubtitleDeclaration,
    Title,
    Version,
)
from assets.tomlfile import Location, Record, TomlFile

FILE_NAME = "title.toml"
ID_RULE = "lower-case letters, digits and hyphens"

_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_FORMAT = re.compile(r"^(\d{1,4}) x (\d{1,4})$")
_RUNTIME = re.compile(r"^(\d{1,2}):([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?$")


def is_id(text: str) -> bool:
    """Whether a text may be the id of a title, version, window or platform."""
    return bool(_ID.match(text))


def _id(text: str) -> str:
    if not is_id(text):
        raise ValueError(f"{text!r} is no id; {ID_RULE}")
    return text


def _format(text: str) -> str:
    if not _FORMAT.match(text):
        raise ValueError(f"{text!r} is no format; episodes and minutes, such as '1 x 84'")
    return text


def _runtime(text: str) -> str:
    if not _RUNTIME.match(text):
        raise ValueError(f"{text!r} is no duration; HH:MM:SS or HH:MM:SS.mmm, such as '01:24:00'")
    return text


def _territory(text: str) -> str:
    if wrong := territory.problem(text):
        raise ValueError(wrong)
    return text


def _right(text: str) -> str:
    if text not in rights.media_rights():
        raise ValueError(f"{text!r} is no media right; {', '.join(rights.media_rights())}")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{text!r} is no time zone; an IANA name such as 'Asia/Seoul' or 'UTC'") from None
    return text


def _path(text: str) -> str:
    if wrong := paths.problem(text):
        raise ValueError(wrong)
    return unicodedata.normalize("NFC", text)


Id = Annotated[str, AfterValidator(_id)]
RelativePath = Annotated[str, AfterValidator(_path)]
Duration = Annotated[str, AfterValidator(_runtime)]
Text = Annotated[str, Field(min_length=1)]


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
    kind: Literal["full", "forced", "sdh"] = "full"


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
    right: Annotated[str, AfterValidator(_right)]
    territories: Annotated[list[Annotated[str, AfterValidator(_territory)]], Field(min_length=1)]
    excluding: list[Annotated[str, AfterValidator(_territory)]] = []
    start: datetime | date
    end: datetime | date | Literal["open"]
    zone: Annotated[str, AfterValidator(_zone)]
    languages: Annotated[list[Text], Field(min_length=1)] | Literal["all"] = "all"
    exclusive: bool = False


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
    synopses: dict[str, Text] = {}
    identifiers: dict[str, Text] = {}
    versions: list[VersionRecord] = []
    artwork: list[ArtworkRecord] = []
    windows: list[WindowRecord] = []


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
        self._unique("versions", [item.id for item in record.versions])
        self._unique("windows", [item.id for item in record.windows])
        if self.faults:
            raise InputError(*(fault for _, fault in sorted(self.faults, key=lambda pair: pair[0])))
        return title

    def _fault(self, location: Location, wrong: str, allowed: str = "") -> None:
        self.faults.append((self.file.line(location) or 0, self.file.fault(location, wrong, allowed)))

    def _unique(self, key: str, ids: list[str]) -> None:
        for number, name in enumerate(ids):
            if name in ids[:number]:
                self._fault((key, number, "id"), f"{name!r} is used twice", "each id once")

    def _programme(self) -> Programme:
        record = self.record
        match = _FORMAT.match(record.format)
        episodes, minutes = (int(match[1]), int(match[2])) if match else (0, 0)
        if not episodes or not minutes:
            self._fault(("format",), f"{record.format!r} has no length", "at least '1 x 1'")
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
        )

    def _asset(self, location: Location, name: str) -> AssetFile:
        path = paths.find(self.folder, name)
        if not paths.stays_inside(path, self.root):
            self._fault(location, f"{name!r} is a link that leaves the catalogue", "files below the catalogue")
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
            if end is not None and end <= start:
                self._fault((*at, "end"), f"ends at {end.isoformat()}", f"later than its start, {start.isoformat()}")
            codes = territory.expand(record.territories, record.excluding)
            if not codes:
                self._fault((*at, "excluding"), "excludes every territory", "at least one territory must be left")
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

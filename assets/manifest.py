"""title.toml -> Title. Every fault at once, each with file, line, key, what is wrong and what is allowed."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from assets import away, paths, rights, waiver_records
from assets.digest import sha256_bytes, sha256_file
from assets.errors import Fault, InputError
from assets.ids import ID_RULE, is_id
from assets.metadata import Award, Credit, OtherName, PressQuote, Rating, Release
from assets.metadata_records import DocumentRecord
from assets.rights import reading as rights_reading
from assets.rights.delivery_windows import doubts_of, windows_of
from assets.rights.model import TitleRights
from assets.rights.own_windows import with_own_windows
from assets.stems import StemKind
from assets.title import (
    ArtworkDeclaration,
    AssetFile,
    Audience,
    AudioDeclaration,
    DocumentDeclaration,
    Kind,
    Programme,
    StemDeclaration,
    SubtitleDeclaration,
    Title,
    Version,
)
from assets.title_records import ArtworkRecord, StemRecord, TitleRecord, VersionRecord, ticks
from assets.tomlfile import Location, TomlFile
from assets.web_address import is_address
from assets.window_records import window_of

FILE_NAME = "title.toml"


def read_title(path: Path, root: Path, shown: str | None = None) -> Title:
    """The title that a title.toml describes; its files must lie below `root`. Raises InputError with every fault.

    A rights.toml and a waivers.toml beside it are read with it.
    """
    file = TomlFile(path, shown)
    record = file.parse(TitleRecord)
    title = _Builder(file, record, path.parent, root).title()
    beside = rights_reading.open_rights(title.folder, root, _beside(file.shown))
    about = rights_reading.About(title.id, title.releases, tuple(window.id for window in title.windows))
    agreed = rights_reading.read_rights(beside, about) if beside else TitleRights(title.id)
    doubts = (*doubts_of(zip(title.windows, record.windows, strict=True)), *agreed.doubts)
    return replace(
        title,
        windows=(*title.windows, *windows_of(agreed.licences)),
        rights=with_own_windows(replace(agreed, doubts=doubts), title.windows),
        waivers=waiver_records.read_waivers(title.folder, root, title.id),
        sha256=_digest(file.sha256, beside.sha256 if beside else "", waiver_records.digest_in(title.folder)),
    )


def _beside(shown: str) -> str:
    """The rights.toml beside a title.toml, as it is shown."""
    return PurePath(shown).with_name(rights_reading.FILE_NAME).as_posix()


def declared_digest(folder: Path) -> str:
    """The digest of what declares a title, as `Title.sha256` has it. Raises OSError."""
    beside = folder / rights_reading.FILE_NAME
    agreed = sha256_file(beside) if beside.exists() else ""
    return _digest(sha256_file(folder / FILE_NAME), agreed, waiver_records.digest_in(folder))


def _digest(title: str, *beside: str) -> str:
    """One digest of the files; that of title.toml where it stands alone. `beside` are those of the others, or empty."""
    return sha256_bytes(" ".join((title, *beside)).encode()) if any(beside) else title


class _Builder:
    """Turns a valid record into a Title, collecting the faults that only show across keys."""

    def __init__(self, file: TomlFile, record: TitleRecord, folder: Path, root: Path) -> None:
        self.file, self.record, self.folder, self.root = file, record, folder, root
        self.faults: list[tuple[int, Fault]] = []
        self.away = away.read_away(folder, folder.name)
        self.newest_away = away.newest(self.away)

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
            short_synopses=dict(record.short_synopses),
            identifiers=dict(record.identifiers),
            versions=tuple(self._version(number, item) for number, item in enumerate(record.versions)),
            artwork=tuple(self._artwork(number, item) for number, item in enumerate(record.artwork)),
            documents=tuple(self._document(number, item) for number, item in enumerate(record.documents)),
            other_names=tuple(OtherName(item.text, item.language, item.kind) for item in record.other_names),
            ratings=tuple(
                Rating(item.territory, item.system, item.value, tuple(item.reasons)) for item in record.ratings
            ),
            releases=tuple(Release(item.territory, item.date, item.kind) for item in record.releases),
            credits=tuple(Credit(item.name, item.role) for item in record.credits),
            awards=tuple(Award(item.name, item.year, item.category, item.result) for item in record.awards),
            press=tuple(PressQuote(item.quote, item.source, item.language, item.url or "") for item in record.press),
            trailer=self._trailer(record.trailer),
            windows=tuple(self._windows()),
            sha256=self.file.sha256,
            away=self.away,
        )
        if self.faults:
            raise InputError(*(fault for _, fault in sorted(self.faults, key=lambda pair: pair[0])))
        return title

    def _fault(self, location: Location, wrong: str, allowed: str = "") -> None:
        self.faults.append((self.file.line(location) or 0, self.file.fault(location, wrong, allowed)))

    def _programme(self) -> Programme:
        record = self.record
        episodes, minutes = (int(number) for number in (record.format or "1 x 0").split(" x "))
        return Programme(
            episodes=episodes,
            minutes=minutes,
            runtime=ticks(record.runtime or ""),
            runtime_tolerance=ticks(record.runtime_tolerance),
            production_year=record.production_year,
            original_language=record.original_language,
            release_date=record.release_date,
            supplier=record.supplier,
            production_companies=tuple(record.production_companies),
            production_countries=tuple(record.production_countries),
            genres=tuple(record.genres),
            audience=Audience(record.audience),
        )

    def _trailer(self, said: str | None) -> AssetFile | str | None:
        return said if said is None or is_address(said) else self._asset(("trailer",), said)

    def _asset(self, location: Location, name: str) -> AssetFile:
        path = paths.find(self.folder, name)
        if not paths.stays_inside(path, self.root):
            self._fault(
                location, f"{name!r} is a link that leaves the catalogue, or leads nowhere", "files below the catalogue"
            )
        line = self.file.line(location)
        place = f"{self.file.shown}:{line}" if line else self.file.shown
        return AssetFile(name, path, place, self.newest_away.get(name))

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
            stems=tuple(self._stem((*at, "stems", index), item) for index, item in enumerate(record.stems)),
            identifiers=dict(record.identifiers),
        )

    def _stem(self, at: Location, record: StemRecord) -> StemDeclaration:
        file = self._asset((*at, "file"), record.file)
        return StemDeclaration(file, StemKind(record.kind), record.layout, record.language, record.channel or "")

    def _artwork(self, number: int, record: ArtworkRecord) -> ArtworkDeclaration:
        return ArtworkDeclaration(self._asset(("artwork", number, "file"), record.file), record.kind, record.language)

    def _document(self, number: int, record: DocumentRecord) -> DocumentDeclaration:
        file = self._asset(("documents", number, "file"), record.file)
        return DocumentDeclaration(file, record.kind, record.language)

    def _windows(self) -> Iterator[rights.RightsWindow]:
        for number, record in enumerate(self.record.windows):
            at: Location = ("windows", number)
            yield window_of(record, f"{self.file.shown}:{self.file.line(at) or 1}")

"""The tables of a title.toml: which keys there are, of which types, and what their values may be."""

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, model_validator

from assets.metadata_records import (
    AwardRecord,
    CreditRecord,
    DocumentRecord,
    Film,
    OtherNameRecord,
    PressRecord,
    RatingRecord,
    ReleaseRecord,
)
from assets.record_values import Id, OneTerritory, Record, RelativePath, Text
from assets.sounds import MONO
from assets.stems import WITHOUT_LANGUAGE, StemKind
from assets.timing import Time, from_seconds
from assets.tomlfile import KeyFaultError
from assets.window_records import WindowRecord

_FORMAT = re.compile(r"^(\d{1,4}) x (\d{1,4})$")
RUNTIME_FORM = re.compile(r"^(\d{1,2}):([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?$")


def _format(text: str) -> str:
    if not _FORMAT.match(text):
        raise ValueError(f"{text!r} is no format; episodes and minutes, such as '1 x 84'")
    if "0" in {part.lstrip("0") or "0" for part in text.split(" x ")}:
        raise ValueError(f"{text!r} has no length; at least '1 x 1'")
    return text


def _runtime(text: str) -> str:
    if not RUNTIME_FORM.match(text):
        raise ValueError(f"{text!r} is no duration; HH:MM:SS or HH:MM:SS.mmm, such as '01:24:00'")
    return text


Duration = Annotated[str, AfterValidator(_runtime)]


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


class StemRecord(Record):
    """One `[[versions.stems]]` table; `channel` is for a file of one channel, of a layout that several files make."""

    file: RelativePath
    kind: Literal["music-and-effects", "dialogue", "narration", "music", "effects", "mix-minus", "mix"]
    layout: Text
    language: Text = WITHOUT_LANGUAGE
    channel: Literal["L", "R", "C", "LFE", "Ls", "Rs"] | None = None

    @model_validator(mode="after")
    def _speaks(self) -> "StemRecord":
        if StemKind(self.kind).is_spoken and self.language == WITHOUT_LANGUAGE:
            raise KeyFaultError("language", f"is missing for a stem of {self.kind}; the language that is spoken")
        if self.channel is not None and self.layout != MONO:
            raise KeyFaultError("channel", f"{self.channel} of a file in {self.layout}; only of one in {MONO}")
        return self


class VersionRecord(Record):
    """One `[[versions]]` table."""

    id: Id
    language: Text
    master: RelativePath | None = None
    identifiers: dict[str, Text] = {}
    audio: list[AudioRecord] = []
    subtitles: list[SubtitleRecord] = []
    stems: list[StemRecord] = []


class ArtworkRecord(Record):
    """One `[[artwork]]` table."""

    file: RelativePath
    kind: Id
    language: Text | None = None


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
    format: Annotated[str, AfterValidator(_format)] | None = None
    runtime: Duration | None = None
    runtime_tolerance: Duration = "00:00:01"
    production_year: Annotated[int, Field(ge=1888, le=2200)]
    release_date: date | None = None
    supplier: str = ""
    production_companies: list[Text] = []
    production_countries: list[OneTerritory] = []
    genres: list[Text] = []
    audience: Literal["adult", "children"] = "adult"
    synopses: dict[str, Text] = {}
    short_synopses: dict[str, Text] = {}
    identifiers: dict[str, Text] = {}
    other_names: list[OtherNameRecord] = []
    ratings: list[RatingRecord] = []
    releases: list[ReleaseRecord] = []
    credits: list[CreditRecord] = []
    awards: list[AwardRecord] = []
    press: list[PressRecord] = []
    trailer: Film | None = None
    documents: list[DocumentRecord] = []
    versions: Annotated[list[VersionRecord], AfterValidator(_unique)] = []
    artwork: list[ArtworkRecord] = []
    windows: Annotated[list[WindowRecord], AfterValidator(_unique)] = []


def ticks(text: str) -> Time:
    """A duration, such as `01:24:00.500`, as ticks."""
    match = RUNTIME_FORM.match(text)
    if match is None:
        return 0
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3])
    return from_seconds(seconds + Fraction(int((match[4] or "0").ljust(3, "0")), 1000))

"""One line of Avails, neutral between sheet and XML: one licence to one work in one format."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import NamedTuple

from assets.errors import Fault

ASSETS = ("subtitle", "audio", "subdub")
"""What a language may be limited to: subtitles, sound, or both; without such a word it is limited to nothing."""


class LanguageUse(NamedTuple):
    """A language tag as it was written, and what carries it: one of ASSETS, or nothing."""

    tag: str
    asset: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A start or an end: a bare date, a date and time with or without offset, or a condition such as `Open`.

    `lag` is how long after the condition, as a duration of ISO 8601. A time of 00:00:00 without an offset is the bare
    date: both formats write the one for the other.
    """

    at: date | datetime | None = None
    condition: str = ""
    lag: str = ""

    def __bool__(self) -> bool:
        return self.at is not None or bool(self.condition)

    @property
    def instant(self) -> datetime | None:
        """The instant, if an offset says which it is."""
        return self.at if isinstance(self.at, datetime) and self.at.tzinfo is not None else None


NEVER = When()
"""What was not said."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one line says; the names of its fields are those of Avails in the words of this project.

    Texts are as they were written. Durations are of ISO 8601. `other` has the columns that have no field, by name.
    """

    place: str = field(default="", compare=False)
    licensor: str = ""
    licensee: str = ""
    service_provider: str = ""

    alid: str = ""
    avail_id: str = ""
    content_id: str = ""
    edit_id: str = ""
    title_id: str = ""
    alt_id: str = ""
    reporting_id: str = ""
    contract_id: str = ""
    bundled: tuple[str, ...] = ()

    entry_type: str = ""
    work_type: str = ""
    avail_type: str = ""
    short_description: str = ""
    title: str = ""
    display_title: str = ""
    localization: str = ""
    company_credit: str = ""
    release_year: str = ""
    release_original: When = NEVER
    release_video: When = NEVER
    run_time: str = ""
    rating_system: str = ""
    rating_value: str = ""
    rating_reason: str = ""
    caption_included: bool | None = None
    caption_exemption: str = ""

    license_type: str = ""
    rights_description: str = ""
    description: str = ""
    territories: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    start: When = NEVER
    end: When = NEVER
    window_duration: str = ""
    allowed: tuple[LanguageUse, ...] = ()
    holdback: tuple[LanguageUse, ...] = ()
    asset_languages: tuple[LanguageUse, ...] = ()
    required: tuple[LanguageUse, ...] = ()
    format_profile: str = ""
    hdr: str = ""
    wcg: str = ""
    hfr: str = ""
    audio: str = ""

    price_type: str = ""
    price_value: str = ""
    currency: str = ""
    srp: str = ""
    announce: When = NEVER
    suppress_until: When = NEVER
    preorder_fulfil: When = NEVER
    rental: str = ""
    watch: str = ""
    title_status: str = ""
    exclusive: bool | None = None
    exclusive_attributes: str = ""
    branding: bool | None = None
    branding_attributes: str = ""
    download: str = ""
    instructions: str = ""
    exception: bool | None = None

    other: tuple[tuple[str, str], ...] = ()


FIELDS = frozenset(item.name for item in fields(Row))


@dataclass(frozen=True, slots=True)
class Avails:
    """A file of Avails: its rows, what of it could not be read, and what a person should know of how it was read.

    `columns` are the letters of the columns of a sheet, by their names.
    """

    shown: str
    version: str
    rows: tuple[Row, ...]
    is_xml: bool = False
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that no schema sees: `rule` names it, `is_error` says whether the row may be used all the same."""

    rule: str
    place: str
    wrong: str
    allowed: str = ""
    is_error: bool = True

    def fault(self, shown: str) -> Fault:
        """The finding as a fault of the file that is shown so."""
        return Fault(shown, self.place, self.wrong, self.allowed)

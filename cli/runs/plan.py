"""PLAN.toml: what a run does, step by step, and where."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal, Self

import click
from pydantic import AfterValidator, ConfigDict, Field, PlainValidator, model_validator

from assets import territory
from assets.errors import UsageError
from assets.ids import an_id
from assets.record_values import a_moment
from assets.tomlfile import KeyFaultError, Record, TomlFile
from cli.after_options import RIGHTS
from cli.options import Rate

Kind = Literal["check", "deliver", "release", "expire", "redeliver"]

OPTIONS: dict[str, tuple[str, ...]] = {
    "check": ("titles", "platform", "territory", "at", "quick"),
    "deliver": ("titles", "platform", "territory", "window", "at", "not_before", "to", "limit"),
    "release": ("titles", "in", "who"),
    "expire": ("titles", "platform", "at", "write", "in", "who"),
    "redeliver": ("titles", "platform", "window", "not_before", "to"),
}
"""The keys that a step of a kind may have: the options of the command of that name."""

NEEDED: dict[str, tuple[str, ...]] = {"deliver": ("territory",), "redeliver": ("titles",)}
"""Those that it must have."""

MOST_STEPS = 1000


def _line(text: str) -> str:
    if not text or any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in text):
        raise ValueError(f"{text!r} is empty, or has control or invisible characters; a text of one line")
    return text


def _place(text: str) -> str:
    if ".." in PurePosixPath(_line(text)).parts:
        raise ValueError(f"{text!r} leads upwards; a folder below that of the plan, or one from / on")
    return text


def _territories(text: object) -> frozenset[str]:
    if not isinstance(text, str):
        raise ValueError(f"{text!r} is no text; such as 'KR,JP' or 'worldwide-KR'")  # noqa: TRY004 -- pydantic's
    try:
        return territory.parse(text)
    except UsageError as error:
        raise ValueError(str(error)) from None


def _rate(text: object) -> int:
    try:
        return Rate().convert(text if isinstance(text, str) else repr(text), None, None)
    except click.BadParameter as error:
        raise ValueError(error.message) from None


def _instant(value: object) -> datetime:
    found = a_moment(value)
    if not isinstance(found, datetime):
        found = datetime.combine(found, datetime.min.time())
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _instant_or_rights(value: object) -> datetime | str:
    if isinstance(value, date):
        return _instant(value)
    if value == RIGHTS:
        return RIGHTS
    raise ValueError(f'{value!r} is no date; 2026-12-01 without quotes, or "{RIGHTS}"')


Id = Annotated[str, AfterValidator(an_id)]
Line = Annotated[str, AfterValidator(_line)]
Instant = Annotated[datetime, PlainValidator(_instant)]


class _Strict(Record):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Defaults(_Strict):
    """What holds where a step says nothing else. A relative `catalogue` is below the plan's folder."""

    catalogue: Annotated[str, AfterValidator(_place)] | None = None
    platform: Line | None = None
    store: Line | None = None


class Step(_Strict):
    """One `[[steps]]` table: a command, and its options by their names. A date without a time is midnight UTC."""

    do: Kind
    titles: tuple[Id, ...] = Field(default=(), strict=False)
    platform: Line | None = None
    territory: Annotated[frozenset[str], PlainValidator(_territories)] | None = None
    window: Id | None = None
    at: Instant | None = None
    not_before: Annotated[datetime | str, PlainValidator(_instant_or_rights)] | None = None
    to: Line | None = None
    limit: Annotated[int, PlainValidator(_rate)] | None = None
    in_: Line | None = Field(default=None, alias="in")
    who: Line | None = None
    quick: bool = False
    write: bool = False

    @property
    def store(self) -> str | None:
        """The store that the step names."""
        return self.to or self.in_

    @model_validator(mode="after")
    def _has_its_options(self) -> Self:
        said = {type(self).model_fields[name].alias or name for name in self.model_fields_set} - {"do"}
        known = OPTIONS[self.do]
        for key in sorted(said.difference(known)):
            raise KeyFaultError(key, f"is no option of `{self.do}`; known: {', '.join(known)}")
        for key in NEEDED.get(self.do, ()):
            if not getattr(self, key):
                raise KeyFaultError(key, f"missing; `{self.do}` needs it")
        return self


class Steps(_Strict):
    """The whole of a PLAN.toml."""

    defaults: Defaults = Defaults()
    steps: tuple[Step, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _has_some(self) -> Self:
        if not 1 <= len(self.steps) <= MOST_STEPS:
            raise KeyFaultError("steps", f"there are {len(self.steps)}; 1 to {MOST_STEPS} [[steps]]")
        return self


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, and the file that it was read from, which knows the line of each of its keys."""

    file: TomlFile
    said: Steps

    @property
    def catalogue(self) -> Path | None:
        """The folder of the catalogue, if the plan names one."""
        named = self.said.defaults.catalogue
        return None if named is None else self.file.path.parent / named


def read(path: Path) -> Plan:
    """Read a plan. Raises InputError with every fault."""
    file = TomlFile(path)
    return Plan(file, file.parse(Steps))

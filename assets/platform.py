"""A platform's format spec as data: which checks, their limits, severities, and why.

The tool ships one generic platform per media right (platforms/<id>.toml); a catalogue's own platforms/<id>.toml joins
them or replaces one. A platform may extend one base; a base may not have one itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from assets.conditions import Condition
from assets.errors import Fault, InputError, UsageError
from assets.ids import ID_RULE, is_id, media_right
from assets.nearest import did_you_mean
from assets.package_settings import PackageRecord
from assets.tomlfile import KeyFaultError, Record, TomlFile

SHIPPED = Path(__file__).with_name("platforms")


class CaseRecord(BaseModel):
    """One `[[checks."family/name".when]]` table: a condition, and the limits (or severity, source) that it replaces."""

    model_config = ConfigDict(extra="allow", frozen=True)

    condition: Annotated[Condition, Field(alias="if")]
    severity: Literal["error", "warning", "note"] | None = None
    source: Annotated[str, Field(min_length=1)] | None = None
    verified_on: date | None = None

    def limits(self) -> dict[str, Any]:
        """The keys that belong to the check."""
        return dict(self.model_extra or {})


class CheckRecord(BaseModel):
    """One `[checks."family/name"]` table: what every check has, and the limits of this one (validated by the check)."""

    model_config = ConfigDict(extra="allow", frozen=True)

    severity: Literal["error", "warning", "note", "off"]
    source: Annotated[str, Field(min_length=1)]
    verified_on: date
    reason: str = ""
    when: tuple[CaseRecord, ...] = ()

    @model_validator(mode="after")
    def _off_has_a_reason(self) -> "CheckRecord":
        if self.severity == "off" and not self.reason:
            raise KeyFaultError("reason", "missing; a check is switched off for a reason, and reports say it")
        return self

    def limits(self) -> dict[str, Any]:
        """The keys that belong to the check."""
        return dict(self.model_extra or {})


class LeadTimeRecord(Record):
    """The `[lead_time]` table: how many days before a window opens a package has to be there; dates are told by it."""

    days: Annotated[int, Field(ge=0, le=3650)]
    source: Annotated[str, Field(min_length=1)]
    verified_on: date


class PlatformRecord(Record):
    """The whole of a platform file."""

    name: Annotated[str, Field(min_length=1)]
    right: Annotated[str, AfterValidator(media_right)]
    revision: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    base: str | None = None
    package: PackageRecord = PackageRecord()
    lead_time: LeadTimeRecord | None = None
    checks: dict[str, CheckRecord] = {}


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """How a platform wants one check: `limits` are still plain data, the check's own model reads them.

    `file` is where the table stands, for an error about its limits. `cases` are the tables of `when`, in their order,
    each with the settings that hold if its condition does; `path` names a case's table in the file.
    """

    severity: str
    source: str
    verified_on: date
    reason: str
    limits: Mapping[str, Any]
    file: TomlFile
    cases: "tuple[tuple[Condition, CheckSettings], ...]" = ()
    path: tuple[str | int, ...] = ()

    def fault(self, name: str, key: str, wrong: str, allowed: str = "") -> Fault:
        """A fault at a limit of the check `name`."""
        return self.file.fault(("checks", name, *self.path, *((key,) if key else ())), wrong, allowed)


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: the right it delivers under, the form of its packages, and its checks by name.

    `off` are the checks that its file or its base has switched off, each with its reason. `lead_time` None: nothing is
    said of when it wants packages.
    """

    id: str
    name: str
    right: str
    revision: str
    source: str
    package: PackageRecord
    checks: Mapping[str, CheckSettings]
    off: Mapping[str, CheckSettings]
    origin: str
    lead_time: LeadTimeRecord | None = None


def available(own: Path | None = None) -> dict[str, Path]:
    """The platform files by id: the shipped ones, joined or replaced by those of the folder `own`."""
    files = {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}
    for path in sorted(own.glob("*.toml")) if own is not None else ():
        if not is_id(path.stem):
            raise InputError(Fault(f"platforms/{path.name}", "", f"{path.stem!r} is no id of a platform", ID_RULE))
        files[path.stem] = path
    return files


def load(platform_id: str, own: Path | None = None) -> Platform:
    """A platform by id. Raises UsageError if there is none, InputError if its file or its base is wrong."""
    files = available(own)
    if platform_id not in files:
        meant = did_you_mean(platform_id, files)
        raise UsageError(f"there is no platform {platform_id!r}; {meant}platforms: {', '.join(files)}")
    return load_file(files[platform_id], platform_id, own)


def load_file(path: Path, platform_id: str, own: Path | None = None) -> Platform:
    """The platform that a file describes, whatever it is called. Raises InputError."""
    files = available(own)
    file, record = _read(path, own)
    checks = {name: _settings(item, file) for name, item in record.checks.items()}
    package, lead_time = record.package, record.lead_time
    if record.base is not None:
        base_file, base = _base(file, record, files)
        inherited = {name: _settings(item, base_file) for name, item in base.checks.items()}
        checks = {name: _merge(inherited.get(name), checks.get(name)) for name in {**inherited, **checks}}
        package = package.over(base.package)
        lead_time = lead_time or base.lead_time
    active = {name: item for name, item in sorted(checks.items()) if item.severity != "off"}
    if not active:
        raise InputError(file.fault((), "no check is on", "at least one; a platform without checks passes everything"))
    return Platform(
        id=platform_id,
        name=record.name,
        right=record.right,
        revision=record.revision,
        source=record.source,
        package=package,
        checks=active,
        off={name: item for name, item in sorted(checks.items()) if item.severity == "off"},
        origin="shipped" if file.path.parent == SHIPPED else file.shown,
        lead_time=lead_time,
    )


def _read(path: Path, own: Path | None) -> tuple[TomlFile, PlatformRecord]:
    if own is not None and path.is_relative_to(own):
        shown = f"platforms/{path.relative_to(own).as_posix()}"
    else:
        shown = f"{path.name} (shipped)" if path.parent == SHIPPED else str(path)
    file = TomlFile(path, shown)
    return file, file.parse(PlatformRecord)


def _base(file: TomlFile, record: PlatformRecord, files: Mapping[str, Path]) -> tuple[TomlFile, PlatformRecord]:
    """The base of a platform. A file that replaces a shipped platform may extend the one it replaces.

    A shipped platform extends the shipped one of that name, whatever the catalogue has put in its place.
    """
    known = ", ".join(files)
    name = record.base or ""
    is_shipped = file.path.parent == SHIPPED or name == file.path.stem
    path = SHIPPED / f"{name}.toml" if is_shipped else files.get(name)
    if path is None or not path.is_file() or path == file.path:
        raise InputError(file.fault(("base",), f"there is no platform {name!r} to extend", f"platforms: {known}"))
    base_file, base = _read(path, path.parent if path.parent != SHIPPED else None)
    if base.base is not None:
        raise InputError(file.fault(("base",), f"{name!r} has a base itself", "one level; extend its base instead"))
    return base_file, base


def _settings(record: CheckRecord, file: TomlFile) -> CheckSettings:
    own = CheckSettings(record.severity, record.source, record.verified_on, record.reason, record.limits(), file)
    cases = tuple(
        (
            case.condition,
            replace(
                own,
                severity=case.severity or own.severity,
                source=case.source or own.source,
                verified_on=case.verified_on or own.verified_on,
                limits=case.limits(),
                path=("when", number),
            ),
        )
        for number, case in enumerate(record.when)
    )
    return replace(own, cases=cases)


def _merge(base: CheckSettings | None, own: CheckSettings | None) -> CheckSettings:
    """A platform's own table of a check replaces the limits it names and keeps the others of its base.

    The cases are one such thing: with a `when` of its own, none of its base's is left.
    """
    if base is None or own is None:
        return own or base  # type: ignore[return-value] # the name came from one of the two
    return replace(own, limits={**base.limits, **own.limits}, cases=own.cases or base.cases)

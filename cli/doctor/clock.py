"""The clock, by which rights windows open and close, and the list of time zones that they are declared in."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from cli.diagnosis import Answer, Question, fail, ok

ORDER = 30
_YEARS = (2026, 2100)
_ZONES = ("Asia/Seoul", "Asia/Tokyo", "America/Los_Angeles", "Europe/London", "UTC")


def probe(_: Question) -> Iterator[Answer]:
    """The year, and the zones that the trade's windows are declared in."""
    now = datetime.now(UTC)
    shown = now.isoformat(sep=" ", timespec="seconds")
    if _YEARS[0] <= now.year <= _YEARS[1]:
        yield ok("clock", shown)
    else:
        yield fail("clock", shown, "set the clock of this machine: rights windows open and close by it")
    lacking = [name for name in _ZONES if not _is_known(name)]
    if lacking:
        yield fail("time zones", f"there is no {', no '.join(lacking)}", "install the package tzdata anew")
    else:
        yield ok("time zones", versions())


def _is_known(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def versions() -> str:
    """Which lists of zones there are: the system's, which Python takes first, and that of the package."""
    system = next((found for path in zoneinfo.TZPATH if (found := _release(Path(path)))), "")
    try:
        package = f"package tzdata {metadata.version('tzdata')}"
    except metadata.PackageNotFoundError:
        package = ""
    return ", ".join(filter(None, (f"system {system}" if system else "", package))) or "of an unknown version"


def _release(folder: Path) -> str:
    """The release of a compiled list, such as `2026a`: it stands in the first line of tzdata.zi."""
    try:
        with (folder / "tzdata.zi").open(encoding="ascii", errors="replace") as file:
            first = file.readline(80)
    except OSError:
        return ""
    return first.removeprefix("# version ").strip() if first.startswith("# version ") else ""

"""What `platforms`, `checks`, `explain` and `packages` show."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from assets import rights
from assets.conditions import Condition
from assets.platform import CheckSettings, LeadTimeRecord, Platform
from checks.core import Check
from cli.render.words import SHORT_DIGEST, count_text, size_text, visible
from cli.terminal import console, linked, print_table, table_of
from storage.verify import Standing


def show_platforms(platforms: Iterable[Platform]) -> None:
    """One line a platform."""
    table = table_of(("id", "name", "media right", "revision", "checks", "subtitles as", "from"))
    names = rights.media_rights()
    for item in platforms:
        form = item.package.subtitle_format
        _row(table, item.id, item.name, names[item.right], item.revision, str(len(item.checks)), form, item.origin)
    console().print(table)


def show_platform(platform: Platform) -> None:
    """One platform with every check, its limits and where they come from."""
    screen = console()
    head = Text.assemble((visible(platform.name), "bold"), f" ({platform.id}), {rights.media_rights()[platform.right]}")
    screen.print(head, soft_wrap=True)
    origin = Text(visible(f"revision {platform.revision}, {platform.origin}; {platform.source}"))
    screen.print(linked(origin, screen), soft_wrap=True)
    if lead := platform.lead_time:
        screen.print(Text(visible(f"{lead_text(lead)}; {lead.source}")), soft_wrap=True)
    table = table_of(("check", "severity", "limits", "source", "verified"))
    for name, settings in platform.checks.items():
        source = settings.source + (f" ({settings.reason})" if settings.reason else "")
        _row(table, name, settings.severity, settings_text(settings), source, settings.verified_on.isoformat())
    screen.print(table)


def lead_text(lead: LeadTimeRecord) -> str:
    """When a platform wants its packages."""
    return f"packages are due {count_text(lead.days, 'day')} before a window opens"


def platform_data(platform: Platform) -> dict[str, Any]:
    """A platform as data for a machine."""
    return {
        "id": platform.id,
        "name": platform.name,
        "right": platform.right,
        "revision": platform.revision,
        "source": platform.source,
        "origin": platform.origin,
        "package": platform.package.model_dump(),
        "lead_time": platform.lead_time.model_dump(mode="json") if platform.lead_time else None,
        "checks": {name: _settings_data(settings) for name, settings in platform.checks.items()},
    }


def _settings_data(settings: CheckSettings) -> dict[str, Any]:
    return {
        "severity": settings.severity,
        "limits": dict(settings.limits),
        "source": settings.source,
        "verified_on": settings.verified_on.isoformat(),
        "reason": settings.reason,
        "when": [{"if": _condition_data(condition), **_settings_data(case)} for condition, case in settings.cases],
    }


def _condition_data(condition: Condition) -> dict[str, object]:
    return {
        key: [str(item) for item in value] if isinstance(value, tuple) else value
        for key, value in condition.keys().items()
    }


def settings_text(settings: CheckSettings) -> str:
    """The limits of a check and those of its cases, in words."""
    cases = [f"if {condition}: {_case_text(case, settings)}" for condition, case in settings.cases]
    return ". ".join(part for part in (limits_text(settings.limits), *cases) if part)


def _case_text(case: CheckSettings, usual: CheckSettings) -> str:
    """A case's limits, and its severity and source where they are not those of the table."""
    words = [limits_text(case.limits)]
    words += [case.severity] if case.severity != usual.severity else []
    words += [f"source: {case.source}"] if case.source != usual.source else []
    return "; ".join(part for part in words if part)


def limits_text(limits: Mapping[str, Any]) -> str:
    """Limits on one line: `max_cpl: ko 16, en 42`."""
    return "; ".join(f"{key}: {_value_text(value)}" for key, value in limits.items())


def _value_text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_value_text(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_value_text(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def show_checks(checks: Iterable[Check]) -> None:
    """One line a check: its name and the fault it finds."""
    table = table_of(("check", "judges", "finds"))
    for item in checks:
        _row(table, item.name, item.on.__name__, item.title)
    console().print(table)


def explain(check: Check, platforms: Iterable[Platform]) -> None:
    """All there is to know of a check."""
    screen = console()
    screen.print(f"[bold]{check.name}[/]  {check.title}", soft_wrap=True)
    screen.print()
    screen.print(check.advice, markup=False)
    if check.limits is not None:
        screen.print(f"\n[bold]Limits[/]  {(check.limits.__doc__ or '').strip()}", soft_wrap=False)
    table = table_of(("platform", "severity", "limits", "source", "verified"))
    asking = [(item, item.checks[check.name]) for item in platforms if check.name in item.checks]
    for item, settings in asking:
        date = settings.verified_on.isoformat()
        _row(table, item.id, settings.severity, settings_text(settings), settings.source, date)
    screen.print()
    screen.print(table if asking else "No platform asks for it.")


def show_packages(found: Sequence[Standing], url: str) -> None:
    """A table on a terminal; in a pipe two lines a package: where it lies, and what it is."""
    screen = console()
    if screen.is_terminal and found:
        heads = ("title", "platform", "window", "package", "revision", "files", "size", "from", "until")
        print_table(heads, map(_package_row, found))
        return
    for item in found:
        manifest = item.manifest
        until = manifest.not_after or "open"
        screen.print(Text(visible(item.prefix), style="bold"), soft_wrap=True)
        facts = f"revision {manifest.revision}, {len(manifest.entries)} files, {size_text(manifest.size)}"
        screen.print(Text(visible(f"  {facts}, {manifest.not_before} to {until}")), soft_wrap=True)
    if not found:
        screen.print(Text(f"{url}: no package"), soft_wrap=True)


def _package_row(item: Standing) -> tuple[str, ...]:
    """A package in words; as much of its id as `verify` takes for it."""
    manifest = item.manifest
    of = (manifest.title, manifest.platform, manifest.window, manifest.package[:SHORT_DIGEST], manifest.revision)
    size = (str(len(manifest.entries)), size_text(manifest.size))
    return (*of, *size, manifest.not_before, manifest.not_after or "open")


def package_data(item: Standing) -> dict[str, Any]:
    """A package as data for a machine."""
    manifest = item.manifest
    return {
        "prefix": item.prefix,
        "package": manifest.package,
        "title": manifest.title,
        "platform": manifest.platform,
        "revision": manifest.revision,
        "window": manifest.window,
        "not_before": manifest.not_before,
        "not_after": manifest.not_after,
        "judged_at": manifest.judged_at,
        "files": len(manifest.entries),
        "bytes": manifest.size,
    }


def _row(table: Table, *cells: str) -> None:
    """A row whose cells come from files and stores: shown as they are, without power over the terminal."""
    screen = console()
    table.add_row(*(linked(Text(visible(cell)), screen) for cell in cells))

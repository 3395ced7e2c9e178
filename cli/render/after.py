"""What the commands say that look after packages: one line a package, or JSON."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from assets.rights import utc
from cli.render.words import SHORT_DIGEST, count_text, size_text, visible

if TYPE_CHECKING:
    from cli.taking_down import Down
    from storage.embargo import Released
    from storage.receipts import Account, Event


def tell(line: str) -> None:
    """A line on standard output."""
    click.echo(visible(line))


def show_json(data: object) -> None:
    """JSON on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def show_down(item: "Down") -> None:
    """A package that comes down, or is down."""
    subject, record = item.doomed.subject, item.record
    if item.failed:
        tell(f"failed  {subject.prefix}  {'; '.join(item.reasons)}")
        tell(f"  - {item.failed}")
        return
    if record is None:
        tell(f"must come down  {subject.prefix}  {item.doomed.state}: {'; '.join(item.reasons)}")
        return
    removed = f"{count_text(record.files, 'file')}, {size_text(record.size)}"
    tell(f"withdrawn  {subject.prefix}  {removed}: {record.why}")
    for note in record.kept:
        tell(f"  {note}")
    if record.left:
        tell(f"  left alone, not the package's: {', '.join(record.left)}")


def down_data(item: "Down") -> dict[str, Any]:
    """The same for a machine."""
    manifest = item.doomed.manifest
    return {
        "prefix": item.doomed.subject.prefix,
        "package": manifest.package,
        "title": manifest.title,
        "platform": manifest.platform,
        "window": manifest.window,
        "not_after": manifest.not_after,
        "state": str(item.doomed.state),
        "reasons": list(item.reasons),
        "withdrawn": item.record.data if item.record else None,
        "failed": item.failed or None,
    }


def show_released(item: "Released") -> None:
    """What became of a package that was held back."""
    until = f", held until {utc(item.held.until)}" if item.held.until else ", no notice says until when"
    tell(f"{item.state}  {item.held.prefix}{until if item.state == 'waiting' else ''}")
    for reason in item.reasons:
        tell(f"  - {reason}")


def released_data(item: "Released") -> dict[str, Any]:
    """The same for a machine."""
    return {
        "prefix": item.held.prefix,
        "state": item.state,
        "held_until": utc(item.held.until) if item.held.until else None,
        "reasons": list(item.reasons),
    }


_NO_RECEIPT = "no receipt tells of it; `releaseprint verify` reads it"


def show_accounts(accounts: Iterable["Account"]) -> None:
    """Each package with how it stands, and what happened to it: a table on a terminal, lines in a pipe."""
    from cli.terminal import console, print_table

    if console().is_terminal:
        print_table(("state", "package", "when", "what", "said"), (row for item in accounts for row in _rows(item)))
        return
    for item in accounts:
        tell(f"{item.state}  {item.prefix}")
        for event in item.events:
            tell(f"  {utc(event.at)}  {event.what}  {_event_text(event)}".rstrip())
        if not item.events:
            tell(f"  {_NO_RECEIPT}")


def _rows(item: "Account") -> Iterator[tuple[str, ...]]:
    """The rows of one package, which is named in the first."""
    name = f"{'/'.join(item.parts[:3])}/{item.parts[3][:SHORT_DIGEST]}"
    first = (str(item.state), name)
    for event in item.events:
        yield (*first, utc(event.at), str(event.what), _event_text(event))
        first = ("", "")
    if not item.events:
        yield (*first, "", "", _NO_RECEIPT)


def _event_text(event: "Event") -> str:
    counts = f"{count_text(event.files, 'file')}, {size_text(event.size)}" if event.files else ""
    by = f"by package {event.by[:16]}" if event.by else ""
    return "; ".join(part for part in (event.text, by, counts, event.who) if part)


COLUMNS = (
    "title platform window package state what at who text by files bytes store key manifest_sha256".split()  # noqa: SIM905
)
"""The columns of the list, in order."""


def account_rows(accounts: Iterable["Account"], store: str) -> list[dict[str, Any]]:
    """A row for whatever happened to a package; one of a package that nothing is told of but its manifest."""
    rows: list[dict[str, Any]] = []
    for item in accounts:
        title, platform, window, package = item.parts
        of = {"title": title, "platform": platform, "window": window, "package": package, "state": str(item.state)}
        rows += [of | {"store": store} | _event(event) for event in item.events] or [of | {"store": store}]
    return [{column: row.get(column, "") for column in COLUMNS} for row in rows]


def _event(event: "Event") -> dict[str, Any]:
    return {
        "what": str(event.what),
        "at": utc(event.at),
        "who": event.who,
        "text": event.text,
        "by": event.by,
        "files": event.files,
        "bytes": event.size,
        "key": event.key,
        "package": event.subject.package,
        "manifest_sha256": event.subject.manifest_sha256,
    }

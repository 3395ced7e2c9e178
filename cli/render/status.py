"""What `status` says in the terminal and to a machine."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from assets import territory
from assets.rights import utc
from cli.render import status_words as words
from cli.render.words import visible
from cli.status import Asked, Status
from cli.status_places import Place
from cli.status_rights import WindowState
from cli.status_sent import Sent

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

SCHEMA = "releaseprint/status/1"
_STYLES = {"yes": "green", "no": "red", "unknown": "yellow", "pass": "green", "fail": "red", "incomplete": "red"}
_STYLES |= dict.fromkeys(("missing", "absent"), "bold red") | dict.fromkeys(("outdated", "changed"), "yellow")
_STYLES |= {"closing": "yellow", "over": "dim", "unchecked": "yellow", "forbidden": "red"}
_RICH_ROWS = 200
"""A longer table is printed line by line as it is: measuring its columns in full would take longer than reading."""


CATALOGUE = ("title", "name", "year", "ship", "lacks", "windows", "delivered")
"""The heads of a line of a title, as `cells` makes it."""


def show_catalogue(lines: Sequence[Sequence[str]]) -> None:
    """A line for each title."""
    if len(lines) > _RICH_ROWS:
        click.echo("\n".join("\t".join(map(visible, line)) for line in (CATALOGUE, *lines)))
    elif lines:
        _print(_table(CATALOGUE, lines))


def cells(status: Status) -> tuple[str, ...]:
    """The line of a title."""
    outline = status.outline
    first = (outline.id, outline.name, str(outline.production_year), status.can_ship)
    return (*first, words.lacking(status), words.windows(status), words.packages(status))


def show_title(status: Status, asked: Asked) -> None:
    """All that is known of one title."""
    from rich.text import Text

    from cli.terminal import console

    screen, outline = console(), status.outline
    by = f", {asked.platform.id} {asked.platform.revision}" if asked.platform else ""
    head = f"  {visible(outline.name)} ({outline.production_year}){by}, as of {utc(asked.at)}"
    screen.print(Text.assemble((visible(outline.id), "bold"), head), soft_wrap=not screen.is_terminal)
    screen.print(Text.assemble("can ship: ", _styled(words.answer(status))), soft_wrap=not screen.is_terminal)
    if status.fault:
        screen.print(Text(visible(status.fault), "red"), soft_wrap=not screen.is_terminal)
    _print(_table(("version", "language", *words.COLUMNS, "metadata"), words.rows(status)))
    _print(_table(("", "kind", "language", "state"), words.others(status)))
    _print(_table(("window", "right", "where", "from", "until", "state"), map(window_row, status.windows)))
    for line in words.closed_lines(status):
        screen.print(Text(visible(line), "yellow"), soft_wrap=not screen.is_terminal)
    for sent in status.sent:
        for line in words.sent_lines(sent):
            screen.print(
                Text(visible(line), "yellow" if line.startswith(" ") else ""), soft_wrap=not screen.is_terminal
            )


def window_row(item: WindowState) -> tuple[str, ...]:
    """A window in words."""
    window = item.window
    until = utc(window.end) if window.end else "open"
    return window.id, window.right, territory.describe(window.territories), utc(window.start), until, item.state


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]]) -> "Table":
    from cli.terminal import table_of

    table = table_of(heads)
    for row in rows:
        table.add_row(*map(_styled, row))
    return table


def _styled(text: str) -> "Text":
    from rich.text import Text

    return Text(visible(text), _STYLES.get(text.partition(":")[0], ""))


def _print(table: "Table") -> None:
    from cli.terminal import console

    if table.row_count:
        console().print(table)


def dumps(found: Sequence[Status], asked: Asked) -> str:
    """The answer as JSON; its keys stay as they are while the schema does."""
    whole = {
        "schema": SCHEMA,
        "as_of": utc(asked.at),
        "platform": {"id": asked.platform.id, "revision": asked.platform.revision} if asked.platform else None,
        **({"territories": None} if asked.territories is None else _territories(asked.territories)),
        "titles": [_data(status) for status in found],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _data(status: Status) -> dict[str, Any]:
    outline, rights = status.outline, status.rights
    return {
        "title": outline.id,
        "name": outline.name,
        "production_year": outline.production_year,
        "can_ship": status.can_ship,
        "not_cleared": list(status.cleared.reasons),
        "rights": {
            "open": rights.is_open,
            **_territories(rights.territories),
            "until": utc(rights.until) if rights.until else None,
            "refusals": list(rights.refusals),
        },
        "assets": [_place(place) for place in status.places],
        "metadata_missing": {tag: list(lacks) for tag, lacks in status.metadata.items()},
        "windows": [_window(item) for item in status.windows],
        "deliveries": [_sent(item) for item in status.sent],
        "history_fault": status.fault or None,
    }


def _place(place: Place) -> dict[str, Any]:
    slot = place.slot
    return {
        "what": slot.what,
        "kind": slot.kind or None,
        "version": slot.version or None,
        "language": slot.language or None,
        "file": slot.name or None,
        "presence": place.presence,
        "check": place.check or None,
        "checked_by": place.by or None,
    }


def _territories(found: frozenset[str]) -> dict[str, Any]:
    """Territories as ISO codes, and the parts of them that are not meant."""
    names, without = territory.written(found)
    return {"territories": names} | ({"territories_without": without} if without else {})


def _window(item: WindowState) -> dict[str, Any]:
    window = item.window
    return {
        "id": window.id,
        "right": window.right,
        **_territories(window.territories),
        "start": utc(window.start),
        "end": utc(window.end) if window.end else None,
        "languages": window.languages.data(),
        "state": item.state,
        "forbidden": list(item.reasons),
    }


def _sent(sent: Sent) -> dict[str, Any]:
    item = sent.delivery
    return {
        "store": item.store,
        "prefix": item.prefix,
        "package": item.package,
        "platform": item.platform,
        "platform_revision": item.platform_revision,
        "window": item.window,
        "receipts": [{"key": key, "delivered_at": at, "territory": where} for key, at, where in item.receipts],
        "superseded": [asdict(old) for old in sent.superseded],
        "unknown": list(sent.unknown),
    }

"""From the command line of `status` to its answer."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from assets import platform
from assets.catalogue import Catalogue, open_catalogue
from cli.main import CLEAN, UNREADABLE
from cli.render import status as render
from cli.render.words import visible_lines
from cli.status import Asked, statuses
from cli.writing import write_text


@dataclass(frozen=True, slots=True)
class Asking:
    """A question to a catalogue."""

    catalogue: Catalogue
    asked: Asked


def asking(folder: Path | None, name: str | None, territories: frozenset[str] | None, at: datetime | None) -> Asking:
    """The question, by the platform named or the catalogue's own. Raises UsageError, InputError."""
    catalogue = open_catalogue(folder)
    chosen = name or catalogue.config.platform
    by = platform.load(chosen, catalogue.root / "platforms") if chosen else None
    return Asking(catalogue, Asked(by, territories, at or datetime.now(UTC).replace(microsecond=0)))


def answer(question: Asking, titles: tuple[str, ...], *, as_json: bool, html_path: Path | None) -> int:
    """Print the answer, or write it as a page; title files that cannot be read go to standard error."""
    found, faults = statuses(question.catalogue, tuple(dict.fromkeys(titles)), question.asked)
    for fault in faults:
        click.echo(visible_lines(str(fault)), err=True)
    if html_path:
        from cli.render import status_html

        write_text(html_path, status_html.render(found, question.asked))
    if as_json:
        click.echo(render.dumps(found, question.asked))
    elif titles:
        for item in found:
            render.show_title(item, question.asked)
    elif not html_path:
        render.show_catalogue(found)
    return UNREADABLE if faults else CLEAN

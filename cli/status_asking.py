"""From the command line of `status` to its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from assets import platform
from assets.catalogue import Catalogue, open_catalogue
from assets.errors import InputError
from cli.main import CLEAN, UNREADABLE
from cli.render import status as render
from cli.render.words import visible_lines
from cli.status import Asked, statuses
from cli.status_lines import lines
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
    if not (titles or as_json):
        return _summary(question, html_path)
    found, faults = statuses(question.catalogue, tuple(dict.fromkeys(titles)), question.asked)
    _tell(faults)
    if html_path:
        from cli.render import status_html

        page = status_html.render if titles else status_html.summary_of
        write_text(html_path, page(found, question.asked))
    if as_json:
        click.echo(render.dumps(found, question.asked))
    elif titles:
        for item in found:
            render.show_title(item, question.asked)
    return UNREADABLE if faults else CLEAN


def _summary(question: Asking, html_path: Path | None) -> int:
    """A line for each title of the catalogue, on the terminal or as a page."""
    found, faults = lines(question.catalogue, question.asked, render.cells)
    _tell(faults)
    rows = [line.cells for line in found]
    if html_path is None:
        render.show_catalogue(rows)
    else:
        from cli.render import status_html

        write_text(html_path, status_html.summary(rows, question.asked))
    return UNREADABLE if faults else CLEAN


def _tell(faults: Sequence[InputError]) -> None:
    for fault in faults:
        click.echo(visible_lines(str(fault)), err=True)

"""The reports as text for a person; on a terminal it has its width and its colours."""

from io import StringIO
from typing import TYPE_CHECKING

from cli.render.batch import Batch, Format, Rendered

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 120
"""Columns of a text that goes into a file."""


def show(batch: Batch, screen: "Console") -> None:
    """Print the reports one after the other."""
    from cli.render import text

    for report in batch.reports:
        text.render(report, screen, verbose=batch.verbose, fingerprints=batch.fingerprints, language=batch.language)
    if not batch.reports and not batch.unread:
        screen.print(batch.phrase("nothing to check"))


def render(batch: Batch) -> Rendered:
    """The same without colours, for a file."""
    from rich.console import Console

    file = StringIO()
    show(
        batch,
        Console(file=file, width=WIDTH, highlight=False, no_color=True, force_terminal=False, legacy_windows=False),
    )
    return Rendered(file.getvalue())


FORMAT = Format("text", "text for a person", render)

"""From the command line of `rights` to its answer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from assets.catalogue import open_catalogue
from assets.rights import tree
from assets.rights.availability import deliverable, sellable
from assets.rights.conflict_report import conflicts_of
from assets.rights.contradictions import Conflict
from assets.rights.engine import IndexedTitle
from assets.rights.indexing import index_title
from assets.rights.questions import Question
from assets.rights.spans import OPEN, seconds
from assets.rights.windows import utc
from assets.territory import atoms
from assets.title import Title
from cli.judgement import now
from cli.main import CLEAN
from cli.render import rights as render
from cli.render import rights_data as data
from cli.rights_grid import Grid, grid
from cli.writing import write_text

SCHEMA = "releaseprint/rights/1"


@dataclass(frozen=True, slots=True)
class Asking:
    """A title, its deals ready for questions, and what of it is asked about."""

    title: Title
    deals: IndexedTitle
    rights: frozenset[str]
    territories: frozenset[str]
    at: datetime

    def question(self, *, is_open: bool = False) -> Question:
        """About an instant, or about everything from then on."""
        return Question(self.rights, self.territories, seconds(self.at), until=OPEN if is_open else None)

    def grid(self) -> Grid:
        """What can be sold, by right and territory."""
        return grid(self.deals, self.question())

    def conflicts(self) -> Sequence[Conflict]:
        """What contradicts itself in the title's deals."""
        return conflicts_of(self.deals, seconds(self.at))


def asking(
    folder: Path | None, title_id: str, right: str | None, territories: frozenset[str] | None, at: datetime | None
) -> Asking:
    """The question. Raises UsageError, InputError."""
    title = open_catalogue(folder).title(title_id)
    return Asking(
        title,
        index_title(title.rights, title.programme.original_language),
        tree.expand(right or "all-rights"),
        territories or atoms(),
        at or now(),
    )


def answer(question: Asking, *, as_json: bool, html_path: Path | None) -> int:
    """Print the answer, and write it as a page."""
    if html_path is not None:
        from cli.render.timeline import timeline_page

        write_text(html_path, timeline_page([question.title], question.at, internal=True))
    if as_json:
        click.echo(json.dumps(_data(question), ensure_ascii=False, indent=1))
    elif html_path is None:
        render.show(question)
    return CLEAN


def _data(question: Asking) -> dict[str, Any]:
    found = question.grid()
    later = question.question(is_open=True)
    return {
        "schema": SCHEMA,
        "title": question.title.id,
        "name": question.title.name,
        "as_of": utc(question.at),
        "mandate_recorded": question.deals.has_mandate,
        "grid": {
            "columns": [data.territories_data(codes) for codes in found.columns],
            "rows": [{"right": row.right, "states": list(row.cells)} for row in found.rows],
        },
        "deals": [data.deal_data(deal) for deal in question.title.rights.deals],
        "for_sale": [data.patch_data(patch) for patch in sellable(question.deals, later)],
        "may_leave": [data.patch_data(patch) for patch in deliverable(question.deals, later)],
        "doubts": [data.doubt_data(doubt) for doubt in question.title.rights.doubts],
        "conflicts": [data.conflict_data(item) for item in question.conflicts()],
    }

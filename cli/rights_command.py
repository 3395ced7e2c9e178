"""`releaseprint rights`: what is held and sold of a title."""

from datetime import datetime
from pathlib import Path

import click

from cli.options import catalogue_option, json_option, question_options
from cli.rights_options import right_option


@click.command("rights")
@click.argument("title")
@right_option
@question_options
@json_option
@click.option(
    "--html", "html_path", type=click.Path(dir_okay=False, path_type=Path), help="Write a timeline to a page."
)
@catalogue_option
def command(
    title: str,
    right: str | None,
    territories: frozenset[str] | None,
    at: datetime | None,
    as_json: bool,
    html_path: Path | None,
    catalogue_dir: Path | None,
) -> int:
    """Show the rights of TITLE: what is available, sold, on hold or not held, by right and territory, and every deal.

    The grid is as of a date (otherwise now); the timeline and the deals are of all times. Doubtful dates are named, and
    so is how many contradictions there are. Buyers and producers are named: it is for the house, not for a buyer.
    """
    from cli import rights_asking

    asking = rights_asking.asking(catalogue_dir, title, right, territories, at)
    return rights_asking.answer(asking, as_json=as_json, html_path=html_path)

"""`releaseprint status`: what can be shipped, where, until when, and what is missing."""

from datetime import datetime
from pathlib import Path

import click

from cli.options import catalogue_option, json_option, question_options


@click.command("status")
@click.argument("titles", nargs=-1)
@click.option("--platform", "platform_name", help="Judge by this platform; otherwise the catalogue's own, or any.")
@question_options
@json_option
@click.option(
    "--html",
    "html_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page to this file; of the whole catalogue it has a line for each title.",
)
@catalogue_option
def command(
    titles: tuple[str, ...],
    platform_name: str | None,
    territories: frozenset[str] | None,
    at: datetime | None,
    as_json: bool,
    html_path: Path | None,
    catalogue_dir: Path | None,
) -> int:
    """Say what can be shipped, where, until when, and what is missing; of TITLES, or of the whole catalogue.

    No media file is read: what was checked and delivered is told from the state. Packages with a file that has a newer
    revision are named. Exit code 3 means that a title.toml could not be read.
    """
    from cli import status_asking

    asking = status_asking.asking(catalogue_dir, platform_name, territories, at)
    return status_asking.answer(asking, titles, as_json=as_json, html_path=html_path)

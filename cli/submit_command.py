"""`releaseprint submit`: a producer's whole drop."""

from pathlib import Path
from typing import Any

import click

from cli.options import catalogue_option, json_option
from cli.who import who_option


@click.command("submit")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", metavar="ID", help="The title that all of it belongs to, where the sheet names none.")
@click.option(
    "--sheet",
    type=click.Path(path_type=Path),
    help="A CSV file: file, title, version, language, kind, sha256; name and year of a title that is new.",
)
@click.option("--accept", "is_accepted", is_flag=True, help="Add what is clear; otherwise nothing is changed.")
@click.option("--replace", "may_replace", is_flag=True, help="A file in whose place one is becomes its new revision.")
@click.option("--why", metavar="TEXT", help="Why, for the history; needed with --replace.")
@who_option
@json_option
@catalogue_option
def command(folder: Path, **options: Any) -> int:  # noqa: ANN401
    """Account for every file of FOLDER: what would be added and as what, what is ambiguous, unknown or there already.

    A title that the catalogue does not know is proposed, by the sheet or by the name, year and sound of its master.
    What the titles would still lack is said: a master, sound, full, forced and SDH tracks, artwork. With --accept what
    is clear is added, all of it or, if anything fails, nothing; the exit code is 1 as long as a file is left over.
    """
    from cli import submitting

    return submitting.run(folder, submitting.Options(**options))

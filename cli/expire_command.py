"""`releaseprint expire`: what must come down."""

from datetime import datetime
from pathlib import Path

import click

from cli.after_options import in_option
from cli.options import Instant, catalogue_option, json_option
from cli.who import who_option


@click.command("expire")
@click.argument("title", required=False)
@click.option("--platform", "-p", "platform", metavar="ID", help="Only packages for this platform.")
@click.option("--at", type=Instant(), help="What must come down by this date (UTC unless it has an offset).")
@click.option("--write", is_flag=True, help="Take it down, as `releaseprint withdraw` does.")
@click.option(
    "--lifecycle", type=click.Path(dir_okay=False, path_type=Path), help="Write rules for the bucket to this JSON file."
)
@click.option(
    "--tags", type=click.Path(dir_okay=False, path_type=Path), help="Write tags of objects to this JSON file."
)
@who_option
@in_option
@json_option
@catalogue_option
def command(
    title: str | None,
    platform: str | None,
    at: datetime | None,
    write: bool,
    lifecycle: Path | None,
    tags: Path | None,
    who: str | None,
    store_name: str | None,
    as_json: bool,
    catalogue_dir: Path | None,
) -> int:
    """Say which packages must come down: of TITLE, or of a whole store.

    Exit code 1: there are some; 3: a title could not be read, so that nobody can say whether its packages may stay.
    A package must come down when the window that its manifest names is over, and when the title's rights of now no
    longer have that window, have ended it earlier, or forbid a territory or a language of the package: a mandate ended,
    or another deal holds it back or is exclusive. What is held back, and what a withdrawal has left, is told, too.
    `--lifecycle` writes rules by which the bucket removes packages by itself, manifests a day before the rest.
    """
    from cli import expiry_documents, withdrawing

    asked = withdrawing.asking(title, {"platform": platform}, store_name, catalogue_dir)
    expiry_documents.write(asked, lifecycle, tags)
    return withdrawing.expire(asked, at, who, write=write, as_json=as_json)

"""`releaseprint restore`: an older revision again."""

from pathlib import Path

import click

from cli.options import catalogue_option
from cli.who import who_option


@click.command("restore")
@click.argument("title")
@click.argument("revision", metavar="ASSET@N")
@click.option("--why", required=True, metavar="TEXT", help="Why it is put back.")
@click.option("--note", default="", metavar="TEXT", help="What else is to be known of it.")
@who_option
@catalogue_option
def command(title: str, revision: str, why: str, note: str, who: str | None, catalogue_dir: Path | None) -> None:
    """Give a file of TITLE the bytes of an older revision again, such as `ko@2`: as a new revision, nothing is lost."""
    from cli import judgement
    from cli.render.words import visible
    from cli.revisions import Said, restore

    catalogue = judgement.require(catalogue_dir)
    made = restore(catalogue, catalogue.title(title), revision, Said(why, note, who))
    click.echo(visible(f"{made.id}: {made.name}: {made.why}"))

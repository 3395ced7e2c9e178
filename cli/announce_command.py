"""`releaseprint announce`: say why files of a title have changed."""

from pathlib import Path

import click

from cli.options import catalogue_option
from cli.who import who_option


@click.command("announce")
@click.argument("title")
@click.argument("assets", nargs=-1, metavar="[ASSET]...")
@click.option("--why", required=True, metavar="TEXT", help="Why the files are as they are now.")
@click.option("--note", default="", metavar="TEXT", help="What else is to be known of them.")
@who_option
@catalogue_option
def command(
    title: str, assets: tuple[str, ...], why: str, note: str, who: str | None, catalogue_dir: Path | None
) -> None:
    """Record the files of TITLE as new revisions, after they were put or edited where they lie.

    Without an ASSET all files are recorded whose bytes no revision tells of yet. A file that was moved or renamed
    within the title's folder is found by its bytes, and title.toml gets its new name.
    """
    from cli import judgement
    from cli.render.words import visible
    from cli.revisions import Said, announce

    catalogue = judgement.require(catalogue_dir)
    made = announce(catalogue, catalogue.title(title), assets, Said(why, note, who))
    for item in made:
        click.echo(visible(f"{item.id}: {item.name}"))
    if not made:
        click.echo("nothing to record: every file that is there is its newest revision")

"""`releaseprint stow`: put large files away in a store."""

from pathlib import Path

import click

from cli.options import catalogue_option
from cli.who import who_option


@click.command("stow")
@click.argument("title")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--to", "store", required=True, metavar="STORE", help="file:FOLDER, s3://bucket/prefix or a store by its name."
)
@click.option("--keep", is_flag=True, help="Leave the files here as well.")
@who_option
@catalogue_option
def command(
    title: str, files: tuple[str, ...], store: str, keep: bool, who: str | None, catalogue_dir: Path | None
) -> None:
    """Put files of TITLE away in a store, and keep a reference by digest and URL in the title's away.toml.

    FILE is a name in title.toml, a path, or `master`, `poster`, `ko`. What went is read back whole before the file here
    is removed. A master is checked and delivered from the store without its bytes being here: what was measured of it
    serves on, and one that never was is measured there. `releaseprint fetch` brings files back.
    """
    from cli import judgement
    from cli.render.away import show_stowed
    from cli.stowing import Order, stow

    catalogue = judgement.require(catalogue_dir)
    for done in stow(catalogue, catalogue.title(title), files, Order(store, keep, who)):
        show_stowed(done, keep=keep)

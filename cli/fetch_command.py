"""`releaseprint fetch`: bring files back from a store."""

from pathlib import Path

import click

from cli.options import catalogue_option


@click.command("fetch")
@click.argument("title")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@catalogue_option
def command(title: str, files: tuple[str, ...], catalogue_dir: Path | None) -> None:
    """Bring files of TITLE back that are away in a store: those named, or all.

    FILE is a name in title.toml, a path, `master`, or an older revision such as `master@1`, whose bytes are kept for
    `restore` and `diff`. A file gets its name when all of its bytes are here and have its digest; another file that
    lies there is left as it is.
    """
    from cli import judgement
    from cli.fetching import fetch
    from cli.render.away import show_fetched

    catalogue = judgement.require(catalogue_dir)
    found = catalogue.title(title)
    for done in fetch(catalogue, found, files):
        show_fetched(done)

"""`releaseprint new`: a title to fill in."""

from pathlib import Path

import click

from cli.options import catalogue_option


@click.command("new")
@click.argument("title")
@catalogue_option
def command(title: str, catalogue_dir: Path | None) -> None:
    """Write a commented, valid title.toml for TITLE, an id such as `kim-il-sungs-children`."""
    from assets import ids, manifest, starting
    from assets.catalogue import open_catalogue
    from assets.errors import UsageError
    from cli.terminal import say_path
    from cli.writing import write_new

    if not ids.is_id(title):
        raise UsageError(f"{title!r} is no id; {ids.ID_RULE}")
    catalogue = open_catalogue(catalogue_dir)
    path = catalogue.root / "titles" / title / manifest.FILE_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    write_new(path, starting.title(title))
    say_path("title", path)

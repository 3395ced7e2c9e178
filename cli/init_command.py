"""`releaseprint init`: an empty catalogue."""

from pathlib import Path

import click


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
def command(folder: Path) -> None:
    """Make a catalogue in FOLDER (here, if none is named): a commented releaseprint.toml, titles/, platforms/."""
    from assets import starting
    from assets.catalogue import CONFIG_NAME
    from cli.writing import write_new

    folder.mkdir(parents=True, exist_ok=True)
    write_new(folder / CONFIG_NAME, starting.config())
    write_new(folder / ".gitignore", starting.GITIGNORE)
    for name in ("titles", "platforms"):
        (folder / name).mkdir(exist_ok=True)
    click.echo(f"catalogue: {folder.resolve()}; next: releaseprint new TITLE")

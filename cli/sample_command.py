"""`releaseprint sample`: a catalogue to try the tool on."""

from pathlib import Path

import click


@click.command("sample")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--ffmpeg", envvar="RELEASEPRINT_FFMPEG", help="Another ffmpeg than the one that comes with the tool.")
def command(folder: Path, ffmpeg: str | None) -> None:
    """Make a sample catalogue in FOLDER: one good title of 84 minutes, and one with planted faults.

    The media are generated; the dates of the rights windows are an illustration, not the terms of any contract.
    """
    from assets.sample import write_sample

    write_sample(folder, ffmpeg=ffmpeg, progress=lambda text: click.echo(text, err=True))
    click.echo(f"sample catalogue: {folder}")

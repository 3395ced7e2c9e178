"""`releaseprint sample`: a catalogue to try the tool on."""

from pathlib import Path

import click


@click.command("sample")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--ffmpeg", envvar="RELEASEPRINT_FFMPEG", help="Another ffmpeg than the one that comes with the tool.")
@click.option("--films", is_flag=True, help="A catalogue of twenty films instead: public facts, no media.")
def command(folder: Path, ffmpeg: str | None, films: bool) -> None:
    """Make a sample catalogue in FOLDER: one good title of 84 minutes, and one with planted faults.

    The media are generated; the dates of the rights windows are an illustration, not the terms of any contract.
    """
    from assets.sample import write_films, write_sample

    if films:
        write_films(folder)
    else:
        write_sample(folder, ffmpeg=ffmpeg, progress=lambda text: click.echo(text, err=True))
    click.echo(f"sample catalogue: {folder}")

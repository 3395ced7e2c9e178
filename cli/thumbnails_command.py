"""`releaseprint thumbnails`: still pictures of what a report found."""

from pathlib import Path

import click

from cli.making_options import ffmpeg_option
from cli.options import catalogue_option


@click.command("thumbnails")
@click.argument("title")
@click.argument("folder", metavar="OUTDIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--platform", "-p", "platform_name", help="The platform to judge by; see `releaseprint platforms`.")
@click.option("--most", type=click.IntRange(1, 1000), default=100, show_default=True, help="At most so many pictures.")
@ffmpeg_option
@catalogue_option
def command(
    title: str, folder: Path, platform_name: str | None, most: int, ffmpeg: str | None, catalogue_dir: Path | None
) -> None:
    """Write a small JPEG of each place in a title's masters at which a report finds something.

    Errors come first where there are more places than pictures. Each picture is named by its number, its time and
    the check; no file is replaced. The exit code does not speak of the findings: `releaseprint report` does.
    """
    from cli import judgement, thumbnails

    catalogue = judgement.require(catalogue_dir)
    platform = judgement.platform_of(catalogue, platform_name)
    lines = thumbnails.write(catalogue, catalogue.title(title), platform, folder, thumbnails.Asked(most, ffmpeg))
    for line in lines:
        click.echo(line)
    if not lines:
        click.echo("nothing was found at a time in a master; no picture was written")

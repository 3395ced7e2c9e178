"""`releaseprint rewrap`: the streams of a master in another container, or without some of its head and tail."""

from pathlib import Path
from typing import Any

import click

from cli.making_options import ARGUMENT, Asked, making_options


@click.command("rewrap")
@click.argument("name", metavar=ARGUMENT)
@click.argument("out", metavar="OUT.(mov|mp4|mxf)", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--head", metavar="TIME", help="How much to take away at the head: 48f, 2s, 00:00:02:00.")
@click.option("--tail", metavar="TIME", help="How much to take away at the tail.")
@click.option("--platform", "-p", "platform_name", help="Only a container that this platform takes.")
@making_options
def command(
    name: str,
    out: Path,
    head: str | None,
    tail: str | None,
    platform_name: str | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """Put the picture and the sounds of a master into another container, without coding anything anew.

    The timecode comes along. With --head or --tail a part of whole frames is cut away: of pictures that do not depend
    on each other, such as ProRes and DNxHR, and of PCM sound; else it is refused with the reason. Every picture and
    sample of the new file is compared with the master's before it gets its name. It is judged like any master.
    """
    from cli import making, rewrapping

    asked = Asked(**options)
    rewrapping.require(out, platform_name, asked.catalogue_dir)
    with making.master(name, asked, out) as (source, how):
        rewrapping.write(source, out, (head, tail), how)
    for line in rewrapping.left_out(source):
        click.echo(line, err=True)
    click.echo(f"rewrapped: {out}")

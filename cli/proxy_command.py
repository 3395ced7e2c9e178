"""`releaseprint proxy`: a small copy with burnt-in timecode."""

from pathlib import Path
from typing import Any

import click

from cli.making_options import ARGUMENT, Asked, making_options


@click.command("proxy")
@click.argument("name", metavar=ARGUMENT)
@click.argument("out", metavar="OUT.mp4", type=click.Path(dir_okay=False, path_type=Path))
@making_options
def command(name: str, out: Path, **options: Any) -> None:  # noqa: ANN401
    """Make a small copy of a master with its timecode burnt in, to find the places of a report by eye.

    H.264 and AAC in MP4, at the master's frame rate and from its start timecode; drop-frame where the master's is.
    The copy is decoded and compared with the master before it gets its name: frames, runtime, colours, levels,
    loudness and channels. OUT.mp4 must not exist.
    """
    from assets.making.proxy import write_proxy
    from cli import making

    with making.master(name, Asked(**options), out) as (source, how):
        write_proxy(source, out, how)
    click.echo(f"proxy: {out}")

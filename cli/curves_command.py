"""`releaseprint curves`: pictures of a master's sound."""

from pathlib import Path
from typing import Any

import click

from cli.making_options import ARGUMENT, Asked, making_options


@click.command("curves")
@click.argument("name", metavar=ARGUMENT)
@click.argument("out", metavar="OUT.svg", type=click.Path(dir_okay=False, path_type=Path))
@making_options
def command(name: str, out: Path, **options: Any) -> None:  # noqa: ANN401
    """Draw the wave and the loudness of each sound of a master, as SVG.

    From what its decode measured: a master that was judged before is not decoded again. OUT.svg must not exist.
    """
    from assets.making.pictures import curves_svg
    from cli import making
    from cli.writing import write_new

    with making.master(name, Asked(**options), out) as (source, _):
        write_new(out, curves_svg(source.name, source.measured.signals.sounds))
    click.echo(f"curves: {out}")

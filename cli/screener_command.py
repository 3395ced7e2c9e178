"""`releaseprint screener`: a small copy with a visible watermark."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cli.making_options import ARGUMENT, Asked, making_options
from cli.options import Instant


@click.command("screener")
@click.argument("name", metavar=ARGUMENT)
@click.argument("out", metavar="OUT.mp4", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--for", "person", metavar="NAME", required=True, help="Who gets the copy, in any script.")
@click.option("--company", required=True, help="The company of that person.")
@click.option("--date", type=Instant(), required=True, help="The day that the mark shows, such as 2027-01-01.")
@click.option("--font", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The font of the mark.")
@making_options
def command(
    name: str,
    out: Path,
    person: str,
    company: str,
    date: datetime,
    font: Path | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """Make a small copy of a master that shows in every frame whom it is for: name, company, date.

    It is made, not delivered: no rights window is asked, and nothing leaves this machine. The copy is compared with
    the master as a proxy is. Where no font has a letter of the mark, nothing is made and the letter is named.
    """
    from assets.making.screener import Mark, write_screener
    from cli import making

    mark = Mark(person, company, date.date().isoformat())
    with making.master(name, Asked(**options), out) as (source, how):
        write_screener(source, mark, out, how, font)
    click.echo(f"screener: {out}")

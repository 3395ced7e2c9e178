"""`releaseprint conflicts`: what contradicts itself in the deals of titles."""

from datetime import datetime
from pathlib import Path

import click

from cli.options import Instant, catalogue_option, json_option


@click.command("conflicts")
@click.argument("titles", nargs=-1)
@click.option("--at", type=Instant(), help="Take this date for today (UTC unless it has an offset).")
@json_option
@catalogue_option
def command(titles: tuple[str, ...], at: datetime | None, as_json: bool, catalogue_dir: Path | None) -> int:
    """Say what contradicts itself in the deals of TITLES, or of the whole catalogue; exit code 1 if any is an error.

    Sold outside what is held, sold twice, sold into a holdback, languages that are not ours, gaps in a chain of
    mandates, unsigned deals that are past, dates that zones or missing releases make uncertain, runs used beyond what
    was granted. What involves an unsigned deal or an unknown date is a warning; what lies wholly in the past is a note.
    What can be read in two ways, such as a midnight that does not exist, is told as a doubt.
    """
    from cli import conflicting

    return conflicting.run(catalogue_dir, titles, at, as_json=as_json)

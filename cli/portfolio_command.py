"""`releaseprint portfolio`: a site of static pages for buyers."""

from datetime import datetime
from pathlib import Path

import click

from cli.options import Instant, catalogue_option


@click.command("portfolio")
@click.argument("out", metavar="OUT/", type=click.Path(file_okay=False, path_type=Path))
@click.option("--at", type=Instant(), help="Show rights as of this date (UTC unless it has an offset).")
@click.option("--title", "titles", metavar="TITLE", multiple=True, help="Only this title; may be repeated.")
@click.option("--language", "languages", type=click.Choice(("ko", "en", "ja")), multiple=True, help="Only this one.")
@click.option("--mailto", metavar="ADDRESS", default="", help="Let the screener form write an e-mail to this address.")
@catalogue_option
def command(
    out: Path,
    at: datetime | None,
    titles: tuple[str, ...],
    languages: tuple[str, ...],
    mailto: str,
    catalogue_dir: Path | None,
) -> int:
    """Write a site of static pages in Korean, English and Japanese: an index and a page for each title.

    It needs no server and loads nothing from elsewhere. Rights are shown in four words (available, partly, on hold,
    sold); buyers, contracts, dates and terms never. What a mandate keeps from being announced is left out. OUT/ is
    replaced as a whole, and only if this command wrote it. Exit code 3 means that a title could not be read.
    """
    from cli import portfolio

    return portfolio.run(portfolio.Options(out, titles, languages, at, mailto, catalogue_dir))

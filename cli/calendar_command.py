"""`releaseprint calendar`: what happens to rights, and when."""

from datetime import date
from pathlib import Path

import click

from cli.options import DayOrInstant, catalogue_option


@click.command("calendar")
@click.argument("titles", nargs=-1)
@click.option(
    "--from",
    "start",
    type=DayOrInstant(),
    help="From this day on, by the clock of each deal, or from an instant (2027-01-01T09:00+09:00); otherwise now.",
)
@click.option("--until", type=DayOrInstant(), help="Until this day or instant, not included; otherwise without an end.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("ics", "json", "html", "text")),
    help="Otherwise by the suffix of --output, or text.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write this file; otherwise print.")
@click.option("--internal", is_flag=True, help="Name parties, contracts and terms too; never share that.")
@catalogue_option
def command(
    titles: tuple[str, ...],
    start: date | None,
    until: date | None,
    form: str | None,
    output: Path | None,
    internal: bool,
    catalogue_dir: Path | None,
) -> int:
    """Say when rights of TITLES, or of all titles, open and end, and what is due before; as a calendar file too.

    Openings and ends of licences, embargoes, ends of holdbacks and mandates, deliveries by the lead times of platforms.
    Pending deals are tentative. Without --internal neither buyers nor terms are named. Exit code 3 means that a title
    could not be read.
    """
    from cli import calendar_asking

    asking = calendar_asking.asking(catalogue_dir, titles, start, until)
    return calendar_asking.answer(asking, form, output, internal=internal)

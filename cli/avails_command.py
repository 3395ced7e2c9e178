"""`releaseprint avails`: what may be delivered, shown, announced and sold."""

from pathlib import Path
from typing import Any

import click

from cli.options import catalogue_option, json_option, question_options
from cli.rights_options import right_option


@click.command("avails")
@click.argument("titles", nargs=-1)
@click.option("--platform", "-p", "platform_name", help="Ask about the right of this platform.")
@right_option
@question_options
@click.option("--why-not", is_flag=True, help="Name every reason of every no: licence, clause, territory and time.")
@click.option("--to-sell", is_flag=True, help="List what can still be sold from then on, exclusively or not.")
@click.option("--ending", "days", type=click.IntRange(1, 36_500), help="List what ends within so many days.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write Avails of what is licensed: .xlsx or .xml."
)
@click.option("--licensor", help="Who offers it, in the file of --output.")
@click.option(
    "--avails-version",
    metavar="VERSION",
    help="The version of that file: 1.7, 1.8, 1.9 of .xlsx, 2.6.1, 2.7 of .xml; otherwise the newest.",
)
@json_option
@catalogue_option
def command(titles: tuple[str, ...], catalogue_dir: Path | None, **options: Any) -> int:  # noqa: ANN401
    """Say what may be delivered, shown, announced and sold of TITLES, or of the whole catalogue.

    Asked is about one right (or the platform's), in territories (otherwise worldwide), as of a date (otherwise now). A
    yes names the grants that allow it, a no what forbids it. `partly` is allowed in some of the territories only.
    --output writes the signed licences of the right as an EMA Avails sheet or MovieLabs Avails; what the format cannot
    say is named, and the exit code is 1.
    """
    from cli import avails_answering

    return avails_answering.run(catalogue_dir, titles, avails_answering.Options(**options))

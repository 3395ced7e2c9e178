"""`releaseprint import-avails`: a sheet or document of Avails into the rights of the catalogue's titles."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cli.options import catalogue_option, json_option


@click.command("import-avails")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title-of", "titles", metavar="NAME=ID", multiple=True, help="The title of an ALID, ContentID or name.")
@click.option("--right", "rights", metavar="TYPE=RIGHT", multiple=True, help="What a LicenseType means, as VOD=dtr.")
@click.option("--to", default="", help="The licensee of rows that do not name one.")
@click.option("--contract", default="", help="The contract of rows that do not name one.")
@click.option("--signed", type=click.DateTime(["%Y-%m-%d"]), help="The day it was signed; otherwise it is pending.")
@click.option("--zone", default="", help="The IANA zone of dates without an offset; else each territory's first.")
@click.option("--end", type=click.Choice(["outside", "inside"]), default="outside", help="Whether an end is inside.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook; otherwise the first that is not hidden.")
@click.option("--write", "is_written", is_flag=True, help="Write it; otherwise nothing is changed.")
@json_option
@catalogue_option
def command(file: Path, signed: datetime | None, **options: Any) -> int:  # noqa: ANN401
    """Bring FILE.xlsx (EMA Avails 1.7 to 1.9) or FILE.xml (MovieLabs Avails 2.2 to 2.7) into rights.toml, as licences.

    Rows are judged beyond what schemas see, and what is wrong is said by cell or line; nothing is written then, and the
    exit code is 1. Titles are found by EIDR or by name. How each date was read is shown: the format does not say
    whether an end still has the right, nor where a bare date is local. --write adds the licences at the end of each
    title's rights.toml, pending unless --signed; only signed licences allow a delivery.
    """
    from cli import avails_importing

    return avails_importing.run(file, avails_importing.Options(**options, signed=signed and signed.date()))

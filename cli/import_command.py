"""`releaseprint import`: a catalogue list into title.toml files."""

from pathlib import Path
from typing import Any

import click

from cli.options import catalogue_option, json_option


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--map", "maps", metavar="COLUMN=KEY", multiple=True, help="What a column means; may be repeated.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook; otherwise the first that is not hidden.")
@click.option("--original-language", metavar="TAG", help="That of new titles whose rows name none, such as ko.")
@click.option("--accept", "is_accepted", is_flag=True, help="Write it; otherwise nothing is changed.")
@click.option("--partial", "is_partial", is_flag=True, help="Leave out the rows that have errors, write the others.")
@json_option
@catalogue_option
def command(file: Path, **options: Any) -> int:  # noqa: ANN401
    """Bring a list of titles, FILE.csv or FILE.xlsx, into the catalogue: a title a row.

    Columns are told by their headers in Korean, English or Japanese, or by a key of title.toml such as names.ko or
    ratings.KR.KMRB; those that are not known are listed, and what stands above the headers is not read. A row is the
    title of its id, its EIDR, or its names and year, in any spelling; all others are new. What would change is shown
    value by value; --accept writes it, comments and order kept. Rows with errors are said by cell, nothing is written
    then, and the exit code is 1.
    """
    from cli import listing_titles

    return listing_titles.run(file, listing_titles.Options(**options))

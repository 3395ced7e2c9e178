"""`releaseprint export`: the catalogue's state for another program."""

from pathlib import Path

import click

from cli.options import catalogue_option


@click.command("export")
@click.option("--json", "json_path", type=click.Path(dir_okay=False, path_type=Path), help="Write one JSON file here.")
@click.option(
    "--csv", "csv_folder", type=click.Path(file_okay=False, path_type=Path), help="Write a CSV file a table into here."
)
@catalogue_option
def command(json_path: Path | None, csv_folder: Path | None, catalogue_dir: Path | None) -> int:
    """Write titles, files and revisions as they are, verdicts, deliveries and receipts as the state knows them.

    `releaseprint rebuild` reads the stores anew. A CSV cell that a spreadsheet would take for a formula begins with
    an apostrophe; the files are UTF-8 with a byte order mark, which Excel needs for Korean and Japanese.
    """
    from cli import exporting, judgement

    if not json_path and not csv_folder:
        raise click.UsageError("name --json FILE, --csv FOLDER, or both")
    return exporting.run(judgement.require(catalogue_dir), json_path, csv_folder)

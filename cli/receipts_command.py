"""`releaseprint receipts`: what a store tells of itself."""

from pathlib import Path

import click

from cli.after_options import in_option
from cli.options import catalogue_option, json_option


@click.command("receipts")
@click.argument("title", required=False)
@in_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for a spreadsheet.")
@catalogue_option
def command(title: str | None, store_name: str | None, as_json: bool, as_csv: bool, catalogue_dir: Path | None) -> int:
    """Say what was delivered, released, superseded and withdrawn: of TITLE, or in a whole store.

    The store itself is asked, by its receipts and records; the catalogue need not know the title any more. A package is
    `standing`, `superseded`, `withdrawing` (run `withdraw` or `expire --write` again), `withdrawn` or `lost`. Exit code
    4 means that a package is lost, or that a receipt or a record cannot be read.
    """
    from cli import accounting, withdrawing

    asked = withdrawing.asking(title, {}, store_name, catalogue_dir)
    return accounting.receipts_of(asked, as_json=as_json, as_csv=as_csv)

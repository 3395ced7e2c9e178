"""`releaseprint doctor`: whether this machine can do the work."""

from pathlib import Path

import click

from cli.options import catalogue_option, json_option


@click.command("doctor")
@click.option("--store", "store_name", metavar="STORE", help="Look at this store; otherwise the catalogue's own.")
@json_option
@catalogue_option
def command(store_name: str | None, as_json: bool, catalogue_dir: Path | None) -> int:
    """Look at the media engine, packages, clock, fonts, catalogue, store, git and terminal, and say what to mend.

    Nothing is written and nothing is sent. Each line is ok, warn or fail, and one that fails says what to do next.
    Credentials are only said to be there or not. Exit code 0: nothing fails; 1: something of this machine does; 3: the
    catalogue cannot be read; 4: the store fails; the highest of them.
    """
    from cli import diagnosing

    return diagnosing.run(catalogue_dir, store_name, as_json=as_json)

"""`releaseprint verify`: whether a package in a store is what was delivered."""

import json
from pathlib import Path

import click

from cli.options import Percent, catalogue_option, json_option


@click.command("verify")
@click.argument("package")
@click.option(
    "--in", "store_name", metavar="STORE", help="file:FOLDER, s3://bucket/prefix or a store of releaseprint.toml."
)
@click.option(
    "--sample",
    "percent",
    type=Percent(),
    help="Read only so many of a hundred files, chosen anew every time; of the others the sizes are compared.",
)
@json_option
@catalogue_option
def command(
    package: str, store_name: str | None, percent: int | None, as_json: bool, catalogue_dir: Path | None
) -> int:
    """Read PACKAGE again from its store and compare every byte with its manifest.

    PACKAGE is what `releaseprint packages` lists, or the beginning of a package's id. Exit code 4 means that the
    store does not hold what was delivered.
    """
    from cli import judgement, verifications
    from cli.main import CLEAN, STORE_FAILED
    from storage import verify
    from storage.stores import open_store

    catalogue = judgement.require(catalogue_dir)
    store = open_store(store_name or catalogue.config.store, catalogue)
    standing = verify.find(store, package)
    result = verifications.read_package(store, standing, percent)
    if as_json:
        click.echo(json.dumps(verifications.verification_data(result), ensure_ascii=False, indent=2))
    else:
        verifications.show_verification(result, store.url)
    return STORE_FAILED if result.wrong else CLEAN

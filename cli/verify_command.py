"""`releaseprint verify`: whether a package in a store is what was delivered."""

import json
from pathlib import Path

import click

from cli.options import catalogue_option, json_option


@click.command("verify")
@click.argument("package")
@click.option(
    "--in", "store_name", metavar="STORE", help="file:FOLDER, s3://bucket/prefix or a store of releaseprint.toml."
)
@json_option
@catalogue_option
def command(package: str, store_name: str | None, as_json: bool, catalogue_dir: Path | None) -> int:
    """Read PACKAGE again from its store and compare every byte with its manifest.

    PACKAGE is what `releaseprint packages` lists, or the beginning of a package's id. Exit code 4 means that the
    store does not hold what was delivered.
    """
    from cli import judgement, listings
    from cli.main import CLEAN, STORE_FAILED
    from cli.terminal import bytes_progress
    from storage import verify
    from storage.stores import open_store

    catalogue = judgement.require(catalogue_dir)
    store = open_store(store_name or catalogue.config.store, catalogue)
    standing = verify.find(store, package)
    with bytes_progress(f"verifying {standing.manifest.package[:16]}", standing.manifest.size) as progress:
        result = verify.verify(store, standing, progress)
    if as_json:
        found = listings.package_data(standing) | {"wrong": list(result.wrong), "extra": list(result.extra)}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        listings.show_verification(result, store.url)
    return STORE_FAILED if result.wrong else CLEAN

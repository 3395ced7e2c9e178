"""`releaseprint packages`: what is in a store."""

import json
from pathlib import Path

import click

from cli.options import catalogue_option, json_option


@click.command("packages")
@click.option(
    "--in", "store_name", metavar="STORE", help="file:FOLDER, s3://bucket/prefix or a store of releaseprint.toml."
)
@json_option
@catalogue_option
def command(store_name: str | None, as_json: bool, catalogue_dir: Path | None) -> int:
    """List the packages of a store. What was not delivered to its end is no package and is not listed."""
    from cli import judgement, listings
    from cli.main import CLEAN, STORE_FAILED
    from cli.render.words import visible
    from storage import verify
    from storage.stores import open_store

    catalogue = judgement.require(catalogue_dir)
    store = open_store(store_name or catalogue.config.store, catalogue)
    found, wrong = verify.packages(store)
    if as_json:
        click.echo(json.dumps([listings.package_data(item) for item in found], ensure_ascii=False, indent=2))
    else:
        listings.show_packages(found, store.url)
    for line in wrong:
        click.echo(visible(line), err=True)
    return STORE_FAILED if wrong else CLEAN

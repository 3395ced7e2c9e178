"""`releaseprint platforms`: the platforms and what they ask for."""

import json
from pathlib import Path

import click

from cli.options import catalogue_option, json_option


@click.command("platforms")
@click.argument("name", required=False)
@json_option
@catalogue_option
def command(name: str | None, as_json: bool, catalogue_dir: Path | None) -> None:
    """List the platforms, or show one with its checks, limits and sources.

    A file of the catalogue's own in platforms/ joins the shipped ones, or replaces the one of its name.
    """
    from assets import platform
    from cli import judgement, listings

    own = judgement.own_platforms(judgement.catalogue(catalogue_dir, required=False))
    names = [name] if name else list(platform.available(own))
    found = [platform.load(item, own) for item in names]
    if as_json:
        click.echo(json.dumps([listings.platform_data(item) for item in found], ensure_ascii=False, indent=2))
    elif name:
        listings.show_platform(found[0])
    else:
        listings.show_platforms(found)

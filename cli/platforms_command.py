"""`releaseprint platforms`: the platforms and what they ask for."""

import json
from pathlib import Path

import click

from cli.options import catalogue_option, json_option, lang_option


@click.command("platforms")
@click.argument("name", required=False)
@click.option(
    "--diff",
    "pair",
    nargs=2,
    metavar="OLD NEW",
    help="Show which limits changed from one to the other: platforms, earlier revisions (svod@2026-05), or files.",
)
@click.option("--keep", is_flag=True, help="Keep the platform as it is now, as an earlier revision to compare with.")
@json_option
@lang_option
@catalogue_option
def command(
    name: str | None,
    pair: tuple[str, str] | None,
    keep: bool,
    as_json: bool,
    language: str,
    catalogue_dir: Path | None,
) -> int | None:
    """List the platforms, or show one with its checks, limits and sources.

    A file of the catalogue's own in platforms/ joins the shipped ones, or replaces the one of its name. With --diff the
    exit code is 1 where something differs; --lang is that of its words. --keep writes
    platforms/earlier/NAME@REVISION.toml, which `report --against-platform` judges by.
    """
    from assets import platform
    from cli import comparing, judgement, listings

    if (pair and (name or keep)) or (keep and not name):
        raise click.UsageError("--diff takes two platforms, --keep one; neither goes with the other")
    catalogue = judgement.catalogue(catalogue_dir, required=keep)
    if pair:
        return comparing.show_limits(catalogue, *pair, as_json=as_json, language=language)
    if keep and catalogue and name:
        return comparing.keep_revision(catalogue, name)
    own = judgement.own_platforms(catalogue)
    names = [name] if name else list(platform.available(own))
    found = [platform.load(item, own) for item in names]
    if as_json:
        click.echo(json.dumps([listings.platform_data(item) for item in found], ensure_ascii=False, indent=2))
    elif name:
        listings.show_platform(found[0])
    else:
        listings.show_platforms(found)
    return None

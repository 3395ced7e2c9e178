"""`releaseprint release`: let packages stand that were held back."""

from pathlib import Path

import click

from cli.after_options import in_option
from cli.options import catalogue_option, json_option
from cli.who import who_option


@click.command("release")
@click.argument("title", required=False)
@click.option("--dry-run", is_flag=True, help="Say what is held back; release nothing.")
@who_option
@in_option
@json_option
@catalogue_option
def command(
    title: str | None,
    dry_run: bool,
    who: str | None,
    store_name: str | None,
    as_json: bool,
    catalogue_dir: Path | None,
) -> int:
    """Send the manifests of packages that `deliver --not-before` held back and whose time has come; run it by a clock.

    The rights of now are asked again, and every file is compared with the manifest, before a package stands. What is
    refused stays held back: exit code 1. To release earlier, deliver again with an earlier --not-before.
    """
    from cli import releasing, withdrawing

    asked = withdrawing.asking(title, {}, store_name, catalogue_dir)
    return releasing.release(asked, who, dry_run=dry_run, as_json=as_json)

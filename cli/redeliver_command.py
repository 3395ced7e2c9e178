"""`releaseprint redeliver`: send what has changed since the last delivery."""

from datetime import datetime
from pathlib import Path

import click

from cli.after_options import not_before_option
from cli.options import catalogue_option, json_option
from cli.running.asking import Workers, worker_options


@click.command("redeliver")
@click.argument("title")
@click.option("--platform", "-p", "platform_name", help="The platform that it was delivered to.")
@click.option("--window", metavar="ID", help="Only for this rights window.")
@not_before_option
@click.option("--dry-run", is_flag=True, help="Say what has changed and what would be sent; send nothing.")
@click.option(
    "--to", "store_name", metavar="STORE", help="file:FOLDER, s3://bucket/prefix or a store of releaseprint.toml."
)
@worker_options
@json_option
@catalogue_option
def command(
    title: str,
    platform_name: str | None,
    window: str | None,
    not_before: datetime | str | None,
    dry_run: bool,
    store_name: str | None,
    workers: Workers,
    as_json: bool,
    catalogue_dir: Path | None,
) -> int:
    """Deliver TITLE again to a platform, for every window that the store has had a package for.

    Only what changed is sent; the rest the store copies, where it can. The package before stays as it is, and a record
    says that it is superseded; `releaseprint withdraw --superseded` takes it down. What was withdrawn is sent again.
    """
    from cli import redelivering

    asked = redelivering.Asked(title, platform_name, window, not_before, dry_run)
    return redelivering.redeliver(asked, store_name, catalogue_dir, workers, as_json=as_json)

"""`releaseprint withdraw`: take packages down."""

from pathlib import Path

import click

from cli.after_options import in_option
from cli.options import catalogue_option, json_option
from cli.who import who_option


@click.command("withdraw")
@click.argument("title")
@click.option("--platform", "-p", "platform", metavar="ID", help="Only its packages for this platform.")
@click.option("--window", metavar="ID", help="Only its packages for this rights window.")
@click.option("--package", metavar="ID", help="Only this package; the beginning of its id is enough.")
@click.option("--superseded", is_flag=True, help="Only packages that newer ones have taken the place of.")
@click.option("--why", required=True, help="Why; it is recorded in the store.")
@click.option("--dry-run", is_flag=True, help="Say what would come down; remove nothing.")
@who_option
@in_option
@json_option
@catalogue_option
def command(
    title: str,
    why: str,
    dry_run: bool,
    who: str | None,
    store_name: str | None,
    as_json: bool,
    catalogue_dir: Path | None,
    **wanted: str | bool | None,
) -> int:
    """Take packages of TITLE down: the manifest first, so that a package no longer exists, then its files.

    Receipts stay, the manifest is kept among the records, and a record says who took what down and why. An interrupted
    withdrawal is finished by the same command. `deliver` leaves a window alone from then on; `redeliver` does not.
    Versions under an object lock or a legal hold stay; what keeps them is said and recorded, and the exit code is 1.
    """
    from cli import withdrawing

    asked = withdrawing.asking(title, wanted, store_name, catalogue_dir)
    return withdrawing.withdraw(asked, why, who, dry_run=dry_run, as_json=as_json)

"""`releaseprint access`: who may read what in a store, and until when."""

from pathlib import Path
from typing import Any

import click

from cli.after_options import in_option
from cli.options import Instant, catalogue_option, json_option


@click.group("access")
def command() -> None:
    """Give receivers what is theirs and nothing else: policies, links that end, a check that nothing is open.

    Documents are written and never applied: whoever owns the bucket applies them.
    """


@command.command("policy")
@click.argument("title")
@click.option("--platform", "-p", "platform_name", help="The platform that is delivered to.")
@click.option("--window", metavar="ID", required=True, help="The rights window.")
@click.option("--receiver", metavar="ARN", help="Whom a bucket policy names: an account of 12 digits, or an IAM ARN.")
@click.option("--from", "start", type=Instant(), help="From when on; otherwise from now on, or the end of an embargo.")
@click.option("--until", "end", type=Instant(), help="Until when; otherwise until the window ends, and never longer.")
@in_option
@catalogue_option
def policy(title: str, store_name: str | None, catalogue_dir: Path | None, **options: Any) -> None:  # noqa: ANN401
    """Print a policy that lets a receiver list and read the packages of one window of TITLE, over TLS, until a date.

    With --receiver it is a statement for the bucket's policy, without it one for the receiver's own identity. It is
    refused for a window that rights do not open.
    """
    from cli import accessing
    from cli.render import after

    after.show_json(accessing.policy(accessing.Asked(title, **options), store_name, catalogue_dir))


@command.command("links")
@click.argument("package")
@click.option("--days", type=click.IntRange(1, 7), default=7, show_default=True, help="For how many days.")
@in_option
@json_option
@catalogue_option
def links(package: str, days: int, store_name: str | None, as_json: bool, catalogue_dir: Path | None) -> None:
    """Print a link to every file of PACKAGE that opens it without credentials, and ends, with the window at the latest.

    Links are secrets and are kept nowhere. The manifest's comes last: whoever has fetched it has fetched all.
    """
    from cli import accessing

    accessing.show_links(accessing.links(package, days, store_name, catalogue_dir), as_json=as_json)


@command.command("check")
@in_option
@catalogue_option
def check(store_name: str | None, catalogue_dir: Path | None) -> int:
    """Ask the store for files of every package without credentials, as anybody would; nothing may be answered.

    Exit code 1 means that somebody can read what is not his, 3 that it could not be asked.
    """
    from cli import accessing

    return accessing.check(store_name, catalogue_dir)

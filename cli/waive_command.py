"""`releaseprint waive`: answer for findings."""

from datetime import datetime
from pathlib import Path

import click

from cli.options import catalogue_option, question_options, quick_option


@click.command("waive")
@click.argument("title")
@click.argument("fingerprints", nargs=-1, required=True, metavar="FINGERPRINT...")
@click.option("--reason", required=True, metavar="TEXT", help="Why the findings are accepted; the receiver reads it.")
@click.option("--by", required=True, metavar="NAME", help="Who answers for them.")
@click.option("--until", required=True, metavar="DATE", help="The last day, such as 2027-03-31; or open.")
@click.option("--platform", "-p", "platform_name", help="The platform whose findings they are.")
@click.option("--every-platform", is_flag=True, help="Waive them for all platforms that find them, not for this one.")
@question_options
@quick_option
@catalogue_option
def command(
    title: str,
    fingerprints: tuple[str, ...],
    reason: str,
    by: str,
    until: str,
    platform_name: str | None,
    every_platform: bool,
    territories: frozenset[str] | None,
    at: datetime | None,
    quick: bool,
    catalogue_dir: Path | None,
) -> None:
    """Waive findings of TITLE: they stay in its reports, apart, and forbid nothing until their last day is past.

    `releaseprint report TITLE --fingerprints` shows what to name. The entries go to waivers.toml beside title.toml, for
    somebody to review. A finding about rights cannot be waived.
    """
    from cli import judgement, waiving
    from cli.render.words import visible

    catalogue = judgement.require(catalogue_dir)
    asked = judgement.Asked(judgement.platform_of(catalogue, platform_name), territories, at, quick)
    said = waiving.said(reason, by, until, judgement.now(), is_for_all=every_platform)
    for item in waiving.waive(catalogue, catalogue.title(title), fingerprints, asked, said):
        click.echo(visible(f"{item.fingerprint}: {item.check} {item.asset}, until {item.until_text}"))

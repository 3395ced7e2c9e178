"""`deliver`, also `releaseprint deliver`: the main job."""

import json
from datetime import datetime
from pathlib import Path

import click

from cli.after_options import not_before_option
from cli.options import Instant, Rate, Territories, catalogue_option, json_option
from cli.outputs import Output, file_options
from cli.running.asking import Workers, worker_options


@click.command("deliver")
@click.option("--platform", "-p", "platform_name", help="The platform to deliver to; see `releaseprint platforms`.")
@click.option(
    "--territory",
    "territories",
    type=Territories(),
    required=True,
    help="ISO 3166-1 codes, a group (EU, MENA, …) or worldwide; `worldwide-KR,JP` leaves some out.",
)
@click.option("--title", "titles", multiple=True, metavar="ID", help="Only this title; may be given several times.")
@click.option("--window", metavar="ID", help="Only this rights window; it must cover the territory by itself.")
@click.option("--at", type=Instant(), help="Judge rights as of this later date, too (UTC unless it has an offset).")
@not_before_option
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send nothing.")
@click.option(
    "--to", "store_name", metavar="STORE", help="file:FOLDER, s3://bucket/prefix or a store of releaseprint.toml."
)
@click.option("--limit", type=Rate(), metavar="RATE", help="Send at most so many bytes a second: 500k, 20M, 1G.")
@worker_options
@file_options
@json_option
@catalogue_option
def command(
    platform_name: str | None,
    territories: frozenset[str],
    titles: tuple[str, ...],
    window: str | None,
    at: datetime | None,
    not_before: datetime | str | None,
    dry_run: bool,
    store_name: str | None,
    limit: int | None,
    workers: Workers,
    outputs: tuple[Output, ...],
    as_json: bool,
    catalogue_dir: Path | None,
) -> int:
    """Check, package and deliver every title whose rights allow it, one package a rights window.

    A window that opens later is delivered ahead, with its dates in the manifest. What is there already is not sent
    again; an interrupted delivery continues where it was. Refused is what a right does not cover, what is over, and
    what the checks have not cleared.
    """
    from cli import delivery, delivery_reports, delivery_text, judgement
    from cli.life import say
    from cli.showing import write_all
    from cli.terminal import console
    from storage.stores import open_store
    from storage.stores.pace import Pace

    catalogue = judgement.require(catalogue_dir)
    platform = judgement.platform_of(catalogue, platform_name)
    order = delivery.Order(platform, territories, at, titles, window, dry_run, not_before)
    store = open_store(store_name or catalogue.config.store, catalogue, Pace(limit) if limit else None, say)
    screen, outcomes = console(), []
    try:
        for outcome in delivery.run(catalogue, order, store, workers):
            outcomes.append(outcome)
            if not as_json:
                delivery_text.show(outcome, screen)
    finally:  # what was delivered before a store failed is told all the same
        if as_json:
            click.echo(json.dumps([delivery_text.data(item) for item in outcomes], ensure_ascii=False, indent=2))
        write_all(delivery_reports.batch(outcomes, catalogue), outputs)
    return delivery.exit_code(outcomes)

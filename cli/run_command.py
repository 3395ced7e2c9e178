"""`releaseprint run`: the steps of a plan, for cron or any other scheduler."""

from pathlib import Path

import click

from cli.options import catalogue_option, json_option
from cli.running.asking import Workers, worker_options


@click.command("run")
@click.argument("plan", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@worker_options
@click.option("--dry-run", is_flag=True, help="Say what would be sent, released and taken down; do nothing of it.")
@click.option(
    "--report",
    "report_path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the run's report, JSON, to this file; it is there from the first step on, however the run ends.",
)
@json_option
@catalogue_option
def command(
    plan: Path,
    workers: Workers,
    dry_run: bool,
    report_path: Path | None,
    as_json: bool,
    catalogue_dir: Path | None,
) -> int:
    """Do the steps of PLAN.toml in order: check, deliver, release, expire, redeliver. docs/runs.md has an example.

    The whole plan is looked through before anything is done. One run of a catalogue goes on at a time; another one is
    refused. Titles that fail do not stop the others, and a store that fails stops only what needs it. What was not
    done the next run does. The exit code is the worst of the steps.
    """
    from cli.runs import running

    return running.run(running.Asked(plan, catalogue_dir, workers, report_path, dry_run, as_json))

"""`releaseprint check`: judge assets, in CI or by hand."""

from datetime import datetime
from pathlib import Path

import click

from cli.options import catalogue_option, json_option, question_options, speech_option


@click.command("check")
@click.argument("names", nargs=-1, metavar="[TITLE|FILE]...")
@click.option("--platform", "-p", "platform_name", help="The platform to judge by; see `releaseprint platforms`.")
@question_options
@click.option(
    "--changed", metavar="[BASE]", is_flag=False, flag_value="HEAD", help="Only what differs from a git revision."
)
@click.option("--language", help="The language of a subtitle file that belongs to no title.")
@speech_option
@json_option
@catalogue_option
def command(
    names: tuple[str, ...],
    platform_name: str | None,
    territories: frozenset[str] | None,
    at: datetime | None,
    changed: str | None,
    language: str | None,
    speech: bool,
    as_json: bool,
    catalogue_dir: Path | None,
) -> int:
    """Judge titles, or single files, by a platform's spec.

    Without names every title of the catalogue is judged. Exit code 1 means findings that forbid delivery, 3 that
    something required could not be checked.
    """
    from cli import judgement, targets
    from cli.showing import show_all

    catalogue = judgement.catalogue(catalogue_dir, required=bool(changed))
    platform = judgement.platform_of(catalogue, platform_name)
    if changed and names:
        raise click.UsageError("--changed and names do not go together")
    chosen = targets.changed(catalogue, changed) if changed and catalogue else targets.named(catalogue, names, language)
    asked = judgement.Asked(platform, territories, at, speech)
    reports, errors = judgement.judge_targets(catalogue, chosen, asked)
    show_all(reports, errors, as_json=as_json)
    return judgement.exit_code(reports, errors)

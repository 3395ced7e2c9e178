"""`releaseprint report`: a title's QC report, for a person."""

from datetime import datetime
from pathlib import Path

import click

from cli.options import catalogue_option, fingerprints_option, json_option, question_options, quick_option


@click.command("report")
@click.argument("title")
@click.option("--platform", "-p", "platform_name", help="The platform to judge by; see `releaseprint platforms`.")
@question_options
@click.option(
    "--html", "html_path", type=click.Path(dir_okay=False, path_type=Path), help="Write the report page here."
)
@click.option(
    "--notes",
    "notes_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the waived findings here, as QC notes for the receiver.",
)
@click.option("--verbose", "-v", is_flag=True, help="Show every check that was not made, and why.")
@fingerprints_option
@quick_option
@json_option
@catalogue_option
def command(
    title: str,
    platform_name: str | None,
    territories: frozenset[str] | None,
    at: datetime | None,
    html_path: Path | None,
    notes_path: Path | None,
    verbose: bool,
    fingerprints: bool,
    quick: bool,
    as_json: bool,
    catalogue_dir: Path | None,
) -> int:
    """The QC report of a title: what was judged, what was found, what was not checked.

    As text on the terminal, as JSON, or with --html as one self-contained page to send to a client.
    """
    from cli import judgement
    from cli.render import html, qc_notes
    from cli.showing import show_all
    from cli.writing import write_text

    catalogue = judgement.require(catalogue_dir)
    platform = judgement.platform_of(catalogue, platform_name)
    target = judgement.Target(catalogue.title(title))
    reports, _ = judgement.judge_targets(catalogue, [target], judgement.Asked(platform, territories, at, quick))
    if html_path:
        for path, report in html.numbered(html_path, reports):
            write_text(path, html.render(report))
            click.echo(f"report page: {path}", err=True)
    if notes_path:
        write_text(notes_path, qc_notes.dumps_all(reports))
    show_all(reports, as_json=as_json, verbose=verbose, fingerprints=fingerprints)
    return judgement.exit_code(reports)

"""`releaseprint report`: a title's QC report, for a person."""

from datetime import datetime
from pathlib import Path

import click

from cli.against_options import against_options
from cli.options import catalogue_option, fingerprints_option, lang_option, question_options, quick_option
from cli.outputs import Output, output_options
from cli.report_page_options import page_options
from cli.running.asking import Workers, worker_options


@click.command("report")
@click.argument("title")
@click.option("--platform", "-p", "platform_name", help="The platform to judge by; see `releaseprint platforms`.")
@question_options
@page_options
@lang_option
@click.option(
    "--notes",
    "notes_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the waived findings here, as QC notes for the receiver.",
)
@against_options
@click.option("--verbose", "-v", is_flag=True, help="Show every check that was not made, and why.")
@fingerprints_option
@quick_option
@worker_options
@output_options
@catalogue_option
def command(
    title: str,
    platform_name: str | None,
    territories: frozenset[str] | None,
    at: datetime | None,
    html_path: Path | None,
    page_path: Path | None,
    no_media: bool,
    who: str | None,
    ffmpeg: str | None,
    language: str,
    notes_path: Path | None,
    against: Path | None,
    against_platform: str | None,
    verbose: bool,
    fingerprints: bool,
    quick: bool,
    workers: Workers,
    outputs: tuple[Output, ...],
    catalogue_dir: Path | None,
) -> int:
    """The QC report of a title: what was judged, what was found, what was not checked.

    As text on the terminal, as JSON, with --html as one self-contained page to send to a client, or with --page as a
    folder that has copies of the masters to play beside the page. The page needs no network and no server.

    With --against or --against-platform text, JSON and Markdown show what changed; the exit code is that of the report.
    """
    from cli import comparing, judgement
    from cli.render import qc_notes
    from cli.report_page import Pages, Wanted
    from cli.running.workers import measure_first
    from cli.showing import batch_of, show_all
    from cli.writing import write_text

    catalogue = judgement.require(catalogue_dir)
    platform = judgement.platform_of(catalogue, platform_name)
    older = comparing.Against(against, against_platform)
    older.require_alone(html_path, page_path, notes_path)
    pages = Pages(catalogue, platform, Wanted(html_path, page_path, not no_media, language, who, ffmpeg))
    target = judgement.Target(catalogue.title(title))
    asked = judgement.Asked(platform, territories, at, quick)
    if not quick:
        measure_first(catalogue, workers, title)
    if older:
        return comparing.report(catalogue, target, asked, older, comparing.Shown(outputs, language, verbose))
    reports, _ = judgement.judge_targets(catalogue, [target], asked, pages.keep)
    for path in pages.write():
        click.echo(f"report page: {path}", err=True)
    if notes_path:
        write_text(notes_path, qc_notes.dumps_all(reports, language))
    batch = batch_of(reports, catalogue=catalogue, language=language, verbose=verbose, fingerprints=fingerprints)
    show_all(batch, outputs)
    return judgement.exit_code(reports)

"""`releaseprint check`: judge assets, in CI or by hand."""

from datetime import datetime
from pathlib import Path

import click

from assets.title import Kind
from cli.options import catalogue_option, fingerprints_option, lang_option, question_options, quick_option
from cli.outputs import Output, output_options
from cli.running.asking import Workers, worker_options


@click.command("check")
@click.argument("names", nargs=-1, metavar="[TITLE|FILE|FOLDER]...")
@click.option("--platform", "-p", "platform_name", help="The platform to judge by; see `releaseprint platforms`.")
@question_options
@click.option(
    "--changed",
    metavar="[BASE]",
    is_flag=False,
    flag_value="HEAD",
    help="Only what differs from a git revision; `origin/main...` for what differs since the branch began.",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Judge titles, or the files of one FOLDER, then go on judging what changes, a line each, until Ctrl-C.",
)
@click.option(
    "--rest",
    "rest_seconds",
    metavar="SECONDS",
    type=click.IntRange(1, 3600),
    default=3,
    show_default=True,
    help="With --watch: judge a file when it has been the same for so long; a copy under way is not judged.",
)
@click.option("--language", "tag", help="The language of a subtitle file that belongs to no title.")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in Kind]), help="What such a file is; otherwise its name tells."
)
@click.option("--frame-rate", metavar="RATE", help="Frames a second of such a file's picture; times need it.")
@worker_options
@lang_option
@fingerprints_option
@quick_option
@output_options
@catalogue_option
def command(
    names: tuple[str, ...],
    platform_name: str | None,
    territories: frozenset[str] | None,
    at: datetime | None,
    changed: str | None,
    watch: bool,
    rest_seconds: int,
    tag: str | None,
    kind: str | None,
    frame_rate: str | None,
    language: str,
    fingerprints: bool,
    quick: bool,
    workers: Workers,
    outputs: tuple[Output, ...],
    catalogue_dir: Path | None,
) -> int:
    """Judge titles, or single files, by a platform's spec.

    Without names every title of the catalogue is judged. A title.toml, or another file about all of a title, means the
    title. With --watch the exit code is that of the last state. Exit code 1 means findings that forbid delivery, 3 that
    something required could not be checked. A FOLDER goes with --watch: each file in it and below is judged by itself.
    """
    from assets.subtitles import retiming
    from cli import judgement, targets, watch_asking
    from cli.running.workers import judge
    from cli.showing import batch_of, show_all

    catalogue = judgement.catalogue(catalogue_dir, required=bool(changed) or (watch and not names))
    platform = judgement.platform_of(catalogue, platform_name)
    if changed and (names or watch):
        raise click.UsageError("--changed goes neither with names nor with --watch")
    if watch and (kind or workers != Workers()):
        raise click.UsageError("--kind, --jobs and --cluster do not go with --watch")
    rate = retiming.parse_rate(frame_rate) if frame_rate else None
    said = targets.Said(tag, Kind(kind) if kind else None, rate)
    asked = judgement.Asked(platform, territories, at, quick)
    if watch:
        return watch_asking.start(
            watch_asking.Watching(
                catalogue, platform_name, asked, said, names, outputs, language, fingerprints, rest_seconds
            )
        )
    chosen = targets.changed(catalogue, changed) if changed and catalogue else targets.named(catalogue, names, said)
    titles = len(names) or (len(catalogue.title_ids()) if catalogue else 0)
    reports, errors = judge(catalogue, chosen, asked, workers, titles)
    batch = batch_of(reports, errors, catalogue=catalogue, names=names, language=language, fingerprints=fingerprints)
    show_all(batch, outputs)
    return judgement.exit_code(reports, errors)

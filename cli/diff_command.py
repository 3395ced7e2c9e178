"""`releaseprint diff`: what changed between two subtitle files, or two revisions of a title's file."""

from pathlib import Path

import click

from cli.options import catalogue_option, json_option


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--within", metavar="TIME", default="0ms", help="Times that differ by no more than this are the same.")
@click.option("--all", "everything", is_flag=True, help="Print every change and fact, not only the first ones.")
@click.option("--title", metavar="ID", help="The title of two revisions, if several have such ones.")
@click.option(
    "--thumbnails",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="OUTDIR",
    help="Write pictures of two masters at the same times here, and a sheet of them side by side.",
)
@json_option
@catalogue_option
def command(
    old: str,
    new: str,
    within: str,
    everything: bool,
    title: str | None,
    thumbnails: Path | None,
    as_json: bool,
    catalogue_dir: Path | None,
) -> int:
    """Compare OLD and NEW: two subtitle files of any formats, or two revisions such as ko@3 and ko@4.

    Subtitles are compared cue by cue: added, removed, text, timing, style, moved. Masters, sound and artwork by what
    they say of themselves and what was measured of them. Exit code 0 means that they say the same, 1 that they differ.
    """
    from cli import differing, revision_diff
    from cli.main import CLEAN, FINDINGS

    asked = differing.Asked(within, everything, as_json)
    if title or thumbnails or revision_diff.is_meant(old, new):
        is_same = differing.revisions(catalogue_dir, title, (old, new), thumbnails, asked)
    else:
        is_same = differing.files(Path(old), Path(new), asked)
    return CLEAN if is_same else FINDINGS

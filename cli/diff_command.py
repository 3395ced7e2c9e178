"""`releaseprint diff`: what changed between two subtitle files, cue by cue."""

from pathlib import Path

import click

from cli.options import json_option


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--within", metavar="TIME", default="0ms", help="Times that differ by no more than this are the same.")
@click.option("--all", "everything", is_flag=True, help="Print every change, not only the first ones.")
@json_option
def command(old: Path, new: Path, within: str, everything: bool, as_json: bool) -> int:
    """Compare the cues of OLD and NEW, whatever their formats: added, removed, text, timing, style, moved.

    Exit code 0 means that they say the same, 1 that they differ.
    """
    from assets.subtitles import comparing, retiming
    from cli import timed_text
    from cli.main import CLEAN, FINDINGS
    from cli.render import timed_text as render

    before, after = timed_text.load(old), timed_text.load(new)
    tolerance = abs(retiming.parse_time(within, before.frame_rate or after.frame_rate))
    found = comparing.compare(before.cues, after.cues, tolerance=tolerance)
    render.show_comparison(found, old, new, as_json=as_json, everything=everything)
    return FINDINGS if found.changes else CLEAN

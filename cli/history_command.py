"""`releaseprint history`: the revisions of a title's files."""

from pathlib import Path

import click

from cli.options import catalogue_option, json_option


@click.command("history")
@click.argument("title")
@click.argument("asset", required=False)
@json_option
@catalogue_option
def command(title: str, asset: str | None, as_json: bool, catalogue_dir: Path | None) -> int:
    """The revisions of TITLE's files, newest first: when, who, why, how they were judged, where they were delivered.

    ASSET is one of them: `ko` the full Korean track, `ko.sdh`, `master`, `poster`. Says also which files changed
    without a word, moved or are gone. Exit code 1 means that a file changed or is gone.
    """
    from cli import judgement
    from cli.main import CLEAN, FINDINGS
    from cli.render import history as render
    from cli.revisions import past_of
    from cli.standing import present

    catalogue = judgement.require(catalogue_dir)
    now = present(catalogue, catalogue.title(title))
    past = past_of(catalogue, now, asset)
    render.show(past, as_json=as_json)
    return FINDINGS if any(item.is_finding for item in past.assets) else CLEAN

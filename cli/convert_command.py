"""`releaseprint convert`: a subtitle file in another format, and what that format cannot hold."""

from pathlib import Path
from typing import Any

import click

from cli.options import json_option
from cli.target_options import Settings, target_options


@click.command("convert")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.argument("destination", metavar="OUT", type=click.Path(path_type=Path))
@target_options
@click.option("--all", "everything", is_flag=True, help="Print every loss, not only the first ones.")
@json_option
def command(source: Path, destination: Path, everything: bool, as_json: bool, **options: Any) -> int:  # noqa: ANN401
    """Write the subtitles of IN to OUT, in the format of --to or of OUT's suffix.

    What the format cannot hold is listed cue by cue, as is what of IN could not be read. Of a file with its languages
    side by side, as SAMI has them, --language names the one to write; the others are said. OUT is written whole or not
    at all, and never over a file that exists without --force.
    """
    from cli import timed_text
    from cli.render import timed_text as render

    settings = Settings(**options)
    read = timed_text.load(source, settings.language)
    cues = timed_text.of_language(source, read, settings)
    outcome = timed_text.make(source, destination, read, cues, settings)
    render.show_outcome(outcome, as_json=as_json, everything=everything)
    return outcome.exit_code(settings)

"""`releaseprint retime`: the times of a subtitle file moved, exactly."""

from pathlib import Path
from typing import Any

import click

from cli.options import json_option
from cli.target_options import Settings, target_options


@click.command("retime")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.argument("destination", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--offset", metavar="TIME", help="Later by 1.5s, 1500ms, 36f, 00:00:01.500 or 00:00:01:12; earlier by -…")
@click.option("--from-rate", metavar="RATE", help="The frame rate that the times are right for.")
@click.option("--to-rate", metavar="RATE", help="The frame rate of the master, which plays the same frames.")
@click.option("--keep-frames", is_flag=True, help="With both rates: put each time on the frame of the same number.")
@click.option(
    "--timecode",
    type=click.Choice(["drop", "non-drop"]),
    help="The timecode is of this kind and was read as the other.",
)
@target_options
@click.option("--all", "everything", is_flag=True, help="Print every loss, not only the first ones.")
@json_option
def command(
    source: Path,
    destination: Path,
    offset: str | None,
    from_rate: str | None,
    to_rate: str | None,
    keep_frames: bool,
    timecode: str | None,
    everything: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401
) -> int:
    """Move the times of IN and write OUT, in the format of IN unless --to or OUT's suffix names another.

    One of: --offset; --from-rate and --to-rate; --timecode. From 25 to 23.976 every time becomes longer by exactly
    1001/960. A cue that would begin before zero is listed and written at zero.
    """
    from cli import timed_text
    from cli.render import timed_text as render

    settings = Settings(**options)
    read = timed_text.load(source)
    rate = timed_text.rate_of(read, settings)
    cues = timed_text.moved(read, rate, timed_text.Move(offset, from_rate, to_rate, keep_frames, timecode))
    settings = timed_text.at_rate(settings, to_rate)
    outcome = timed_text.make(source, destination, read, cues, settings)
    render.show_outcome(outcome, as_json=as_json, everything=everything)
    return outcome.exit_code(settings)

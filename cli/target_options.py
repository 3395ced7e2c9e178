"""The options of a subtitle file to write, which `convert` and `retime` share; nothing here is slow to import."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from assets.subtitles.reading import FORMATS

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person asked of the file to write; empty where the source or its name is to decide."""

    to: str | None = None
    language: str | None = None
    frame_rate: str | None = None
    drop: bool = False
    start: str | None = None
    force: bool = False
    fail_on_loss: bool = False


def target_options(function: F) -> F:
    """The options of a file to write."""
    for option in (
        click.option(
            "--fail-on-loss",
            is_flag=True,
            help="Write nothing and exit with 1 if anything but the last digits of times would be lost.",
        ),
        click.option("--force", is_flag=True, help="Overwrite OUT if it exists."),
        click.option("--start", metavar="TIMECODE", help="The timecode of the programme's first frame."),
        click.option("--drop", is_flag=True, help="Write drop-frame timecode (29.97 and 59.94)."),
        click.option("--frame-rate", metavar="RATE", help="Frames a second: 24, 23.976, 24000/1001, 29.97."),
        click.option("--language", metavar="TAG", help="The language of OUT, such as ko."),
        click.option("--to", metavar="FORMAT", help=f"The format of OUT: {', '.join(FORMATS)}."),
    ):
        function = option(function)
    return function

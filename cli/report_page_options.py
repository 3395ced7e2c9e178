"""The options of `report` for its page; nothing here is slow to import."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cli.making_options import ffmpeg_option
from cli.who import who_option

F = TypeVar("F", bound=Callable[..., Any])


def page_options(function: F) -> F:
    """`--html`, `--page`, `--no-media`, `--who`, `--ffmpeg`."""
    function = click.option("--no-media", is_flag=True, help="With --page: make no copies of masters and no stills.")(
        who_option(ffmpeg_option(function))
    )
    function = click.option(
        "--page",
        "page_path",
        metavar="FOLDER",
        type=click.Path(file_okay=False, path_type=Path),
        help="Write the report page into this folder, with copies of the masters to play. It is replaced as a whole.",
    )(function)
    return click.option(
        "--html", "html_path", type=click.Path(dir_okay=False, path_type=Path), help="Write the report page here."
    )(function)

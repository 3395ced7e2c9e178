"""The options that `proxy`, `screener`, `thumbnails`, `rewrap` and `curves` share; nothing here is slow to import."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from cli.options import catalogue_option

F = TypeVar("F", bound=Callable[..., Any])

ARGUMENT = "TITLE|FILE"


def making_options(function: F) -> F:
    """`--version`, `--ffmpeg`, `--catalogue`."""
    function = click.option("--version", "version", metavar="ID", help="The version, if their masters differ.")(
        function
    )
    return catalogue_option(ffmpeg_option(function))


def ffmpeg_option(function: F) -> F:
    """`--ffmpeg`."""
    return click.option(
        "--ffmpeg", envvar="RELEASEPRINT_FFMPEG", help="Another ffmpeg than the one that comes with the tool."
    )(function)


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a command that makes something."""

    version: str | None = None
    ffmpeg: str | None = None
    catalogue_dir: Path | None = None

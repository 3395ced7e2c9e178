"""The options of `report` that name what it is compared with; nothing here is slow to import."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def against_options(function: F) -> F:
    """`--against` and `--against-platform`."""
    function = click.option(
        "--against-platform",
        metavar="ID@REVISION|FILE",
        help="Judge by this earlier revision too, and show which limits and findings changed.",
    )(function)
    return click.option(
        "--against",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="OLD.json",
        help="Show what is new and fixed since this report, which --json wrote.",
    )(function)

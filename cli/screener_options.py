"""The options that `screener request`, `grant` and `make` share; nothing here is slow to import."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def font_option(function: F) -> F:
    """`--font`."""
    font = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.option("--font", type=font, help="The font of the mark.")(function)


def asking_options(function: F) -> F:
    """Who asks for a screener, why, where."""
    for option in (
        click.option("--language", "languages", metavar="TAG", multiple=True, help="A language they want it in."),
        click.option("--territory", help="Where they are: codes, a group, worldwide; `worldwide-KR` leaves some out."),
        click.option("--reason", help="What they want to see it for."),
        click.option("--company", help="The company of that person."),
        click.option("--for", "person", metavar="NAME", help="Who asks, in any script."),
    ):
        function = option(function)
    return function

"""Options of the questions about rights; nothing here is slow to import."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class Right(click.ParamType[str]):
    """A media right or a group of them, by its id or a word of the trade."""

    name = "right"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """`svod`, `linear-tv`, `free-to-air`."""
        from assets.rights import tree

        found = tree.from_words(str(value))
        if found is None:
            self.fail(f"{value!r} is no media right; {', '.join(tree.nodes())}", param, ctx)
        return found


def right_option(function: F) -> F:
    """`--right`."""
    return click.option("--right", type=Right(), help="A media right or a group of them: svod, linear-tv, …")(function)

"""Options of the commands that look after what was delivered; nothing here is slow to import."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from cli.options import Instant

F = TypeVar("F", bound=Callable[..., Any])

RIGHTS = "rights"
"""Instead of a date: when the rights let the title be announced and seen."""


class NotBefore(click.ParamType[datetime | str]):
    """A date as `Instant` reads it, or `rights`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime | str:  # noqa: ANN401
        """`2027-01-01`, `2027-01-01T09:00+09:00`, `rights`."""
        return RIGHTS if value == RIGHTS else Instant().convert(value, param, ctx)


def not_before_option(function: F) -> F:
    """`--not-before`."""
    return click.option(
        "--not-before",
        type=NotBefore(),
        metavar="DATE",
        help="Send all but the manifests, which `releaseprint release` sends from this date on; `rights`: from when the"
        " licence and the mandates let the title be announced and seen.",
    )(function)


def in_option(function: F) -> F:
    """`--in`."""
    return click.option(
        "--in", "store_name", metavar="STORE", help="file:FOLDER, s3://bucket/prefix or a store of releaseprint.toml."
    )(function)

"""Options that several commands share, and the types of their values."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_YEARS = (1888, 9998)

F = TypeVar("F", bound=Callable[..., Any])


class Instant(click.ParamType[datetime]):
    """A date or a date and time; without an offset it is UTC."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401
        """`2027-01-01`, `2027-01-01T09:00+09:00`."""
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date; 2027-01-01 or 2027-01-01T09:00+09:00", param, ctx)
        if not _YEARS[0] <= instant.year <= _YEARS[1]:
            self.fail(f"{value!r}: the year is out of range; {_YEARS[0]} to {_YEARS[1]}", param, ctx)
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


class DayOrInstant(click.ParamType[date]):
    """A day, which begins when it does where it is, or a date and time; without an offset that is UTC."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """`2027-01-01`, which is no datetime; `2027-01-01T09:00+09:00`."""
        instant = Instant().convert(value, param, ctx)
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return instant


class Territories(click.ParamType[frozenset[str]]):
    """Territories as a set of codes."""

    name = "territory"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[str]:  # noqa: ANN401
        """`KR`, `KR,JP`, `EU`, `worldwide`, `worldwide-KR`."""
        from assets import territory
        from assets.errors import UsageError

        if isinstance(value, frozenset):
            return value
        try:
            return territory.parse(value)
        except UsageError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":  # noqa: ARG002 -- click's signature
        """The territories and groups that begin with what is there."""
        from cli.completing import territories

        return territories(incomplete)


class Rate(click.ParamType[int]):
    """A rate in bytes a second."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401
        """`500k`, `20M`, `1G`: 1 000 to the power of one, two and three; a number alone is bytes."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"([1-9][0-9]{0,11})([kKMG]?)", value, re.ASCII)
        if found is None:
            self.fail(f"{value!r} is no rate; 500k, 20M or 1G bytes a second", param, ctx)
        return int(found[1]) * {"": 1, "k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9}[found[2]]


class Percent(click.ParamType[int]):
    """A whole number of percent from 1 to 100, with or without its sign."""

    name = "percent"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; anything else is a usage error."""
        written = str(value).removesuffix("%").strip()
        if not (written.isascii() and written.isdecimal() and 1 <= int(written) <= 100):  # noqa: PLR2004  # a hundred
            self.fail(f"{value!r} is no share; 1% to 100%", param, ctx)
        return int(written)


def catalogue_option(function: F) -> F:
    """`--catalogue DIR`."""
    return click.option(
        "--catalogue",
        "-C",
        "catalogue_dir",
        type=click.Path(file_okay=False, path_type=Path),
        help="The catalogue's folder; otherwise the nearest one upwards from here.",
    )(function)


def question_options(function: F) -> F:
    """`--territory` and `--at`."""
    function = click.option(
        "--territory",
        "territories",
        type=Territories(),
        help="ISO 3166-1 codes, a group (EU, MENA, …) or worldwide; `worldwide-KR,JP` leaves some out.",
    )(function)
    return click.option("--at", type=Instant(), help="Judge rights as of this date (UTC unless it has an offset).")(
        function
    )


def quick_option(function: F) -> F:
    """`--quick`."""
    return click.option(
        "--quick",
        is_flag=True,
        help="Do not decode masters that were not decoded before; what only a decode tells is then not checked.",
    )(function)


def fingerprints_option(function: F) -> F:
    """`--fingerprints`."""
    return click.option(
        "--fingerprints",
        is_flag=True,
        help="Show the fingerprint of each finding, which `releaseprint waive` asks for.",
    )(function)


def json_option(function: F) -> F:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")(function)


def lang_option(function: F) -> F:
    """`--lang`."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(("en", "ko", "ja")),
        default="en",
        show_default=True,
        envvar="RELEASEPRINT_LANG",
        help="The language of the report.",
    )(function)

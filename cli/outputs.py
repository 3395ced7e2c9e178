"""`--output-format`: which formats a command's reports take, and where each goes."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from cli.options import json_option
from cli.render import formats

TEXT = "text"

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Output:
    """A format, and the file that it is written to; None is standard output."""

    name: str
    path: Path | None = None


class OutputType(click.ParamType[Output]):
    """`NAME` or `NAME=PATH`."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Output:  # noqa: ANN401
        """`junit=reports/junit.xml`; what follows the first `=` is the path, `-` is standard output."""
        if isinstance(value, Output):
            return value
        name, has_path, path = value.partition("=")
        if name not in formats.names():
            self.fail(f"{name!r} is no format; {', '.join(formats.names())}", param, ctx)
        if has_path and not path:
            self.fail(f"{value!r}: the path is empty; NAME=PATH, or NAME alone for standard output", param, ctx)
        if path and Path(path).is_dir():
            self.fail(f"{path}: is a folder; name a file in it", param, ctx)
        return Output(name, Path(path) if path not in {"", "-"} else None)


def output_options(function: Callable[..., R]) -> Callable[..., R]:
    """`--output-format` and its short form `--json`; the command is given `outputs`, one of them standard output."""

    @functools.wraps(function)
    def wrapped(*arguments: Any, output_formats: tuple[Output, ...], as_json: bool, **options: Any) -> R:  # noqa: ANN401
        return function(*arguments, outputs=chosen(output_formats, as_json=as_json), **options)

    return _format_option(json_option(wrapped))


def file_options(function: Callable[..., R]) -> Callable[..., R]:
    """`--output-format NAME=PATH` for a command whose standard output is something else: it is given `outputs`."""

    @functools.wraps(function)
    def wrapped(*arguments: Any, output_formats: tuple[Output, ...], **options: Any) -> R:  # noqa: ANN401
        if any(item.path is None for item in output_formats):
            raise click.UsageError("--output-format is for files here: NAME=PATH")
        return function(*arguments, outputs=chosen(output_formats, as_json=False)[1:], **options)

    return click.option(
        "--output-format",
        "output_formats",
        type=OutputType(),
        multiple=True,
        metavar="NAME=PATH",
        help=f"Write the reports to a file in this format: {', '.join(formats.names())}. May be given several times.",
    )(wrapped)


def _format_option(function: Callable[..., R]) -> Callable[..., R]:
    return click.option(
        "--output-format",
        "output_formats",
        type=OutputType(),
        multiple=True,
        metavar="NAME[=PATH]",
        help=f"Write the reports in this format, to a file or to standard output: {', '.join(formats.names())}. "
        "May be given several times; standard output is text unless it is given one.",
    )(function)


def chosen(asked: tuple[Output, ...], *, as_json: bool) -> tuple[Output, ...]:
    """What is asked for, with one for standard output. Raises click.UsageError for two things at one place."""
    outputs = (*asked, Output("json")) if as_json else asked
    on_screen = list(dict.fromkeys(item.name for item in outputs if item.path is None))
    if len(on_screen) > 1:
        raise click.UsageError(f"standard output takes one format, not {' and '.join(on_screen)}; NAME=PATH for a file")
    paths = [item.path.resolve() for item in outputs if item.path is not None]
    if twice := next((path for path in paths if paths.count(path) > 1), None):
        raise click.UsageError(f"{twice}: two formats cannot be written to one file")
    files = tuple(item for item in outputs if item.path is not None)
    return Output(on_screen[0] if on_screen else TEXT), *files

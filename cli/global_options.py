"""The options that every command has: how much is told, in which form, and whether in colour.

They may stand before the name of a command or after it. What they say is kept as the object of click's context, where
`settings` finds it; `cli.terminal` is the one that asks.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TextIO

import click

from cli.journal import Journal, Level, Lines

FORMATS = ("json", "text")


@dataclass(slots=True)
class Settings:
    """What is asked of the terminal. `volume` is -1 for --quiet, 0, 1 for -v and 2 for -vv.

    `stream` is the standard error that events go to while another one stands in its place; None: as it is.
    """

    volume: int = 0
    log_format: str = ""
    no_color: bool = False
    stream: TextIO | None = None

    @property
    def level(self) -> Level:
        """The events that are written: none but errors and warnings, if nobody asked for more or somebody for less.

        What a command says on standard error beside its steps is a warning: --quiet leaves it there in either form.
        """
        if self.volume > 1:
            return Level.DEBUG
        return Level.INFO if self.volume > 0 or (self.log_format and self.volume == 0) else Level.WARNING

    @property
    def as_json(self) -> bool:
        """Whether standard error is for a machine."""
        return self.log_format == "json"

    @property
    def has_bars(self) -> bool:
        """Whether bars may be shown: lines of a log between them would be torn."""
        return self.volume == 0 and not self.log_format


def settings() -> Settings:
    """What the running command was asked for; outside of any the usual."""
    context = click.get_current_context(silent=True)
    found = context.find_object(Settings) if context else None
    return found or Settings()


def journal() -> Journal:
    """The journal of the running command."""
    found = settings()
    return Journal(found, found.stream)


def add_to(command: click.Command, *, hidden: bool) -> None:
    """Give a command, and the commands below it, the options that it has none of its own of that name for."""
    taken = {name for param in command.params for name in param.opts}
    for option in _options(hidden=hidden):
        if not taken & set(option.opts):
            command.params.append(option)
    if isinstance(command, click.Group):
        for part in command.commands.values():
            add_to(part, hidden=hidden)


def _options(*, hidden: bool) -> Iterator[click.Option]:
    def option(names: tuple[str, ...], told: Callable[[Settings, Any], None], text: str, **more: Any) -> click.Option:  # noqa: ANN401 -- click's
        def callback(context: click.Context, _: click.Parameter, value: Any) -> None:  # noqa: ANN401 -- click's
            if value:
                told(context.find_root().ensure_object(Settings), value)

        return click.Option(names, expose_value=False, callback=callback, hidden=hidden, help=text, **more)

    yield option(("-q", "--quiet"), _be_quiet, "Nothing on standard error but errors: no progress.", is_flag=True)
    yield option(("-v", "--verbose"), _be_loud, "Tell each step on standard error; -vv tells more.", count=True)
    yield option(
        ("--log-format",), _be_in_form, "Tell each step in this form; json is one object a line.",
        type=click.Choice(FORMATS),
    )  # fmt: skip
    yield option(("--no-color",), _be_plain, "No colour; so does NO_COLOR in the environment.", is_flag=True)


def _be_quiet(found: Settings, _: bool) -> None:
    found.volume = -1


def _be_loud(found: Settings, count: int) -> None:
    found.volume = count


def _be_plain(found: Settings, _: bool) -> None:
    found.no_color = True


def _be_in_form(found: Settings, form: str) -> None:
    """Remember the form; as JSON, whatever else is written to standard error becomes events, to the command's end."""
    if form == "json" and not found.as_json:
        click.get_current_context().find_root().with_resource(_only_events(found))
    found.log_format = form


@contextlib.contextmanager
def _only_events(found: Settings) -> Iterator[None]:
    found.stream = sys.stderr
    lines = Lines(Journal(found, found.stream))
    try:
        with contextlib.redirect_stderr(lines):
            yield
    finally:
        lines.finish()
        found.stream = None

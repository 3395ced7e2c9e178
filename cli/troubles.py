"""What goes wrong beside the work: it ends nothing and undoes nothing, it is said, and a run has it in its report."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import click

from cli.render.words import visible_lines

_TOLD = "releaseprint.troubles"


def _nobody(_text: str) -> None:
    """Who need not know."""


_hearing: ContextVar[Callable[[str], None]] = ContextVar("hearing", default=_nobody)


def say(text: str) -> None:
    """Tell a person what went wrong, once in a command, and whoever hears of it here."""
    context = click.get_current_context(silent=True)
    told: set[str] = context.meta.setdefault(_TOLD, set()) if context else set()
    if text not in told:
        told.add(text)
        click.echo(visible_lines(text), err=True)
    _hearing.get()(text)


@contextmanager
def heard_by(hear: Callable[[str], None]) -> Iterator[None]:
    """Have somebody hear of every trouble until the block ends."""
    before = _hearing.set(hear)
    try:
        yield
    finally:
        _hearing.reset(before)

"""What `stow` and `fetch` say."""

from typing import TYPE_CHECKING

import click

from cli.render.words import size_text, visible

if TYPE_CHECKING:
    from cli.fetching import Fetched
    from cli.stowing import Stowed


def show_stowed(done: "Stowed", *, keep: bool) -> None:
    """A line for a file that is away; what is to be known of it goes to standard error."""
    reference = done.reference
    size = size_text(reference.size)
    state = "was away already" if done.was_away else "in both places" if keep else "away"
    click.echo(visible(f"{reference.name}: {state}: {size} in {reference.url}"))
    if done.note and not keep:
        click.echo(visible(f"{reference.name}: {done.note}"), err=True)


def show_fetched(done: "Fetched") -> None:
    """A line for a file that is here."""
    size = size_text(done.reference.size)
    text = f"fetched: {size} from {done.reference.url}" if done.is_new else "is here already"
    click.echo(visible(f"{done.name}: {text}"))

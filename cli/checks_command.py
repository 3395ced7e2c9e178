"""`releaseprint checks`: every check there is."""

import click


@click.command("checks")
def command() -> None:
    """List all checks, each with the fault it finds. `releaseprint explain CHECK` tells more."""
    from checks import core
    from cli import listings

    listings.show_checks([core.load(name) for name in core.all_names()])

"""`releaseprint checks`: every check there is."""

import click


@click.command("checks")
def command() -> None:
    """List all checks, each with the fault it finds. `releaseprint explain CHECK` tells more."""
    from checks import suites
    from cli import listings

    listings.show_checks([suites.load(name) for name in suites.all_names()])

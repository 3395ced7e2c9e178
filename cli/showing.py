"""Reports on the terminal or as JSON."""

from collections.abc import Sequence

import click

from assets.errors import InputError
from checks.report import Report
from cli.render.words import visible_lines


def show_all(
    reports: Sequence[Report],
    errors: Sequence[InputError] = (),
    *,
    as_json: bool,
    verbose: bool = False,
    fingerprints: bool = False,
) -> None:
    """Print reports one after the other, or as one JSON array; what could not be read goes to standard error."""
    for error in errors:
        click.echo(visible_lines(str(error)), err=True)
    if as_json:
        from checks.report_json import dumps_all

        click.echo(dumps_all(reports), nl=False)
        return
    from cli.render import text
    from cli.terminal import console

    screen = console()
    for report in reports:
        text.render(report, screen, verbose=verbose, fingerprints=fingerprints)
    if not reports and not errors:
        click.echo("nothing to check")

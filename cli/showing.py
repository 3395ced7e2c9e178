"""Reports on the terminal or as JSON."""

import json
from collections.abc import Sequence

import click

from checks.report import Report


def show_all(reports: Sequence[Report], *, as_json: bool, verbose: bool = False) -> None:
    """Print reports one after the other, or as one JSON array."""
    if as_json:
        from checks.report_json import to_dict

        click.echo(json.dumps([to_dict(report) for report in reports], ensure_ascii=False, indent=2))
        return
    from cli.render import text
    from cli.terminal import console

    screen = console()
    for report in reports:
        text.render(report, screen, verbose=verbose)
    if not reports:
        click.echo("nothing to check")

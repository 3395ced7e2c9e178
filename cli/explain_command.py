"""`releaseprint explain`: what a check finds, why it matters, what to do, and who asks for it."""

from pathlib import Path

import click

from cli.options import catalogue_option


@click.command("explain")
@click.argument("check")
@catalogue_option
def command(check: str, catalogue_dir: Path | None) -> None:
    """Explain CHECK: the fault, why it matters, what to do, and each platform's limits with their sources."""
    from assets import platform
    from assets.errors import UsageError
    from assets.nearest import did_you_mean
    from checks import suites
    from cli import judgement, listings

    if check not in suites.all_names():
        meant = did_you_mean(check, suites.all_names())
        raise UsageError(f"there is no check {check!r}; {meant}`releaseprint checks` lists them")
    own = judgement.own_platforms(judgement.catalogue(catalogue_dir, required=False))
    listings.explain(suites.load(check), [platform.load(name, own) for name in platform.available(own)])

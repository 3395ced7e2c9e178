"""`releaseprint store`: what stores do."""

from pathlib import Path

import click

from cli.options import catalogue_option, json_option


@click.group("store")
def command() -> None:
    """See what a store really does, before a master goes there."""


@command.command("test")
@click.argument("store_name", metavar="[STORE]", required=False)
@json_option
@catalogue_option
def test_command(store_name: str | None, as_json: bool, catalogue_dir: Path | None) -> int:
    """Measure what STORE does: checksums, conditional writes, parts, copies, links, locks, and who can read it.

    STORE is s3://bucket/prefix or a store of releaseprint.toml, otherwise the catalogue's own. About 100 small objects
    are written to a new folder below `_store-test/` and removed again, also when it is interrupted; nothing else is
    touched. Each answer says what the tool does because of it. Exit code 1: nothing should be delivered there.
    """
    from cli import judgement, store_testing

    return store_testing.run(judgement.require(catalogue_dir), store_name, as_json=as_json)

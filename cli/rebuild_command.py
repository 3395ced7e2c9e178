"""`releaseprint rebuild`: the catalogue's state, made anew."""

from pathlib import Path

import click

from cli.options import catalogue_option, json_option


@click.command("rebuild")
@json_option
@catalogue_option
def command(as_json: bool, catalogue_dir: Path | None) -> int:
    """Make what the catalogue's state knows anew: from title files, histories, the files' bytes and the stores.

    The stores are those of releaseprint.toml, and those that the audit log names. Measurements and verdicts that are
    there are kept. What cannot be read is told, the rest is done: exit code 3 for a file of the catalogue, 4 for a
    store of releaseprint.toml. What was known of a store that cannot be read stays.
    """
    from cli import judgement, rebuilding

    done = rebuilding.rebuild(judgement.require(catalogue_dir))
    rebuilding.show(done, as_json=as_json)
    return done.exit_code

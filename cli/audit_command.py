"""`releaseprint audit`: whether the log of what was done was tampered with."""

from pathlib import Path

import click

from cli.options import catalogue_option, json_option
from cli.who import who_option


@click.group("audit")
def command() -> None:
    """The audit log: a line for each delivery, release, supersession and withdrawal, chained by SHA-256.

    It stands in the catalogue's folder `audit`, for version control to keep, and each line in the store that it is
    about.
    """


@command.command("verify")
@click.option(
    "--in", "stores", multiple=True, metavar="STORE", help="Compare with this store; otherwise with all that are known."
)
@json_option
@catalogue_option
def verify(stores: tuple[str, ...], as_json: bool, catalogue_dir: Path | None) -> int:
    """Compare the log with itself and with the stores: lines, and the receipts and records that they name.

    Exit code 4 means that something was changed, removed, added or cut off since it was logged. A store that no setting
    of the catalogue names is compared only with --in.
    """
    from cli import accounting, judgement

    return accounting.audited(judgement.require(catalogue_dir), stores, as_json=as_json)


@command.command("join")
@click.option("--in", "stores", multiple=True, metavar="STORE", help="A store that no setting of the catalogue names.")
@who_option
@json_option
@catalogue_option
def join(stores: tuple[str, ...], who: str | None, as_json: bool, catalogue_dir: Path | None) -> int:
    """Join the branches of a chain after a merge in version control, with its marks or without.

    The branch that the stores have stays the chain. Each other one becomes a chain of its own, in the catalogue and in
    the stores, with every line as it was; a new line of the log names its end, so that tampering with either is still
    found. Lines that were changed or removed are not joined. Commit the folder `audit` afterwards.
    """
    from cli import audit_joining, judgement

    return audit_joining.joined(judgement.require(catalogue_dir), stores, who, as_json=as_json)

"""`releaseprint worker`: do the work of runs that were started elsewhere."""

import click


@click.command("worker")
@click.argument("address")
@click.option(
    "--slots", type=click.IntRange(1, 256), default=1, show_default=True, help="Tasks at once, each a process."
)
@click.option(
    "--memory",
    metavar="SIZE",
    default="8GB",
    show_default=True,
    help="The most that one process may take; one that takes more is ended, and its task done again.",
)
def command(address: str, slots: int, memory: str) -> None:
    """Join the Dask cluster at ADDRESS (tcp://HOST:PORT), and do tasks of `--cluster ADDRESS` until it is stopped.

    It needs the same version of the tool as where the run is started, the catalogue at the same path (or the masters
    in a store), and credentials of that store in its own environment. A cluster runs what it is sent: keep it on a
    network that you trust, or use tls://.
    """
    from cli.running.worker import serve

    serve(address, slots, memory, lambda text: click.echo(text, err=True))

"""`releaseprint policy`: the rules of other tools as platforms of your own."""

from pathlib import Path

import click

from cli.options import catalogue_option


@click.group("policy")
def command() -> None:
    """Read the policy of another tool into a private platform."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--id", "platform_id", help="The new platform's id; otherwise made from the name of FILE.")
@click.option("--right", required=True, help="The media right it delivers under, such as svod.")
@click.option("--base", help="A platform whose other checks it takes over.")
@click.option("--partial", is_flag=True, help="Write what can be expressed, and the rest as comments.")
@click.option("--force", is_flag=True, help="Replace a platform of this id that is there.")
@catalogue_option
def import_command(
    file: Path,
    platform_id: str | None,
    right: str,
    base: str | None,
    partial: bool,
    force: bool,
    catalogue_dir: Path | None,
) -> None:
    """Write platforms/<id>.toml from FILE, a MediaConch policy (XML).

    What no check can ask for is listed with its line, and nothing is written then, unless --partial.
    """
    from assets.catalogue import open_catalogue
    from cli import importing

    order = importing.order(file, platform_id, right, base)
    importing.run(order, open_catalogue(catalogue_dir), partial=partial, force=force)

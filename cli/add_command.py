"""`releaseprint add`: files into a title."""

from pathlib import Path

import click

from cli.options import catalogue_option, json_option
from cli.who import who_option


@click.command("add")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", metavar="ID", help="The title that the files belong to.")
@click.option("--version", "version", metavar="ID", help="The version that they belong to.")
@click.option("--language", metavar="TAG", help="The language of their sound or text, a BCP-47 tag such as ko.")
@click.option(
    "--kind",
    metavar="KIND",
    help="full, forced, sdh, …; poster, key-art, …; music-and-effects, …; a document's.",
)
@click.option("--yes", "is_agreed", is_flag=True, help="Add without asking; what is doubtful is refused.")
@click.option("--replace", "may_replace", is_flag=True, help="A file in whose place one is becomes its new revision.")
@click.option("--why", metavar="TEXT", help="Why, for the history; needed with --replace.")
@who_option
@json_option
@catalogue_option
def command(
    files: tuple[Path, ...],
    title: str | None,
    version: str | None,
    language: str | None,
    kind: str | None,
    is_agreed: bool,
    may_replace: bool,
    why: str | None,
    who: str | None,
    as_json: bool,
    catalogue_dir: Path | None,
) -> int:
    """Add masters, sound, stems, subtitle tracks, artwork and documents to a title, told by their content.

    Title, version, language and kind are proposed with their reasons, and each is asked about on a terminal. Elsewhere
    nothing is changed without --yes: the proposal is printed and the exit code is 1. The files are copied into the
    title's folder, never over another one; one that lies there already is referenced where it is.
    """
    from assets.intake.proposal import Said
    from cli import adding, intake

    said = Said(title, version, language, kind, "an option")
    intake.require_said(said)
    return adding.run(files, adding.Options(said, is_agreed, may_replace, why, who, as_json, catalogue_dir))

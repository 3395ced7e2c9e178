"""`releaseprint fix`: mend in subtitle files what can be mended without thought."""

from pathlib import Path

import click

from cli.options import catalogue_option, json_option, quick_option
from cli.who import who_option


@click.command("fix")
@click.argument("name", metavar="TITLE|FILE")
@click.option("--platform", "-p", "platform_name", help="The platform whose rules are mended by.")
@click.option("--language", help="The language of a subtitle file that belongs to no title.")
@click.option("--frame-rate", metavar="RATE", help="Frames a second, where no master tells them; times need it.")
@click.option("--only", metavar="FIX", multiple=True, help="Only this fix; may be given more than once.")
@click.option("--write/--preview", "write", default=None, help="Change the files, or only show what would change.")
@click.option("--why", metavar="TEXT", help="Why, for the history of a title; otherwise the fixes and the platform.")
@who_option
@quick_option
@json_option
@catalogue_option
def command(
    name: str,
    platform_name: str | None,
    language: str | None,
    frame_rate: str | None,
    only: tuple[str, ...],
    write: bool | None,
    why: str | None,
    who: str | None,
    quick: bool,
    as_json: bool,
    catalogue_dir: Path | None,
) -> int:
    """Mend the subtitles of a title, or one file, and show every cue that changes.

    Only what a platform's rules find is touched, never what a text says. A change that would make another finding is
    not made, and said. The new file of a title is a revision, and `restore` brings the old one back; the original of
    any other file is kept beside it. What is written has the line ends and the byte order mark that it had, and is
    UTF-8. Exit code 1 means that a file could not be written without losing something of it.
    """
    from assets.errors import UsageError
    from cli import fixing, judgement, targets
    from cli.render.fixes import show

    if write is None:
        raise UsageError("name --preview, which only shows what would change, or --write")
    catalogue = judgement.catalogue(catalogue_dir, required=False)
    platform = judgement.platform_of(catalogue, platform_name)
    chosen = targets.named(catalogue, (name,), targets.Said(language))
    asked = fixing.Asked(frame_rate, only, write, quick, who, why)
    outcomes = fixing.fix_targets(catalogue, list(chosen), platform, asked)
    show(outcomes, as_json=as_json)
    return fixing.exit_code(outcomes)

"""`releaseprint screener`: copies with a visible watermark for named persons, lent and taken back."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cli.making_options import ARGUMENT, Asked, ffmpeg_option, making_options
from cli.options import Instant, catalogue_option, json_option
from cli.screener_options import asking_options, font_option
from cli.who import who_option


@click.group("screener")
def command() -> None:
    """Lend copies that show in every frame whom they are for: request, grant, revoke, list.

    Every grant has a person, a company and a reason, is recorded in the title's screeners.jsonl, and ends with the
    rights that allow it. docs/screeners.md says what is kept of people, and what a store must be like.
    """


@command.command("make")
@click.argument("name", metavar=ARGUMENT)
@click.argument("out", metavar="OUT.mp4", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--for", "person", metavar="NAME", required=True, help="Who gets the copy, in any script.")
@click.option("--company", required=True, help="The company of that person.")
@click.option("--date", type=Instant(), required=True, help="The day that the mark shows, such as 2027-01-01.")
@font_option
@making_options
def make(
    name: str,
    out: Path,
    person: str,
    company: str,
    date: datetime,
    font: Path | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """Make a small copy of a master that shows in every frame whom it is for: name, company, date.

    It is made, not given: no right is asked, nothing is recorded, and nothing leaves this machine. The copy is compared
    with the master as a proxy is. Where no font has a letter of the mark, nothing is made and the letter is named.
    """
    from assets.making.screener import Mark, write_screener
    from cli import making

    mark = Mark(person, company, date.date().isoformat())
    with making.master(name, Asked(**options), out) as (source, how):
        write_screener(source, mark, out, how, font)
    click.echo(f"screener: {out}")


@command.command("request")
@click.argument("title", required=False)
@click.option("--file", type=click.Path(path_type=Path), help="A request that the form of the portfolio has written.")
@asking_options
@who_option
@catalogue_option
def request(title: str | None, file: Path | None, who: str | None, catalogue_dir: Path | None, **words: Any) -> None:  # noqa: ANN401
    """Record that somebody asks for a screener of TITLE; `grant --request ID` answers it."""
    from cli import judgement, screening
    from cli.render.words import visible

    catalogue = judgement.require(catalogue_dir)
    click.echo(visible(screening.record_request(catalogue, title, screening.Words(**words), file, who)))


@command.command("grant")
@click.argument("title")
@click.option("--request", metavar="ID", help="The request that is granted.")
@click.option("--renew", metavar="ID", help="Make another link to the copy of this grant.")
@asking_options
@click.option("--days", type=click.IntRange(1, 366), help="For how many days from now on; otherwise 7.")
@click.option("--to", "store", metavar="STORE", help="file:FOLDER, s3://bucket/prefix or a store by its name.")
@click.option("--version", metavar="ID", help="The version, if their masters differ.")
@click.option("--burnt-in", metavar="TAG", multiple=True, help="A language of subtitles in the master's pictures.")
@font_option
@ffmpeg_option
@who_option
@catalogue_option
def grant(
    title: str,
    request: str | None,
    renew: str | None,
    catalogue_dir: Path | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """Give somebody a screener of TITLE: make a marked copy, store it where nobody can guess, print a link that ends.

    It is refused unless, where the person is, a mandate is held now (or, where none is recorded, a licence) and no
    holdback names screenings, for what is heard in the copy and what --burnt-in says can be read in its pictures; other
    subtitles do not go along. It ends with them, or after --days. S3 makes no link for more than 7 days: a longer grant
    is renewed by --renew; for one that is over, with --days. A folder has no links: the file is named instead.
    """
    from cli import judgement, screening
    from cli.render.screeners import show_given

    catalogue = judgement.require(catalogue_dir)
    words, order = screening.split(options, renew, request)
    found = catalogue.title(title)
    if renew is not None:
        show_given(screening.renew(catalogue, found, renew, order), found.id)
    else:
        show_given(screening.grant(catalogue, found, request, words, order), found.id)


@command.command("revoke")
@click.argument("title", required=False)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--why", default="", help="Why; it is recorded.")
@click.option("--expired", is_flag=True, help="Remove the copies of all grants that are over.")
@click.option("--unrecorded", is_flag=True, help="Remove the copies of TITLE that no record here knows.")
@who_option
@catalogue_option
def revoke(title: str | None, ids: tuple[str, ...], catalogue_dir: Path | None, **options: Any) -> None:  # noqa: ANN401
    """Take grants of TITLE back: their copies are removed, and their links open nothing from then on.

    What an interrupted run has left is finished by the same command. Where a store keeps locked versions it is said;
    no link opens those.
    """
    from cli import judgement, screening_back
    from cli.render.screeners import show_removed

    for done in screening_back.back(judgement.require(catalogue_dir), title, ids, **options):
        show_removed(done)


@command.command("list")
@click.argument("titles", nargs=-1, metavar="[TITLE]...")
@click.option("--unrecorded", is_flag=True, help="Ask the stores for copies that no record here knows.")
@json_option
@catalogue_option
def list_command(titles: tuple[str, ...], unrecorded: bool, as_json: bool, catalogue_dir: Path | None) -> int:
    """Who has which screener until when, and which requests are open.

    Exit code 1 means that something has to be taken back: a copy whose grant is over or revoked lies in the store, or
    rights no longer allow one that is given. Exit code 3 means that a title cannot be read: it is named, the others are
    listed. Whether a link was opened no store tells.
    """
    from cli import judgement, screening_back
    from cli.main import CLEAN, FINDINGS, UNREADABLE
    from cli.render.screeners import show_list

    listing = screening_back.listing(judgement.require(catalogue_dir), titles, look=unrecorded)
    show_list(listing, as_json=as_json)
    if listing.faults:
        return UNREADABLE
    return CLEAN if listing.is_clean else FINDINGS

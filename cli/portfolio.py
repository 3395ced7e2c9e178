"""`portfolio`: from a catalogue to a folder of pages."""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import click

from assets.catalogue import Catalogue, open_catalogue
from assets.errors import InputError, UsageError
from assets.portfolio.sales import announced, offers
from assets.portfolio.similar import Likenesses
from assets.rights.engine import index
from assets.rights.model import TitleRights
from assets.rights.spans import seconds
from assets.title import AssetFile, Title
from cli.main import CLEAN, UNREADABLE
from cli.portfolio_art import Art
from cli.render.portfolio import pages
from cli.render.portfolio.facts import Entry
from cli.render.portfolio.wording import LANGUAGES
from cli.render.words import count_text, visible_lines
from cli.site_folder import replaced
from cli.terminal import steps_progress

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$*+/=^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
FILMS = frozenset({".mp4", ".m4v", ".webm"})
"""The kinds of files that a browser plays."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `portfolio`."""

    out: Path
    titles: tuple[str, ...]
    languages: tuple[str, ...]
    at: datetime | None
    mailto: str
    catalogue_dir: Path | None


def run(options: Options) -> int:
    """Write the site; 3 if a title could not be read, which is then left out. Raises UsageError, InputError."""
    if options.mailto and not _ADDRESS.fullmatch(options.mailto):
        raise UsageError(f"--mailto {options.mailto!r}: is no e-mail address; such as sales@example.org")
    catalogue = open_catalogue(options.catalogue_dir)
    at = options.at or datetime.now(UTC).replace(microsecond=0)
    titles, said = _read(catalogue, options.titles)
    unreadable = len(said)
    rights = {title.id: announced(title.rights, seconds(at)) for title in titles}
    said += [f"{title.id}: may not be announced yet; left out" for title in titles if rights[title.id] is None]
    entries = _entries([title for title in titles if rights[title.id]], rights, at)
    languages = tuple(dict.fromkeys(options.languages)) or LANGUAGES
    with steps_progress("portfolio") as told, replaced(options.out) as folder:
        art = Art(catalogue, folder, options.out.resolve(), told)
        shown = [_with_trailer(entry, folder, catalogue, said) for entry in art.added(entries, said)]
        site = pages.Site(shown, languages, at.date(), options.mailto)
        told("pages", 0)
        written = sum(_write(folder / name, text) for name, text in pages.files(site))
    for line in said:
        click.echo(visible_lines(line), err=True)
    click.echo(f"{options.out}: {count_text(len(entries), 'title')}, {', '.join(languages)}, {written} files")
    return UNREADABLE if unreadable else CLEAN


def _read(catalogue: Catalogue, only: Sequence[str]) -> tuple[list[Title], list[str]]:
    """The titles, and what is wrong with those that could not be read. Raises UsageError for an unknown id."""
    for title_id in only:
        catalogue.require_title(title_id)
    titles, wrong = [], []
    for title_id in sorted(set(only)) or catalogue.title_ids():
        try:
            titles.append(catalogue.title(title_id))
        except InputError as error:
            wrong.append(str(error))
    return titles, wrong


def _entries(titles: Sequence[Title], rights: Mapping[str, TitleRights | None], at: datetime) -> list[Entry]:
    """The titles with what can be bought of each and what is like it."""
    originals = {title.id: title.programme.original_language for title in titles}
    indexed = index([own for title in titles if (own := rights[title.id])], originals).titles
    like = Likenesses(titles)
    return [
        Entry(title, offers(indexed[title.id], seconds(at)), similar=tuple(like.like(title.id))) for title in titles
    ]


def _with_trailer(entry: Entry, folder: Path, catalogue: Catalogue, said: list[str]) -> Entry:
    """The title with its trailer: an address, or a file that is copied into the site."""
    trailer = entry.title.trailer
    if trailer is None or isinstance(trailer, str):
        return replace(entry, trailer=trailer or "")
    if wrong := _unfit(trailer, catalogue):
        said.append(f"{trailer.place}: the trailer {trailer.name} is left out: {wrong}")
        return entry
    name = f"trailers/{entry.title.id}{trailer.path.suffix.lower()}"
    (folder / name).parent.mkdir(exist_ok=True)
    shutil.copyfile(trailer.path, folder / name)
    return replace(entry, trailer=name)


def _unfit(trailer: AssetFile, catalogue: Catalogue) -> str:
    """Why a page cannot play a file, or nothing."""
    catalogue.require_inside(trailer.path)
    if trailer.path.suffix.lower() not in FILMS:
        return f"no browser plays it; {', '.join(sorted(FILMS))}"
    return "" if trailer.path.is_file() else "there is no such file"


def _write(path: Path, text: str) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return 1

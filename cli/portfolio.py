"""`portfolio`: from a catalogue to a folder of pages."""

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import click

from assets.catalogue import Catalogue, open_catalogue
from assets.errors import InputError, UsageError
from assets.portfolio.sales import announced, offers
from assets.portfolio.similar import Likenesses
from assets.rights.indexing import index_title
from assets.rights.model import NO_RIGHTS
from assets.rights.spans import seconds
from assets.title import AssetFile
from cli.main import CLEAN, UNREADABLE
from cli.portfolio_art import Art
from cli.render.portfolio import pages
from cli.render.portfolio.facts import Entry
from cli.render.portfolio.wording import LANGUAGES
from cli.render.words import count_text, visible_lines
from cli.site_folder import replaced, require_ours
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
    require_ours(options.out.resolve())
    at = options.at or datetime.now(UTC).replace(microsecond=0)
    read = _Read(catalogue, seconds(at))
    entries = read.entries(options.titles)
    said = [*read.wrong, *read.held]
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
    return UNREADABLE if read.wrong else CLEAN


@dataclass
class _Read:
    """Reads titles one by one, and keeps of their deals only what a buyer is told: deals take much memory.

    `wrong` is what is wrong with those that could not be read, `held` are those that may not be announced yet.
    """

    catalogue: Catalogue
    at: int
    wrong: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    def entries(self, only: Sequence[str]) -> list[Entry]:
        """The titles with what can be bought of each and what is like it. Raises UsageError for an unknown id."""
        for title_id in only:
            self.catalogue.require_title(title_id)
        found = [entry for name in sorted(set(only)) or self.catalogue.title_ids() if (entry := self._entry(name))]
        like = Likenesses(entry.title for entry in found)
        return [replace(entry, similar=tuple(like.like(entry.title.id))) for entry in found]

    def _entry(self, title_id: str) -> Entry | None:
        try:
            title = self.catalogue.title(title_id)
        except InputError as error:
            self.wrong.append(str(error))
            return None
        rights = announced(title.rights, self.at)
        if rights is None:
            self.held.append(f"{title.id}: may not be announced yet; left out")
            return None
        told = offers(index_title(rights, title.programme.original_language), self.at)
        return Entry(replace(title, rights=NO_RIGHTS, windows=()), told)


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
    return "" if trailer.path.is_file() and os.access(trailer.path, os.R_OK) else "there is no file that can be read"


def _write(path: Path, text: str) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return 1

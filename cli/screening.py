"""What `screener request` and `screener grant` do: a request is recorded, a marked copy is made, stored and linked."""

import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assets.catalogue import Catalogue
from assets.digest import sha256_file
from assets.errors import Refused, UsageError
from assets.making.screener import Mark, write_screener
from assets.private import own_folder, private_folder
from assets.rights import utc
from assets.screeners import ledger
from assets.screeners.asking import from_words, read_request, tags_of
from assets.screeners.model import Asked, Change, Copy, Grant, Request, Screeners, Stands, What, folder_of
from assets.title import Title
from cli import judgement, life, making, screening_rights
from cli.screening_rights import Allowed
from cli.terminal import bytes_progress, steps_progress
from cli.who import who
from storage import screeners as lending
from storage.screeners import Link, Place
from storage.stores import open_store
from storage.stores.objects import object_url, open_object


@dataclass(frozen=True, slots=True)
class Words:
    """Who asks, as the command line says it; all None where a request says it instead."""

    person: str | None = None
    company: str | None = None
    reason: str | None = None
    territory: str | None = None
    languages: tuple[str, ...] = ()

    def asked(self) -> Asked:
        """Who asks. Raises UsageError for what is missing or wrong."""
        said = {"person": self.person, "company": self.company, "reason": self.reason, "territory": self.territory}
        if missing := [key for key, value in said.items() if value is None]:
            named = " and ".join(f"--{'for' if key == 'person' else key}" for key in missing)
            raise UsageError(f"a screener is for somebody: {named} is needed")
        return from_words({key: value for key, value in said.items() if value} | {"languages": list(self.languages)})

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said."""
        return self == Words()


@dataclass(frozen=True, slots=True)
class Order:
    """How a copy is made and lent: the version, for how many days, in which store, who says so.

    `burnt_in` are the languages of subtitles in the pictures of the version's master, which no program can tell.
    """

    version: str | None = None
    burnt_in: tuple[str, ...] = ()
    days: int | None = None
    store: str | None = None
    font: Path | None = None
    ffmpeg: str | None = None
    who: str | None = None


def split(options: Mapping[str, Any], renewed: str | None, request: str | None) -> tuple[Words, Order]:
    """The options of `grant`. Raises UsageError for those that do not go with --renew or --request."""
    words = Words(**{item.name: options[item.name] for item in fields(Words)})
    order = Order(**{item.name: options[item.name] for item in fields(Order)})
    if renewed is not None and (
        request is not None or not words.is_silent or order.version or order.burnt_in or order.store or order.font
    ):
        raise UsageError("--renew makes a link to what was granted; it goes with --days and --who only")
    return words, order


@dataclass(frozen=True, slots=True)
class Given:
    """A grant with its link, and what is to be known of it."""

    grant: Grant
    link: Link
    remarks: tuple[str, ...]


DAYS = 7
"""For how long a grant is given if nobody says otherwise."""


def record_request(catalogue: Catalogue, title_id: str | None, words: Words, file: Path | None, by: str | None) -> str:
    """Record a request from a file or from words; `TITLE: request ID`. Raises UsageError, InputError."""
    if file is not None:
        if not words.is_silent:
            raise UsageError("--file says who asks; leave the other options out")
        found, asked = read_request(file)
        if title_id not in {None, found}:
            raise UsageError(f"{file}: asks for {found}, not for {title_id}")
        title_id = found
    elif title_id is None:
        raise UsageError("name a TITLE, or the --file of a request")
    else:
        asked = words.asked()
    title = catalogue.title(title_id)
    with ledger.opened(title.folder, catalogue.root) as book:
        made = Request(ledger.new_id(book.screeners), judgement.now(), who(catalogue.root, by), asked)
        book.append(made)
    return f"{title.id}: request {made.id}"


def grant(catalogue: Catalogue, title: Title, request: str | None, words: Words, order: Order) -> Given:
    """Make a marked copy for somebody, store it, and make a link. Raises Refused where rights forbid it."""
    known = ledger.read(title.folder, catalogue.root)
    asked = _asked(known, request, words)
    at = judgement.now()
    version = screening_rights.version_of(title, order.version)
    sound = tuple(sorted(screening_rights.declared_sound(title, version)))
    planned = Copy(version.id, sound, "", 0, "", tags_of(order.burnt_in))
    screening_rights.require(title, asked, planned, at)  # refused before a decode of hours
    store = order.store or catalogue.config.store
    name = ledger.new_id(known)
    key = folder_of(title.id, name)
    place = Place(open_store(store, catalogue, tell=life.say), key)
    life.require_private(place.store)  # whoever can guess nothing must not read it either
    made = Grant(
        id=name,
        at=at,
        who=who(catalogue.root, order.who),
        asked=asked,
        copy=replace(planned, url=object_url(store, key, catalogue)),
        until=at + timedelta(days=order.days or DAYS),
        request=request or "",
    )
    with _copy(catalogue, title, made, order) as (path, copy):
        allowed = screening_rights.require(title, asked, copy, at)
        made = replace(made, copy=copy, allowed_by=allowed.by, until=min(made.until, allowed.until or made.until))
        with ledger.opened(title.folder, catalogue.root) as book:
            book.append(made)
        with bytes_progress(f"{title.id}: storing", copy.size) as progress:
            lending.put(place, path, f"{title.id}-{name}.mp4", copy.sha256, progress)
    _append(catalogue, title, Change(What.STORED, name, judgement.now(), made.who))
    return _linked(place, made, tuple(_about(made, allowed)))


def renew(catalogue: Catalogue, title: Title, name: str, order: Order) -> Given:
    """Make another link to a copy that is there, for as long as the grant lasts or, with `days`, from now on."""
    found = granted(ledger.read(title.folder, catalogue.root), name)
    at = judgement.now()
    if found.stands(at) not in {Stands.GIVEN, Stands.EXPIRED}:
        raise Refused(f"{title.id}: grant {name} is not renewed", [f"it is {found.stands(at)}; grant a new one"])
    allowed = screening_rights.require(title, found.asked, found.copy, at)
    until = at + timedelta(days=order.days) if order.days else found.until
    renewed = replace(found, until=min(until, allowed.until or until))
    if renewed.until <= at:
        raise Refused(f"{title.id}: grant {name} is not renewed", [f"it ended {utc(found.until)}; --days prolongs it"])
    place = Place(*open_object(found.copy.url, catalogue))
    given = _linked(place, renewed, tuple(_about(renewed, allowed)))
    by = who(catalogue.root, order.who)
    with ledger.opened(title.folder, catalogue.root) as book:
        if granted(book.screeners, name) != found:
            raise UsageError(f"{title.id}: grant {name} was changed by somebody else meanwhile; see `screener list`")
        book.append(Change(What.RENEWED, name, at, by, renewed.until))
    return given


def granted(known: Screeners, name: str) -> Grant:
    """The grant of an id. Raises UsageError."""
    found = {item.id: item for item in known.grants}
    if name not in found:
        raise UsageError(f"{known.title} has no grant {name!r}; grants: {', '.join(found) or 'none'}")
    return found[name]


def _asked(known: Screeners, request: str | None, words: Words) -> Asked:
    if request is None:
        return words.asked()
    if not words.is_silent:
        raise UsageError("--request says who asks; leave the other options out")
    found = {item.id: item.asked for item in known.requests}
    if request not in found:
        raise UsageError(f"{known.title} has no request {request!r}; requests: {', '.join(found) or 'none'}")
    return found[request]


@contextmanager
def _copy(catalogue: Catalogue, title: Title, made: Grant, order: Order) -> Iterator[tuple[Path, Copy]]:
    """The marked copy of a grant, in a folder that is gone afterwards; its sound is that of the file, too."""
    file = screening_rights.version_of(title, made.copy.version).master
    if file is None:
        raise TypeError(made)
    mark = Mark(made.asked.person, made.asked.company, made.at.date().isoformat(), made.id)
    parent = own_folder(private_folder(catalogue.root) / "screeners")
    _tidy(parent, catalogue.config.measure_timeout_seconds)
    with TemporaryDirectory(dir=parent) as folder, steps_progress(title.id) as told:
        path = Path(folder) / "screener.mp4"
        how = making.how_to_make(catalogue, order.ffmpeg, told)
        source = making.read(catalogue, file, how)
        write_screener(source, mark, path, how, order.font)
        unknown = "" if made.copy.sound else "und"
        heard = {stream.language or unknown for stream in source.info.audio}
        sound = tuple(sorted(heard.union(made.copy.sound) - {""}))
        yield path, replace(made.copy, sound=sound, sha256=sha256_file(path), size=path.stat().st_size)


def _append(catalogue: Catalogue, title: Title, change: Change) -> None:
    with ledger.opened(title.folder, catalogue.root) as book:
        book.append(change)


def _linked(place: Place, made: Grant, remarks: tuple[str, ...]) -> Given:
    """A grant with a link that is made now. Raises Refused if its time ended while the copy was made."""
    now = judgement.now()
    seconds = lending.link_seconds(now, made.until)
    if seconds < 1:
        raise Refused(f"grant {made.id} opens nothing", [f"its time ended {utc(made.until)}"])
    ends = now + timedelta(seconds=seconds)
    return Given(made, lending.link(place, made, seconds, ends), remarks)


def _about(made: Grant, allowed: Allowed) -> Iterator[str]:
    yield from allowed.remarks
    if made.until == allowed.until:
        yield f"it ends {utc(made.until)}, with the rights that allow it"
    copy = made.copy
    if made.asked.languages and not set(made.asked.languages) & {*copy.sound, *copy.burnt_in}:
        heard = ", ".join(copy.sound) or "no language"
        read = f"subtitles in {', '.join(copy.burnt_in)}" if copy.burnt_in else "no subtitles"
        yield f"the copy has sound in {heard} and {read}; asked for was {', '.join(made.asked.languages)}"


def _tidy(folder: Path, seconds: int) -> None:
    """Remove what killed runs have left: nothing is made for longer than it takes to measure, make and compare."""
    oldest = time.time() - 3 * seconds
    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink() and left.stat().st_mtime < oldest:
            shutil.rmtree(left, ignore_errors=True)

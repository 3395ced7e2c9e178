"""Requests for screeners, grants of them, and how a grant stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

FOLDER = "_screeners"
"""Where copies lie in a store: no title can have this id, so that no package lies there."""


class What(StrEnum):
    """What a line of the record says."""

    REQUEST = "request"
    """Somebody asked for a copy."""
    GRANT = "grant"
    """A copy was made for somebody, who may have it until an instant. It is not in the store yet."""
    STORED = "stored"
    """The copy is in the store."""
    RENEWED = "renewed"
    """Another link was given; `until` says until when there may be further ones."""
    REVOKED = "revoked"
    """Nothing may open it any more, from this line on."""
    REMOVED = "removed"
    """The copy is no longer in the store."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wants to see a title, why, and where. Territories are in the words of whoever asked; texts are in NFC."""

    person: str
    company: str
    reason: str
    territory: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was recorded. `id` is eight hex digits, and shares its names with the grants of the title."""

    id: str
    at: datetime
    who: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Copy:
    """What a grant lets somebody see: a version, the bytes of the marked copy, and the folder of the store it lies in.

    `sound` are the languages that are heard in it, `burnt_in` those of subtitles in its pictures. `url` is the folder
    without the part that nobody can guess: it names the copy and opens nothing.
    """

    version: str
    sound: tuple[str, ...]
    sha256: str
    size: int
    url: str
    burnt_in: tuple[str, ...] = ()


class Stands(StrEnum):
    """How a grant stands at an instant."""

    GIVEN = "given"
    """The copy is in the store, and links to it may be made."""
    NOT_STORED = "not-stored"
    """It was recorded, and the copy never arrived in the store."""
    EXPIRED = "expired"
    """Its time is over, and the copy is still in the store."""
    REVOKED = "revoked"
    """It was revoked, and the copy is still in the store."""
    REMOVED = "removed"
    """The copy was taken out of the store."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A copy for a named person. `until` is the first instant at which it must open nothing.

    `allowed_by` are the deals that allowed it, in words; `request` is the id of the request that it answers, or empty.
    `note` is what the store said when the copy was removed.
    """

    id: str
    at: datetime
    who: str
    asked: Asked
    copy: Copy
    until: datetime
    request: str = ""
    allowed_by: tuple[str, ...] = ()
    is_stored: bool = False
    revoked_at: datetime | None = None
    why: str = ""
    removed_at: datetime | None = None
    note: str = ""

    def stands(self, at: datetime) -> Stands:
        """How it stands at an instant."""
        if self.removed_at is not None:
            return Stands.REMOVED
        if self.revoked_at is not None:
            return Stands.REVOKED
        if at >= self.until:
            return Stands.EXPIRED
        return Stands.GIVEN if self.is_stored else Stands.NOT_STORED


@dataclass(frozen=True, slots=True)
class Change:
    """A line about a grant that was recorded before."""

    what: What
    id: str
    at: datetime
    who: str
    until: datetime | None = None
    text: str = ""

    def made(self, grant: Grant) -> Grant:
        """The grant as it is after this."""
        match self.what:
            case What.STORED:
                return replace(grant, is_stored=True)
            case What.RENEWED if self.until is not None:
                return replace(grant, until=self.until)
            case What.REVOKED:
                return replace(grant, revoked_at=self.at, why=self.text)
            case What.REMOVED:
                return replace(grant, removed_at=self.at, note=self.text)
            case _:
                raise ValueError(self.what)


Event = Request | Grant | Change


@dataclass(frozen=True, slots=True)
class Screeners:
    """All requests and grants of a title, in the order in which they were recorded."""

    title: str
    requests: tuple[Request, ...] = ()
    grants: tuple[Grant, ...] = ()

    @property
    def open_requests(self) -> tuple[Request, ...]:
        """The requests that no grant answers."""
        answered = {grant.request for grant in self.grants}
        return tuple(item for item in self.requests if item.id not in answered)

    @property
    def ids(self) -> frozenset[str]:
        """Every id that is taken."""
        return frozenset(item.id for items in (self.requests, self.grants) for item in items)


def together(title: str, events: Iterable[Event]) -> Screeners:
    """What the lines of a record mean together. Raises KeyError for a change of a grant that there is not."""
    requests: dict[str, Request] = {}
    grants: dict[str, Grant] = {}
    for event in events:
        match event:
            case Request():
                requests[event.id] = event
            case Grant():
                grants[event.id] = event
            case Change():
                grants[event.id] = event.made(grants[event.id])
    return Screeners(title, tuple(requests.values()), tuple(grants.values()))


def folder_of(title: str, grant: str = "") -> str:
    """The key of the folder of a grant, or of all grants of a title, in a store."""
    return "/".join(part for part in (FOLDER, title, grant) if part)

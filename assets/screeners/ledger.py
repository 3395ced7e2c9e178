"""screeners.jsonl: one line for whatever happens to a request or a grant, only ever added to (`append_only`).

It names people. `docs/screeners.md` says what of them it holds and why. No link ever stands in it, nor the part of a
copy's key that nobody can guess: whoever reads the file can open nothing.
"""

import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter, ValidationError, model_validator

from assets import append_only, paths
from assets.away import url_problem
from assets.errors import Fault, InputError, UsageError
from assets.ids import is_id
from assets.rights import utc
from assets.screeners.model import FOLDER, Asked, Change, Copy, Event, Grant, Request, Screeners, What, together
from assets.tomlfile import Record

FILE_NAME = "screeners.jsonl"
_WHAT = "record of screeners"
_ALLOWED = "a line for each event, as the tool writes it"


_PLACE = re.compile(rf".*[/:]{FOLDER}/([^/]+)/([0-9a-f]{{8}})")


def _url(text: str) -> str:
    if wrong := url_problem(text):
        raise ValueError(wrong)
    return text


_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]


class _Line(Record):
    """What every line has."""

    id: _Id
    at: AwareDatetime
    who: str


class _Asked(_Line):
    person: str
    company: str
    reason: str
    territory: str
    languages: list[str]

    def asked(self) -> Asked:
        return Asked(self.person, self.company, self.reason, self.territory, tuple(self.languages))


class _Request(_Asked):
    what: Literal["request"]

    def event(self) -> Event:
        return Request(self.id, self.at.astimezone(UTC), self.who, self.asked())


class _Grant(_Asked):
    what: Literal["grant"]
    version: str
    sound: list[str]
    burnt_in: list[str] = []
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0)]
    url: Annotated[str, AfterValidator(_url)]
    until: AwareDatetime
    request: str
    allowed_by: list[str]

    @model_validator(mode="after")
    def _lies_in_its_folder(self) -> "_Grant":
        """What is revoked is removed with its folder, which must be no other one than that of the grant."""
        place = _PLACE.fullmatch(self.url)
        if place is None or not is_id(place[1]) or place[2] != self.id:
            raise ValueError(f"url: {self.url!r} is not the folder of grant {self.id}")
        return self

    def event(self) -> Event:
        copy = Copy(self.version, tuple(self.sound), self.sha256, self.size, self.url, tuple(self.burnt_in))
        at, until = self.at.astimezone(UTC), self.until.astimezone(UTC)
        return Grant(self.id, at, self.who, self.asked(), copy, until, self.request, tuple(self.allowed_by))


class _Change(_Line):
    what: Literal["stored", "revoked", "removed"]
    text: str

    def event(self) -> Event:
        return Change(What(self.what), self.id, self.at.astimezone(UTC), self.who, text=self.text)


class _Renewed(_Line):
    what: Literal["renewed"]
    until: AwareDatetime

    def event(self) -> Event:
        return Change(What.RENEWED, self.id, self.at.astimezone(UTC), self.who, self.until.astimezone(UTC))


_ANY: TypeAdapter[_Request | _Grant | _Change | _Renewed] = TypeAdapter(
    Annotated[_Request | _Grant | _Change | _Renewed, Field(discriminator="what")]
)


class Ledger:
    """The open, locked record of a title."""

    def __init__(self, title: str, lines: append_only.Lines, shown: str) -> None:
        self._title = title
        self._lines = lines
        self._events = list(_events(lines.found, shown))

    @property
    def screeners(self) -> Screeners:
        """What the lines mean so far."""
        return together(self._title, self._events)

    def append(self, event: Event) -> None:
        """Write an event so that it outlasts a power cut. Raises UsageError."""
        if not isinstance(event, Change) and event.id in self.screeners.ids:
            raise UsageError(f"{event.id} was given to somebody else meanwhile; do it again")
        self._lines.append(_to_line(event))
        self._events.append(event)


@contextmanager
def opened(folder: Path, root: Path) -> Iterator[Ledger]:
    """The record of the title in `folder`, made if there is none, and locked until the block ends.

    The folder must lie below `root`. Raises UsageError, InputError.
    """
    shown = _shown(folder, root)
    with append_only.opened(folder / FILE_NAME, shown, _WHAT) as lines:
        yield Ledger(folder.name, lines, shown)


def read(folder: Path, root: Path) -> Screeners:
    """The requests and grants of the title in `folder`. Raises InputError."""
    shown = _shown(folder, root)
    return together(folder.name, _events(append_only.read(folder / FILE_NAME, shown, _WHAT), shown))


def new_id(screeners: Screeners) -> str:
    """An id that no request or grant of a title has."""
    while (found := secrets.token_hex(4)) in screeners.ids:
        pass
    return found


def _shown(folder: Path, root: Path) -> str:
    shown = f"titles/{folder.name}/{FILE_NAME}"
    if not paths.stays_inside(folder, root):
        raise InputError(Fault(shown, "", "is behind a link that leaves the catalogue", "a folder in it"))
    return shown


def _events(data: bytes, shown: str) -> Iterator[Event]:
    """The events of the file's lines, each id made once before anything changes it. Raises InputError."""
    made: set[str] = set()
    granted: set[str] = set()
    for number, line in append_only.numbered(data):
        try:
            event = _ANY.validate_json(line).event()
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"][1:]))
            wrong = ": ".join(part for part in (place, str(first["msg"])) if part)
            raise InputError(Fault(shown, f"line {number}", wrong, _ALLOWED)) from None
        if isinstance(event, Change):
            if event.id not in granted:
                raise InputError(Fault(shown, f"line {number}", f"there is no grant {event.id} before it", _ALLOWED))
        elif event.id in made:
            raise InputError(Fault(shown, f"line {number}", f"{event.id} is there twice", "each id once"))
        made.add(event.id)
        if isinstance(event, Grant):
            granted.add(event.id)
        yield event


def _to_line(event: Event) -> bytes:
    match event:
        case Request():
            values = {"what": What.REQUEST, **_head(event), **_asked(event.asked)}
        case Grant():
            copy = event.copy
            values = {"what": What.GRANT, **_head(event), **_asked(event.asked), "version": copy.version}
            values |= {
                "sound": copy.sound,
                "burnt_in": copy.burnt_in,
                "sha256": copy.sha256,
                "size": copy.size,
                "url": copy.url,
                "until": utc(event.until),
            }
            values |= {"request": event.request, "allowed_by": event.allowed_by}
        case Change():
            values = {"what": event.what, **_head(event)}
            values |= {"text": event.text} if event.until is None else {"until": utc(event.until)}
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "replace") + b"\n"  # a name may be no text


def _head(event: Event) -> dict[str, object]:
    return {"id": event.id, "at": utc(event.at), "who": event.who}


def _asked(asked: Asked) -> dict[str, object]:
    return {
        "person": asked.person,
        "company": asked.company,
        "reason": asked.reason,
        "territory": asked.territory,
        "languages": asked.languages,
    }

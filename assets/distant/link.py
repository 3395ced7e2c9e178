"""Where a worker reads an object of a store: by a link, or at a place; and why nothing could be read there."""

from dataclasses import dataclass, field
from pathlib import Path

from assets.errors import StoreError


@dataclass(frozen=True, slots=True)
class Link:
    """An address that opens one object for a while, and the bytes that the object is promised to have.

    `url` is a secret, and is shown nowhere; `shown` is what people know the object by. `renewals` is where to ask for
    another link when this one has ended (`assets.distant.renewing`); empty if nowhere.
    """

    url: str = field(repr=False)
    shown: str
    size: int
    sha256: str
    renewals: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The object of a store that is a folder: a file, which is only read. The rest is as of a link."""

    path: Path
    shown: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an object could not be read, which says nothing of the film. `is_ended`: another link may open it."""

    text: str
    is_ended: bool = False


class LinkError(StoreError):
    """An object cannot be read by its link, or is not what it was promised to be."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.text)

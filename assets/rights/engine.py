"""A catalogue's deals, ready for questions (`indexing` makes them so)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assets.rights.entries import Entry, Offer, Offers, Universe
from assets.rights.model import Side, TitleRights
from assets.rights.spans import BEGINNING, OPEN
from assets.rights.voices import Voices

if TYPE_CHECKING:
    from assets.rights.sweep import Field


@dataclass(frozen=True, slots=True)
class IndexedTitle:
    """A title's deals, ready for questions.

    `offers` are the grants of all deals, drafts too, each with its box, and `offers_of` those of a side. `shown` are
    the entries for questions about what is visible to the public. `chains` are, by mandate, the mandates that must also
    cover what it grants, itself included; None if one of them does not bind or is not there. `links` are the mandates
    that another one rests on: they were given to whoever passed them on, and give us nothing by themselves.
    `last_signed` is when the last deal was signed, and `as_of` the instant as of which `signing.as_signed` has made it
    (seconds). `voices` say what can be sold. `fields` are everything that questions about sales may ask about, if it
    was made ready for them (`availability.make_ready`); a title as it stood on some day is not.
    """

    rights: TitleRights
    universe: Universe
    original: int
    offers: tuple[Offer, ...]
    offers_of: Mapping[Side, Offers]
    entries: tuple[Entry, ...]
    shown: tuple[Entry, ...]
    voices: tuple[Voices, ...]
    chains: Mapping[str, frozenset[str] | None]
    links: frozenset[str] = frozenset()
    last_signed: int = BEGINNING
    as_of: int = OPEN
    fields: list[tuple["Field", Voices]] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def title(self) -> str:
        """The title's id."""
        return self.rights.title

    @property
    def has_mandate(self) -> bool:
        """Whether any mandate is recorded, signed or not: then nothing leaves that none of them covers."""
        return bool(self.chains)


@dataclass(frozen=True, slots=True)
class Index:
    """A catalogue's titles by id, ready for questions."""

    titles: Mapping[str, IndexedTitle]
    universe: Universe

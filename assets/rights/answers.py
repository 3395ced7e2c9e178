"""What the rights say to a question: who allows it, who forbids it and why, and what may still come to matter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol, overload

from assets.rights.boxes import Box, made
from assets.rights.model import Deal, Grant, Holdback, Source
from assets.rights.spans import Span
from assets.territory_list import parts

if TYPE_CHECKING:
    from assets.rights.entries import Universe


class Why(StrEnum):
    """Why a right must not be used."""

    NOTHING_ASKED = "nothing-asked"
    """No right, no territory or no time was asked for."""
    NO_MANDATE = "no-mandate"
    """No mandate of the title is recorded, and nothing can be sold that nobody is known to have given us."""
    NOT_HELD = "not-held"
    """No mandate speaks of the right in the territory."""
    CHAIN = "chain"
    """The mandate rests on another one, which does not cover this."""
    NOT_PASSED_ON = "not-passed-on"
    """The mandate was given to somebody else, and the one that rests on it does not speak of this."""
    NOT_LICENSED = "not-licensed"
    """No licence speaks of the right in the territory."""
    UNSIGNED = "unsigned"
    """A draft or pending deal would grant it."""
    DATE_UNKNOWN = "date-unknown"
    """A date of the deal is not known yet."""
    USED_UP = "used-up"
    """All its runs were used."""
    NOT_YET = "not-yet"
    """The term has not begun."""
    OVER = "over"
    """The term is over."""
    LANGUAGE = "language"
    """The deal does not grant the language, or not carried like this."""
    HELD_BACK = "held-back"
    """A holdback of a mandate or of another licence forbids it, or may come to."""
    EXCLUSIVE = "exclusive"
    """Another licence is exclusive there, or may come to be."""
    SOLD = "sold"
    """It is licensed already, so that it cannot be sold exclusively."""
    NOT_EXCLUSIVE = "not-exclusive"
    """The mandate is not exclusive, so that it cannot be sold exclusively."""
    SUPPRESSED = "suppressed"
    """It must not be visible to the public yet."""
    EMBARGOED = "embargoed"
    """It must not be announced yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A grant or a holdback, with the deal that it is part of. An index makes one for each; it equals only itself."""

    deal: Deal
    item: Grant | Holdback

    @property
    def source(self) -> Source:
        """Contract, clause and place; what the grant does not say is what its deal says."""
        own, whole = self.item.source, self.deal.source
        return Source(own.contract or whole.contract, own.clause or whole.clause, own.place or whole.place)

    @property
    def named(self) -> str:
        """The territories in the words of the file."""
        return self.item.scope.named


class _Bits(Protocol):
    """A part of an answer: its bits, from when to when it is true, and what the bits stand for."""

    @property
    def rights_bits(self) -> int: ...

    @property
    def territory_bits(self) -> int: ...

    @property
    def language_bits(self) -> int: ...

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def universe(self) -> "Universe": ...


class Named:
    """What the bits of a part of an answer are called: looked up where it is read, for there may be very many."""

    __slots__ = ()

    @property
    def rights(self: _Bits) -> frozenset[str]:
        """The rights, as leaves of the tree."""
        return self.universe.right_names[self.rights_bits]

    @property
    def territories(self: _Bits) -> frozenset[str]:
        """The territories, as atoms."""
        return self.universe.territory_names[self.territory_bits]

    @property
    def span(self: _Bits) -> Span:
        """From when to when."""
        return made(Span, (self.start, self.end))

    @property
    def languages(self: _Bits) -> tuple[str, ...]:
        """The languages in words (`masks.Tongues.words`), empty for all of them."""
        return self.universe.language_words[self.language_bits]


class _Refused(NamedTuple):
    why: Why
    claim: Claim | None
    rights_bits: int
    territory_bits: int
    language_bits: int
    start: int
    end: int
    universe: "Universe"


class Refusal(Named, _Refused):
    """One reason why not: who forbids, and exactly what of the question. `claim` None: nobody grants it."""

    __slots__ = ()

    @property
    def box(self) -> Box:
        """What of the question it forbids."""
        return made(Box, self[2:7])

    def of(self, box: Box) -> "Refusal":
        """The same reason, of something else."""
        return refusal(self.why, self.claim, box, self.universe)

    @property
    def is_through_group(self) -> bool:
        """Whether the deal names some of the territories by a group only."""
        return self.claim is not None and through_group(self.claim.named, self.territories)


def refusal(why: Why, claim: Claim | None, box: Box, universe: "Universe") -> Refusal:
    """Why a box is refused."""
    rights, territories, languages, start, end = box
    return made(Refusal, (why, claim, rights, territories, languages, start, end, universe))


class Refusals(Sequence[Refusal]):
    """Refusals that are worked out when they are first read: of the answers about a catalogue, few are."""

    __slots__ = ("_found", "_work_out")

    def __init__(self, work_out: Callable[[], Iterable[Refusal]]) -> None:
        self._work_out = work_out
        self._found: tuple[Refusal, ...] | None = None

    def _read(self) -> tuple[Refusal, ...]:
        if self._found is None:
            self._found = tuple(self._work_out())
        return self._found

    @overload
    def __getitem__(self, index: int) -> Refusal: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Refusal, ...]: ...

    def __getitem__(self, index: int | slice) -> Refusal | tuple[Refusal, ...]:
        return self._read()[index]

    def __len__(self) -> int:
        return len(self._read())

    def __iter__(self) -> Iterator[Refusal]:
        return iter(self._read())


class Answer(NamedTuple):
    """Yes with the grants that allow it, or no with every reason.

    Where no language was asked for, a yes means that it is allowed in at least one, and `limits` says what forbids
    the others. `later` is what will forbid it after the instant asked about, where a copy is to stay for longer.
    `holds` are pending deals that would matter if they were signed.
    """

    title: str
    allowed: bool
    licences: tuple[Claim, ...] = ()
    mandates: tuple[Claim, ...] = ()
    refusals: Sequence[Refusal] = ()
    limits: Sequence[Refusal] = ()
    later: tuple[Refusal, ...] = ()
    holds: tuple[Claim, ...] = ()
    no_mandate: bool = False


def through_group(named: str, territories: frozenset[str]) -> bool:
    """Whether some of the territories are not themselves in the words that name them, so that a group says them."""
    if not named:
        return False
    said = {word.strip("()[].;:") for word in named.replace(",", " ").split()}
    wholes = said & territories
    return any(parts().get(code, "") not in wholes for code in territories - said)

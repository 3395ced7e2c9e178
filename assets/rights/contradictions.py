"""What contradicts itself in a title's deals: one record for each, with both sides named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from assets.rights.answers import Claim, Why, through_group
from assets.rights.boxes import Box, merged
from assets.rights.engine import IndexedTitle
from assets.rights.entries import idle
from assets.rights.model import Grant
from assets.rights.spans import Span


class Kind(StrEnum):
    """What is wrong between two deals, or with one."""

    OUTSIDE_MANDATE = "outside-mandate"
    """A licence sells what no mandate gives us, or not then."""
    LANGUAGES_OUTSIDE_MANDATE = "languages-outside-mandate"
    """A licence sells languages that the mandate leaves out."""
    OUTSIDE_CHAIN = "outside-chain"
    """A mandate gives more than the mandate that it rests on."""
    BROKEN_CHAIN = "broken-chain"
    """The mandate that a mandate rests on is not signed, not there, or rests on it in turn."""
    MANDATE_GAP = "mandate-gap"
    """Between a mandate's term and that of its renewal nobody gives us the right."""
    OVERLAPPING_EXCLUSIVES = "overlapping-exclusives"
    """Two exclusive licences meet: neither may be delivered there."""
    EXCLUSIVE_AND_OTHER = "exclusive-and-other"
    """A licence meets one that is exclusive: it may not be delivered there."""
    HOLDBACK_BROKEN = "holdback-broken"
    """A licence was sold into a holdback: it may not be delivered there."""
    ZONES = "zones"
    """Two terms would meet exactly on the calendar, and overlap or leave a gap because their time zones differ."""
    UNSIGNED_AND_OVER = "unsigned-and-over"
    """A draft or pending grant lies wholly in the past."""
    DATE_UNKNOWN = "date-unknown"
    """A date is not known yet: the grant allows nothing, and may forbid others."""
    SIGNED_LATER = "signed-later"
    """It counts as signed, on a day to come: it allows nothing until then."""
    RUNS_EXCEEDED = "runs-exceeded"
    """It was shown more often than was granted."""


_STILL = frozenset({Kind.UNSIGNED_AND_OVER, Kind.DATE_UNKNOWN, Kind.SIGNED_LATER, Kind.RUNS_EXCEEDED})
"""What is wrong with an entry for as long as it is there, whenever its term was."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One contradiction: both sides, and exactly where, when and in which languages they meet.

    It is an error if both sides bind and their dates are known; otherwise it is a warning. What lies wholly in the past
    is neither: no delivery can break it any more, and it is told as history (`is_past`). `why` says why a mandate,
    the `second` side, does not cover the first. `languages` are words, empty for all.
    """

    kind: Kind
    title: str
    is_error: bool
    first: Claim
    second: Claim | None
    rights: frozenset[str]
    territories: frozenset[str]
    span: Span
    languages: tuple[str, ...] = ()
    why: Why | None = None
    is_past: bool = False

    @property
    def severity(self) -> str:
        """`error`, `warning`, or `note` for what is past."""
        return "note" if self.is_past else "error" if self.is_error else "warning"

    @property
    def groups(self) -> tuple[str, ...]:
        """How the sides name the territories, where they do so by a group and not by the territory itself."""
        sides = (self.first, self.second)
        return tuple(side.named for side in sides if side is not None and through_group(side.named, self.territories))


@dataclass(frozen=True, slots=True)
class Met:
    """Where two sides meet, before its bits are turned into names."""

    kind: Kind
    first: Claim
    second: Claim | None
    boxes: tuple[Box, ...]
    is_error: bool
    why: Why | None = None


def told(title: IndexedTitle, found: Iterable[Met], at: int) -> Iterator[Conflict]:
    """What was found, in names, as of an instant (seconds): a conflict for each box that it takes to say it exactly."""
    universe = title.universe
    for met in found:
        for box in merged(met.boxes):
            is_past = box.end <= at and met.kind not in _STILL
            yield Conflict(
                met.kind,
                title.title,
                met.is_error and not is_past,
                met.first,
                met.second,
                universe.right_names[box.rights],
                universe.territory_names[box.territories],
                box.span,
                universe.language_words[box.languages],
                met.why,
                is_past,
            )


def is_settled(*claims: Claim | None) -> bool:
    """Whether all of them bind and all their dates are known: what is wrong between them is then an error."""
    return all(claim is None or (claim.deal.binds and bool(claim.item.scope.term.certain)) for claim in claims)


def gives(claim: Claim) -> bool:
    """Whether a grant, once signed, allows anything."""
    return isinstance(claim.item, Grant) and idle(claim.item) is None

"""What is asked about, cut into cells in which the same deals speak: every point of a cell has the same answer."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from assets.rights.answers import Claim, Why
from assets.rights.boxes import Box, made
from assets.rights.engine import IndexedTitle
from assets.rights.entries import BARS, GIVES, TAKES, Entry, forbids_others, meeting
from assets.rights.masks import set_bits


class Cell(NamedTuple):
    """Boxes, and the entries that cover them; every other entry has no point in common with them.

    `covering` are these entries as bits, by their places among all that there are.
    """

    boxes: list[Box]
    entries: tuple[Entry, ...]
    covering: int


def cut(asked: Box, entries: Sequence[Entry]) -> list[Cell]:
    """The cells of what is asked about, one for each set of entries: together they are it, and no two share a point."""
    marks = sorted(meeting(asked, entries).items(), key=_start)  # fewer pieces than in any other order tried
    boxes: dict[int, list[Box]] = {}
    for box, mark in _pieces(asked, marks):
        if mark in boxes:
            boxes[mark].append(box)
        else:
            boxes[mark] = [box]
    return [made(Cell, (found, tuple([entries[bit] for bit in set_bits(mark)]), mark)) for mark, found in boxes.items()]


def _start(mark: tuple[Box, int]) -> int:
    return mark[0].start


def _pieces(whole: Box, marks: Iterable[tuple[Box, int]]) -> list[tuple[Box, int]]:
    """A box in pieces, each with the marks of all boxes that cover it; the others have no point in common with it."""
    pieces = [(whole, 0)]
    for other, mark in marks:
        some, where, spoken, since, until = other
        left: list[tuple[Box, int]] = []
        for pair in pieces:
            piece, marked = pair
            rights, territories, languages, start, end = piece  # as Box.meets, without a call for each piece
            if rights & some and territories & where and languages & spoken and start < until and since < end:
                both, rest = piece.parted(other)
                left.append((both, marked | mark))
                left += [(box, marked) for box in rest]
            else:
                left.append(pair)
        pieces = left
    return pieces


class Standing(NamedTuple):
    """What the deals say in one cell.

    `mandates` are the grants by which we hold it, `licences` those by which it may leave, `forbidden` who forbids it
    and why. `lacks_mandate` and `lacks_licence` say that nobody grants it: a *no* that no deal says in so many words.
    `silent` are the bits of sounds that would have to go along with a sale, and that we do not hold.
    """

    mandates: tuple[Claim, ...]
    licences: tuple[Claim, ...]
    forbidden: tuple[tuple[Why, Claim], ...]
    lacks_mandate: bool
    lacks_licence: bool
    silent: int = 0

    @property
    def allowed(self) -> bool:
        """Whether it may leave."""
        return not (self.forbidden or self.lacks_mandate or self.lacks_licence or self.silent)


def delivering(title: IndexedTitle, entries: Sequence[Entry], only: Claim | None = None) -> Standing:
    """Whether what lies in a cell may be delivered, under any licence or under `only` this grant.

    A licence is not bound by its own holdbacks and exclusivity. Two exclusive licences of the same thing forbid each
    other: which of them is right is not for us to say.
    """
    given: list[Entry] = []
    offered: list[Entry] = []
    barring: list[Entry] = []
    forbidden: list[tuple[Why, Claim]] = []
    for entry in entries:
        if not entry.binds:
            continue
        if entry.role is GIVES:
            if entry.of_mandate:
                given.append(entry)
            elif only is None or only is entry.claim:
                offered.append(entry)
        elif entry.of_mandate:
            forbidden.append((reason_to_forbid(entry), entry.claim))
        elif forbids_others(entry):
            barring.append(entry)
    held = given_by(title, given)
    free = offered
    if barring:
        by = {entry.deal for entry in barring}
        free = [entry for entry in offered if by <= {entry.deal}]
    if not free:
        deals = {entry.deal for entry in offered} or _speaking(entries, only)
        forbidden += [(reason_to_forbid(entry), entry.claim) for entry in barring if not deals or deals - {entry.deal}]
    holders, licensees = tuple([entry.claim for entry in held]), tuple([entry.claim for entry in free])
    return made(Standing, (holders, licensees, tuple(forbidden), title.has_mandate and not held, not offered, 0))


def _speaking(entries: Iterable[Entry], only: Claim | None) -> set[str]:
    """The deals that nothing is offered by now, though they speak of it; or that of `only` one grant."""
    if only is not None:
        return {only.deal.id}
    return {entry.deal for entry in entries if entry.role is TAKES and not entry.claim.item.scope.perhaps}


def holding(title: IndexedTitle, entries: Sequence[Entry]) -> list[Entry]:
    """The mandates' grants among the entries that hold for us: the whole chain under each is there too."""
    return given_by(title, [entry for entry in entries if entry.of_mandate and entry.role is GIVES and entry.binds])


def given_by(title: IndexedTitle, given: Sequence[Entry]) -> list[Entry]:
    """Those of some mandates' grants that hold for us: of mandates that are ours, and of all that these rest on."""
    if not title.links:  # no mandate that counts rests on another one
        return [entry for entry in given if title.chains[entry.deal] is not None]
    allowing = deals_given_by(title, {entry.deal for entry in given})
    return [entry for entry in given if entry.deal in allowing]


def deals_given_by(title: IndexedTitle, deals: AbstractSet[str]) -> frozenset[str]:
    """Those of some mandates by which we hold what all of them cover."""
    whole = [chain for deal in deals - title.links if (chain := title.chains[deal]) is not None and chain <= deals]
    return frozenset[str]().union(*whole)


def pending(entries: Iterable[Entry]) -> tuple[Claim, ...]:
    """The grants and holdbacks among the entries that are not signed yet, each once."""
    return tuple(dict.fromkeys([entry.claim for entry in entries if not entry.binds]))


def reason_to_forbid(entry: Entry) -> Why:
    """Why an entry forbids the same to others."""
    return Why.HELD_BACK if entry.role is BARS else Why.EXCLUSIVE

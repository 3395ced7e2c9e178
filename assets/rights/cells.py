"""What is asked about, cut into cells in which the same deals speak: every point of a cell has the same answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assets.rights.answers import Claim, Why
from assets.rights.boxes import Box
from assets.rights.engine import Entry, IndexedTitle, Role


@dataclass(frozen=True, slots=True)
class Cell:
    """A box and the entries that cover it; every other entry has no point in common with it."""

    box: Box
    entries: tuple[Entry, ...]


def cut(asked: Iterable[Box], entries: Sequence[Entry]) -> list[Cell]:
    """The cells of what is asked about; together they are it exactly, and no two share a point.

    Cells that the same entries cover have them in the same tuple: who judges these may judge it once.
    """
    covering: dict[int, tuple[Entry, ...]] = {}
    found: list[Cell] = []
    for whole in asked:
        for box, mark in _pieces(whole, _marked(whole, entries)):
            if (known := covering.get(mark)) is None:
                known = covering[mark] = tuple([entry for number, entry in enumerate(entries) if mark >> number & 1])
            found.append(Cell(box, known))
    return found


def _marked(whole: Box, entries: Sequence[Entry]) -> list[tuple[Box, int]]:
    """The boxes that meet what is asked about, each with its entries as bits: those of one box are cut at once."""
    marks: dict[Box, int] = {}
    for number, entry in enumerate(entries):
        box = entry.box
        if whole.meets(box):
            marks[box] = marks.get(box, 0) | 1 << number
    return sorted(marks.items(), key=_start)  # fewer pieces than in any other order that was tried


def _start(marked: tuple[Box, int]) -> int:
    return marked[0].start


def _pieces(whole: Box, marks: Iterable[tuple[Box, int]]) -> list[tuple[Box, int]]:
    """A box in pieces, each with the marks of all boxes that cover it; the others have no point in common with it."""
    pieces = [(whole, 0)]
    for other, mark in marks:
        left: list[tuple[Box, int]] = []
        for piece, marked in pieces:
            if not piece.meets(other):
                left.append((piece, marked))
            elif piece.within(other):
                left.append((piece, marked | mark))
            else:
                left.append((piece.meet(other), marked | mark))
                left += [(rest, marked) for rest in piece.less(other)]
        pieces = left
    return pieces


@dataclass(frozen=True, slots=True)
class Standing:
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
    held = holding(title, entries)
    offered = [
        entry
        for entry in entries
        if entry.role is Role.GIVES and entry.binds and not entry.of_mandate and (only is None or only is entry.claim)
    ]
    forbidden = _held_back_from_us(entries)
    barring = [entry for entry in entries if entry.binds and not entry.of_mandate and forbids_others(entry)]
    by = {entry.deal for entry in barring}
    free = [entry for entry in offered if by <= {entry.deal}]
    if not free:
        deals = {entry.deal for entry in offered}
        forbidden += [(reason_to_forbid(entry), entry.claim) for entry in barring if not deals or deals - {entry.deal}]
    return Standing(
        tuple(entry.claim for entry in held),
        tuple(entry.claim for entry in free),
        tuple(forbidden),
        title.has_mandate and not held,
        not offered,
    )


def holding(title: IndexedTitle, entries: Sequence[Entry]) -> list[Entry]:
    """The mandates' grants among the entries that hold for us: the whole chain under each is there too."""
    return given_by(
        title, [entry for entry in entries if entry.of_mandate and entry.role is Role.GIVES and entry.binds]
    )


def given_by(title: IndexedTitle, given: Sequence[Entry]) -> list[Entry]:
    """Those of some mandates' grants that hold for us: of mandates that are ours, and of all that these rest on."""
    if not title.links:  # no mandate that counts rests on another one
        return [entry for entry in given if title.chains[entry.deal] is not None]
    deals = {entry.deal for entry in given}
    whole = [chain for deal in deals - title.links if (chain := title.chains[deal]) is not None and chain <= deals]
    allowing = frozenset[str]().union(*whole)
    return [entry for entry in given if entry.deal in allowing]


def forbids_others(entry: Entry) -> bool:
    """Whether a licence's entry forbids the same to everyone else."""
    return entry.role is Role.BARS or (entry.role is Role.TAKES and entry.exclusive)


def pending(entries: Iterable[Entry]) -> tuple[Claim, ...]:
    """The grants and holdbacks among the entries that are not signed yet, each once."""
    return tuple(dict.fromkeys(entry.claim for entry in entries if not entry.binds))


def _held_back_from_us(entries: Sequence[Entry]) -> list[tuple[Why, Claim]]:
    return [
        (Why.HELD_BACK, entry.claim)
        for entry in entries
        if entry.of_mandate and entry.role is Role.BARS and entry.binds
    ]


def reason_to_forbid(entry: Entry) -> Why:
    """Why an entry forbids the same to others."""
    return Why.HELD_BACK if entry.role is Role.BARS else Why.EXCLUSIVE

"""A title's rights at an instant as a grid: the tree of rights, by territories in which the same is true of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assets.rights import tree
from assets.rights.availability import Patch, State, deliverable, sellable
from assets.rights.engine import IndexedTitle
from assets.rights.questions import Question

PARTLY = "partly"
WORDS: Mapping[State, str] = {
    State.EXCLUSIVE: "available",
    State.NON_EXCLUSIVE: "non-exclusive",
    State.ON_HOLD: "on hold",
    State.LICENSED: "licensed",
    State.SOLD: "sold",
    State.HELD_BACK: "held back",
    State.NOT_HELD: "not held",
    State.NOT_LICENSED: "not licensed",
}


@dataclass(frozen=True, slots=True)
class GridRow:
    """A right or a group of rights, how deep it stands in the tree, and a word for each column."""

    right: str
    depth: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns are territories, the smallest first; groups whose rights are all alike are one row."""

    columns: tuple[frozenset[str], ...]
    rows: tuple[GridRow, ...]


def grid(title: IndexedTitle, question: Question) -> Grid:
    """What can be sold of a title at an instant; of one without any mandate, what may be delivered."""
    patches = sellable(title, question) if title.has_mandate else deliverable(title, question)
    words = _words(patches)
    leaves = [leaf for leaf in tree.leaves() if leaf in question.rights]
    columns: dict[tuple[str, ...], set[str]] = {}
    for code in question.territories:
        columns.setdefault(tuple(words[leaf, code] for leaf in leaves), set()).add(code)
    ordered = sorted(columns.items(), key=lambda item: (len(item[1]), sorted(item[1])))
    by_leaf = {leaf: tuple(key[number] for key, _ in ordered) for number, leaf in enumerate(leaves)}
    return Grid(tuple(frozenset(codes) for _, codes in ordered), tuple(_rows(tree.cover(question.rights), by_leaf, 0)))


def _words(patches: Iterable[Patch]) -> dict[tuple[str, str], str]:
    """The word of each right in each territory; `partly` where its languages are not all alike."""
    found: dict[tuple[str, str], str] = {}
    for patch in patches:
        word = WORDS[patch.state]
        for right in patch.rights:
            for code in patch.territories:
                found[right, code] = _one_word({found.get((right, code), word), word})
    return found


def _rows(names: Iterable[str], by_leaf: Mapping[str, tuple[str, ...]], depth: int) -> Iterator[GridRow]:
    for name in names:
        below = [by_leaf[leaf] for leaf in tree.leaves() if leaf in tree.expand(name)]
        yield GridRow(name, depth, _merged(below))
        if len(set(below)) > 1:
            yield from _rows(tree.children(name), by_leaf, depth + 1)


def _merged(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(words[0] if len(set(words)) == 1 else PARTLY for words in zip(*rows, strict=True))


def _one_word(words: set[str]) -> str:
    """What is true in all languages: what is licensed in some can be sold in all, but not exclusively.

    Nothing is licensed in every language that there is, so that some are enough for the word.
    """
    if words == {WORDS[State.EXCLUSIVE], WORDS[State.NON_EXCLUSIVE]}:
        return WORDS[State.NON_EXCLUSIVE]
    if words == {WORDS[State.LICENSED], WORDS[State.NOT_LICENSED]}:
        return WORDS[State.LICENSED]
    return words.pop() if len(words) == 1 else PARTLY

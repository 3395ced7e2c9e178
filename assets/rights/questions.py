"""What may be delivered, shown, announced and sold: a question about one title, and its answer.

Nothing here can be overridden: an answer is made of the deals and of the instant asked about, and of nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from assets.rights.answers import Answer, Claim, Refusal, Refusals, Why, refusal
from assets.rights.boxes import Box, made, merged, remainder
from assets.rights.cells import Cell, Standing, cut, delivering, pending
from assets.rights.engine import IndexedTitle
from assets.rights.lacking import lacking
from assets.rights.languages import Carrier
from assets.rights.model import Side
from assets.rights.sales import parts, selling
from assets.rights.signing import as_signed


class Verb(StrEnum):
    """What is to be done with a right."""

    DELIVER = "deliver"
    SHOW = "show"
    """Deliver, and be visible to the public."""
    SELL = "sell"
    SELL_EXCLUSIVELY = "sell-exclusively"


SALES = frozenset({Verb.SELL, Verb.SELL_EXCLUSIVELY})


@dataclass(frozen=True, slots=True)
class Question:
    """Whether all of some rights may be used so, in all of some territories, from `at` until just before `until`.

    Rights are leaves of the tree and territories are atoms. `until` None asks about the instant `at` alone (seconds).
    `tongues` are languages and what carries them, all of which must be allowed; None asks whether any is.
    """

    rights: frozenset[str]
    territories: frozenset[str]
    at: int
    verb: Verb = Verb.DELIVER
    until: int | None = None
    tongues: frozenset[tuple[Carrier, str]] | None = None


class Ruled(NamedTuple):
    """A cell, and what the deals say in it."""

    cell: Cell
    standing: Standing


Find = Callable[[Sequence[Box]], Iterable[Refusal]]
"""Finds every reason that forbids anything of what was asked, but for what lies in some boxes."""


def ask(title: IndexedTitle, question: Question) -> Answer:
    """The answer for one title."""
    asked = asked_box(title, question)
    if not asked:
        return Answer(
            title.title, allowed=False, refusals=(nothing_asked(title, question),), no_mandate=not title.has_mandate
        )
    title = as_signed(title, question.at)
    if question.verb in SALES:
        ruled = _for_sale(title, asked, question.verb)
    else:
        ruled = [(asked, _leaving(title, asked, question.verb))]
    find = partial(_reasons, title, ruled, shown=question.verb is Verb.SHOW)
    cells = ruled[0][1] if len(ruled) == 1 else [item for _, items in ruled for item in items]
    return answer(title, cells, find, asked, any_language=question.tongues is None)


def asked_box(title: IndexedTitle, question: Question) -> Box:
    """What a question is about; empty if it is about nothing."""
    universe, at, until = title.universe, question.at, question.until
    rights, territories = universe.rights.mask(question.rights), universe.territories.mask(question.territories)
    end = at + 1 if until is None else until
    return made(Box, (rights, territories, tongues_mask(title, question.tongues), at, end))


def tongues_mask(title: IndexedTitle, tongues: frozenset[tuple[Carrier, str]] | None) -> int:
    """The bits of languages and their carriers; of all if None."""
    if tongues is None:
        return title.universe.tongues.all
    found = 0
    for carrier, tag in tongues:
        found |= title.universe.tongues.one(carrier, tag)
    return found


def nothing_asked(title: IndexedTitle, question: Question) -> Refusal:
    """The refusal of a question about no right, no territory, no language or no time."""
    asked = asked_box(title, question)._replace(languages=title.universe.tongues.all)
    return Refusal(Why.NOTHING_ASKED, None, *asked, title.universe)


def _leaving(title: IndexedTitle, asked: Box, verb: Verb) -> list[Ruled]:
    cells = cut(asked, title.shown if verb is Verb.SHOW else title.entries)
    return [made(Ruled, (cell, delivering(title, cell.entries))) for cell in cells]


def _for_sale(title: IndexedTitle, asked: Box, verb: Verb) -> list[tuple[Box, list[Ruled]]]:
    judge = partial(selling, title, exclusive=verb is Verb.SELL_EXCLUSIVELY)
    return [
        (part, [Ruled(cell, judge(voices, cell.covering)) for cell in cut(part, voices.entries)])
        for part, voices in parts(title, asked)
    ]


def _reasons(
    title: IndexedTitle, ruled: Sequence[tuple[Box, Sequence[Ruled]]], without: Sequence[Box], *, shown: bool
) -> list[Refusal]:
    found = [reason for whole, cells in ruled for reason in reasons(title, whole, cells, without, shown=shown)]
    return found if len(ruled) == 1 else _who_forbids_first(found)


def reasons(
    title: IndexedTitle,
    whole: Box,
    ruled: Sequence[Ruled],
    without: Sequence[Box] = (),
    *,
    shown: bool = False,
    only: Claim | None = None,
) -> list[Refusal]:
    """Every reason that forbids anything of a box, of which these are all the cells: who forbids it, then who lacks.

    Nothing is said of what lies in `without`; if there are any such boxes, all that is allowed lies in them. `only` is
    the grant that it is asked about, if it is one.
    """
    found = [
        refusal(why, claim, box, title.universe)
        for (boxes, _, _), standing in ruled
        if standing.forbidden
        for box in remainder(boxes, without)
        for why, claim in standing.forbidden
    ]
    held = _beside(ruled, _UNHELD, without)
    if held is not None and title.has_mandate:
        found += lacking(title, Side.MANDATE, whole, held, shown=shown)
    elif held is not None:
        found += [refusal(Why.NO_MANDATE, None, box, title.universe) for box in remainder([whole], held)]
    for (boxes, _, _), standing in ruled:
        if standing.silent and not standing.lacks_mandate:
            found += _silent(title, remainder(boxes, without), standing.silent, shown=shown)
    if (licensed := _beside(ruled, _UNLICENSED, without)) is not None:
        found += lacking(title, Side.LICENCE, whole, licensed, shown=shown, only=only)
    return found


def _beside(ruled: Iterable[Ruled], lacks: Callable[[Standing], bool], without: Sequence[Box]) -> list[Box] | None:
    """What does not lack something, and what nothing is to be said of; None if nothing lacks it."""
    found = list(without)
    some = False
    for (boxes, _, _), standing in ruled:
        if lacks(standing):
            some = True
        elif not (without and standing.allowed):
            found += boxes
    return found if some else None


_UNHELD, _UNLICENSED = attrgetter("lacks_mandate"), attrgetter("lacks_licence")


def _silent(title: IndexedTitle, boxes: Iterable[Box], sounds: int, *, shown: bool) -> Iterator[Refusal]:
    """Why nobody gives us the sounds that would have to go along with what lies in some boxes."""
    for box in boxes:
        heard = lacking(title, Side.MANDATE, box._replace(languages=sounds), shown=shown)
        yield from (reason._replace(language_bits=box.languages) for reason in heard)


def answer(title: IndexedTitle, ruled: Sequence[Ruled], find: Find, asked: Box, *, any_language: bool) -> Answer:
    """The answer that cells make together, which are all of what was asked; several may speak of the same points."""
    granted: list[Standing] = []
    exactly: list[Box] = []
    forbidden: list[Box] = []
    for (boxes, _, _), standing in ruled:
        if standing.allowed:
            granted.append(standing)
            exactly += boxes
        else:
            forbidden += boxes
    enough = [_in_any(box, asked.languages) for box in exactly] if any_language else exactly
    refused = any(remainder([box], enough) for box in forbidden) if enough else bool(forbidden)
    partly = [wide for box, wide in zip(exactly, enough, strict=True) if wide[2] != box[2]]
    limited = any(box.meets(wide) for wide in partly for box in forbidden) if partly else False
    return Answer(
        title.title,
        allowed=not refused,
        licences=_once([claim for standing in granted for claim in standing.licences]),
        mandates=_once([claim for standing in granted for claim in standing.mandates]),
        refusals=Refusals(lambda: in_few(find(enough))) if refused else (),
        limits=Refusals(lambda: in_few(_limits(find, enough, exactly))) if limited else (),
        holds=pending([entry for (_, entries, _), _ in ruled for entry in entries]),
        no_mandate=not title.has_mandate,
    )


def _in_any(box: Box, languages: int) -> Box:
    rights, territories, _, start, end = box
    return made(Box, (rights, territories, languages, start, end))


def _limits(find: Find, enough: Iterable[Box], exactly: Iterable[Box]) -> Iterator[Refusal]:
    """The reasons that forbid the other languages where one of them is enough."""
    wide = merged(enough)
    for reason in find(()):
        box = reason.box
        within = [box.meet(other) for other in wide if box.meets(other)]
        yield from (reason.of(part) for part in remainder(within, filter(box.meets, exactly) if within else ()))


def in_few(reasons: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """The same reasons, each deal's in as few boxes as can say them; last what nobody speaks of."""
    groups: dict[Claim | None, list[Refusal]] = {}
    for reason in reasons:
        claim = reason.claim
        if claim in groups:
            groups[claim].append(reason)
        else:
            groups[claim] = [reason]
    if (nobody := groups.pop(None, None)) is not None:
        groups[None] = nobody
    return tuple([reason for group in groups.values() for reason in (_in_few(group) if len(group) > 1 else group)])


def _who_forbids_first(reasons: Iterable[Refusal]) -> list[Refusal]:
    """Reasons of several parts in the order of those of one: who forbids it, then who lacks."""
    return sorted(reasons, key=_lacks)


def _lacks(reason: Refusal) -> bool:
    return reason.why not in _FORBIDDING


_FORBIDDING = frozenset({Why.HELD_BACK, Why.EXCLUSIVE, Why.SOLD, Why.NOT_EXCLUSIVE, Why.EMBARGOED})


def _in_few(said: list[Refusal]) -> list[Refusal]:
    """Reasons that one deal has, or nobody."""
    if len({item.rights_bits for item in said}) == len({item.territory_bits for item in said}) == len(said):
        return said  # any two differ in both, and cannot be told in one box
    kinds: dict[Why, list[Refusal]] = {}
    for reason in said:
        kinds.setdefault(reason.why, []).append(reason)
    return [alike[0].of(box) for alike in kinds.values() for box in merged(item.box for item in alike)]


def _once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(dict.fromkeys(claims))

"""What may be delivered, shown, announced and sold of titles: each yes with its grants, each no with its reasons."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assets.rights import permission, tree
from assets.rights import windows as granted
from assets.rights.answers import Answer, Claim, Refusal
from assets.rights.availability import sellable
from assets.rights.delivery import may_announce
from assets.rights.permission import Agreed
from assets.rights.questions import Question, Verb, ask
from assets.rights.spans import OPEN, seconds
from assets.rights.windows import RightsWindow
from assets.rights.wording import refusal_text
from cli.held_titles import HeldTitle

YES, PARTLY, NO = "yes", "partly", "no"
EXCLUSIVELY, NON_EXCLUSIVELY = "exclusively", "non-exclusively"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which right, where, as of when."""

    right: str
    territories: frozenset[str]
    at: datetime

    def question(self, verb: Verb) -> Question:
        """The question to the engine."""
        return Question(tree.expand(self.right), self.territories, seconds(self.at), verb)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: where, by which grants, and why not where it is not allowed. `reasons` say it in full sentences.

    `limits` forbid some of the languages of a yes, `later` what is allowed now, each from a day on. `notes` say more of
    a yes and forbid nothing. `until` is when a sale would meet another answer (seconds).
    """

    answer: str
    territories: frozenset[str]
    grants: tuple[Claim, ...]
    refusals: Sequence[Refusal]
    holds: tuple[Claim, ...] = ()
    reasons: tuple[str, ...] = ()
    limits: Sequence[Refusal] = ()
    later: tuple[Refusal, ...] = ()
    until: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TitleAvails:
    """The answers for a title."""

    title: HeldTitle
    deliver: Said
    show: Said
    announce: Said
    sell: Said

    def answers(self) -> Iterator[tuple[str, Said]]:
        """Each answer with what it is about."""
        yield from (("deliver", self.deliver), ("show", self.show), ("announce", self.announce), ("sell", self.sell))

    @property
    def has_any(self) -> bool:
        """Whether anything may be done with the title."""
        return any(said.answer != NO for _, said in self.answers())


def avails_of(title: HeldTitle, asked: Asked) -> TitleAvails:
    """The answers for one title."""
    return TitleAvails(
        title,
        deliver=_deliver(title, asked),
        show=_said(ask(title.deals, asked.question(Verb.SHOW)), asked),
        announce=_said(may_announce(title.deals, asked.question(Verb.DELIVER)), asked),
        sell=_sell(title, asked),
    )


def _deliver(title: HeldTitle, asked: Asked) -> Said:
    """As `deliver --at` would decide: windows that open later are delivered ahead."""
    agreed = title.agreed
    live = [
        permission.part_of(window, asked.territories)
        for window in agreed.windows
        if window.grants(asked.right) and not window.is_over(asked.at) and window.territories & asked.territories
    ]
    answers = [permission.answer(agreed, window, asked.right, asked.at) for window in live]
    free = [
        permission.part_of(window, window.territories - _denied(answer))
        for window, answer in zip(live, answers, strict=True)
    ]
    found = [
        permission.answer(agreed, window, asked.right, asked.at) if answer.refusals else answer
        for window, answer in zip(free, answers, strict=True)
        if window.territories
    ]
    allowed = frozenset[str]().union(*(window.territories for window in free))
    licences = (claim for item in found for claim in item.licences)
    mandates = (claim for item in found for claim in item.mandates)
    return Said(
        _answer(allowed, asked),
        allowed,
        tuple(dict.fromkeys((*licences, *mandates))),
        tuple(dict.fromkeys(_refusals(agreed, zip(live, answers, strict=True), asked, allowed))),
        tuple(dict.fromkeys(hold for answer in answers for hold in answer.holds)),
        _unopened(title, asked, allowed),
        later=tuple(sorted((refusal for item in found for refusal in item.later), key=lambda refusal: refusal.span)),
        notes=(*_ahead(free, asked), *_closed(live, answers, allowed)),
    )


def _unopened(title: HeldTitle, asked: Asked, allowed: frozenset[str]) -> tuple[str, ...]:
    """Why no window lets a copy leave for the rest of what was asked for."""
    missing = asked.territories - allowed
    return permission.select(title.agreed, asked.right, missing, asked.at).refusals if missing else ()


def _refusals(
    agreed: Agreed, answers: Iterable[tuple[RightsWindow, Answer]], asked: Asked, allowed: frozenset[str]
) -> Iterator[Refusal]:
    """What closes windows where no other one is open; nothing is refused where a copy may leave."""
    for window, answer in answers:
        if not window.territories & allowed:
            yield from answer.refusals
        elif window.territories - allowed:
            rest = permission.part_of(window, window.territories - allowed)
            yield from permission.answer(agreed, rest, asked.right, asked.at).refusals


def _ahead(free: Iterable[RightsWindow], asked: Asked) -> Iterator[str]:
    """The windows in which a copy may leave before they open."""
    for window in free:
        if window.territories and window.start > asked.at:
            yield f"ahead of time as of {granted.utc(asked.at)}: {window.id} opens {granted.utc(window.start)}"


def _closed(live: Iterable[RightsWindow], answers: Iterable[Answer], allowed: frozenset[str]) -> Iterator[str]:
    """What closes a window where a copy may leave in another one."""
    for window, answer in zip(live, answers, strict=True):
        for refusal in answer.refusals:
            if refusal.territories & allowed:
                yield f"not in window {window.id}: {refusal_text(refusal)}"


def _denied(answer: Answer) -> frozenset[str]:
    return frozenset[str]().union(*(refusal.territories for refusal in answer.refusals))


def _answer(allowed: frozenset[str], asked: Asked) -> str:
    if not allowed:
        return NO
    return YES if asked.territories <= allowed else PARTLY


def _said(answer: Answer, asked: Asked, word: Callable[[str], str] = str) -> Said:
    """An answer of the engine; where it refuses a part, the rest is allowed."""
    allowed = asked.territories if answer.allowed else asked.territories - _denied(answer)
    return Said(
        word(_answer(allowed, asked)),
        allowed,
        (*answer.licences, *answer.mandates) if allowed else (),
        answer.refusals,
        answer.holds,
        limits=answer.limits,
    )


def _sell(title: HeldTitle, asked: Asked) -> Said:
    """Exclusively, else otherwise, else in a part of what was asked for, else not; and until when that is so."""
    question = replace(asked.question(Verb.SELL), until=OPEN)
    ends = [patch.span.end for patch in sellable(title.deals, question) if question.at in patch.span]
    return replace(_sale(title, asked), until=min(ends, default=None))


def _sale(title: HeldTitle, asked: Asked) -> Said:
    exclusive = ask(title.deals, asked.question(Verb.SELL_EXCLUSIVELY))
    if exclusive.allowed and not exclusive.limits:
        return _said(exclusive, asked, lambda _: EXCLUSIVELY)
    plain = ask(title.deals, asked.question(Verb.SELL))
    if not plain.allowed or plain.limits:
        return _said(plain, asked, lambda answer: PARTLY if answer == YES else answer)
    found = _said(plain, asked, lambda _: NON_EXCLUSIVELY)
    return replace(found, refusals=exclusive.refusals or exclusive.limits)

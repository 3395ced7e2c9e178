"""What may be delivered, shown, announced and sold of titles: each yes with its grants, each no with its reasons."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assets.rights import permission, tree
from assets.rights import windows as granted
from assets.rights.answers import Answer, Claim, Refusal
from assets.rights.availability import sellable
from assets.rights.delivery import may_announce
from assets.rights.questions import Question, Verb, ask
from assets.rights.spans import OPEN, seconds
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

    `limits` forbid some of the languages of a yes, `later` what is allowed now, each from a day on. `until` is when a
    sale would meet another answer (seconds).
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
    free = [window.territories - _denied(answer) for window, answer in zip(live, answers, strict=True)]
    found = [
        permission.answer(agreed, permission.part_of(window, left), asked.right, asked.at)
        if answer.refusals
        else answer
        for window, answer, left in zip(live, answers, free, strict=True)
        if left
    ]
    allowed = frozenset[str]().union(*free)
    if asked.territories <= allowed:
        notes = tuple(_opens(window.start, window.id, asked) for window in live if window.start > asked.at)
    else:
        notes = permission.select(agreed, asked.right, asked.territories, asked.at).refusals
    return Said(
        _answer(allowed, asked),
        allowed,
        tuple(dict.fromkeys(claim for item in found for claim in (*item.licences, *item.mandates))),
        tuple(refusal for answer in answers for refusal in answer.refusals),
        tuple(dict.fromkeys(hold for answer in answers for hold in answer.holds)),
        notes,
        later=tuple(refusal for item in found for refusal in item.later),
    )


def _opens(start: datetime, window: str, asked: Asked) -> str:
    return f"ahead of time as of {granted.utc(asked.at)}: {window} opens {granted.utc(start)}"


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

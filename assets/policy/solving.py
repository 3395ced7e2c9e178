"""Rules that belong together -> the limits of their checks, with cases where one fact depends on another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from assets.policy.document import Rule, Term, rules_of
from assets.policy.facts import Fact, Facts, Limits
from assets.policy.limits import CONTRADICTION, CannotExpressError, limits
from assets.policy.values import Value, holds, values

_MOST_TRIALS = 400_000
"""How many rules are tried on how many combinations: a second's work."""

_MOST_NAMED = 64
"""How many different values of one field may be named."""

_TOO_MANY = "the rules tie too many values together"

Projection = tuple[tuple[Value, ...], ...]
"""What is allowed of each target: one tuple of values for each of them."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A check with its limits. Each of `cases` is a condition (the keys of `if`) with the limits that hold then."""

    check: str
    limits: Limits
    cases: tuple[tuple[Limits, Limits], ...] = ()


def solve(facts: Facts, terms: Sequence[Term]) -> list[Solved]:
    """The checks that ask for what all the terms ask for together. Raises CannotExpressError."""
    problem = _Problem(facts, terms)
    if len(problem.checks) == 1:
        name = problem.checks[0]
        every = problem.values[name]
        kept = [value for value in every if problem.allows({name: value})]
        return [] if len(kept) == len(every) else [Solved(name, limits(name, facts.checks[name], kept, every))]
    why = "it ties together facts of which none can be the condition of a case"
    for name in problem.checks:
        if facts.checks[name].condition:
            try:
                return _by(problem, name)
            except CannotExpressError as error:
                why = str(error)
    raise CannotExpressError(why)


class _Problem:
    """The checks that some terms are about, with the values to try."""

    def __init__(self, facts: Facts, terms: Sequence[Term]) -> None:
        self.facts, self._terms = facts, terms
        rules = [rule for term in terms for rule in rules_of(term)]
        self._asked = {id(rule): check_and_field(facts, rule) for rule in rules}
        found = {self._asked[id(rule)][0] for rule in rules}
        self.checks = [name for name in _by_use(facts) if name in found]
        self.values: dict[str, list[Value]] = {}
        self.alike: dict[str, dict[tuple[bool, ...], list[Value]]] = {}
        for name in self.checks:
            self._fill(
                name, [(field, rule) for rule in rules for check, field in [self._asked[id(rule)]] if check == name]
            )
        if prod(len(found) for found in self.alike.values()) * len(rules) > _MOST_TRIALS:
            raise CannotExpressError(_TOO_MANY)

    def _fill(self, name: str, own: Sequence[tuple[str, Rule]]) -> None:
        """The values of a check, and those together of which its rules say the same."""
        for part in self.facts.checks[name].parts:
            if len({rule.value for field, rule in own if field == part}) > _MOST_NAMED:
                raise CannotExpressError(f"more than {_MOST_NAMED} values of {part}")
        self.values[name] = values(self.facts.checks[name], own)
        if len(self.values[name]) * len(own) > _MOST_TRIALS:
            raise CannotExpressError(_TOO_MANY)
        alike: dict[tuple[bool, ...], list[Value]] = {}
        for value in self.values[name]:
            alike.setdefault(tuple(holds(field, rule, value) for field, rule in own), []).append(value)
        self.alike[name] = alike

    def allows(self, chosen: Mapping[str, Value]) -> bool:
        """Whether a file with these values keeps all terms."""
        return all(self._keeps(term, chosen) for term in self._terms)

    def _keeps(self, term: Term, chosen: Mapping[str, Value]) -> bool:
        if isinstance(term, Rule):
            check, field = self._asked[id(term)]
            return holds(field, term, chosen[check])
        return (all if term.kind == "and" else any)(self._keeps(item, chosen) for item in term.items)


def _by_use(facts: Facts) -> list[str]:
    """The checks, the likeliest conditions first."""
    order = ("frame_rate", "scan", "height", "codec", "container", "transfer", "")
    return sorted(facts.checks, key=lambda name: order.index(facts.checks[name].condition))


def check_and_field(facts: Facts, rule: Rule) -> tuple[str, str]:
    """The check whose limits a rule makes, and the field by the name it has here; both empty if there is none."""
    field = facts.field(rule.field)
    check = facts.check_of(f"{rule.track}/{field}")
    return (check, field) if check else ("", "")


def _by(problem: _Problem, asked: str) -> list[Solved]:
    """The checks with cases for each value of the check `asked`. Raises CannotExpressError."""
    targets = [name for name in problem.checks if name != asked]
    every = problem.values[asked]
    allowed = {
        value: found
        for alike in problem.alike[asked].values()
        for found in [_projections(problem, asked, alike[0], targets)]
        for value in alike
    }
    kept = [value for value in every if allowed[value]]
    by_word: dict[str, Projection] = {}
    for value in kept:
        if by_word.setdefault(value.word, allowed[value]) != allowed[value]:
            raise CannotExpressError(f"a case cannot ask for {asked} as exactly as the rules do")
    fact = problem.facts.checks[asked]
    solved = []
    if len(kept) < len(every):
        solved.append(Solved(asked, limits(asked, fact, kept, every)))
    if not by_word:
        raise CannotExpressError(CONTRADICTION)
    found = list(by_word.values())
    usual = by_word.get("") or max(found, key=found.count)
    for number, name in enumerate(targets):
        solved += _with_cases(
            problem, name, fact, usual[number], {word: item[number] for word, item in by_word.items()}
        )
    return solved


def _projections(problem: _Problem, asked: str, value: Value, targets: Sequence[str]) -> Projection:
    """What is allowed of each target where the asked fact has this value; nothing if it is not allowed itself."""
    alike = [list(problem.alike[name].values()) for name in targets]
    rows = [
        row
        for row in product(*alike)
        if problem.allows({asked: value, **{name: same[0] for name, same in zip(targets, row, strict=True)}})
    ]
    kept = [[same for same in side if any(row[place] is same for row in rows)] for place, side in enumerate(alike)]
    if rows and len(rows) != prod(len(side) for side in kept):
        raise CannotExpressError("it ties more than two facts together, and a case has one condition")
    sides = ({value for same in side for value in same} for side in kept)
    ordered = (
        tuple(value for value in problem.values[name] if value in side)
        for name, side in zip(targets, sides, strict=True)
    )
    return tuple(ordered) if rows else ()


def _with_cases(
    problem: _Problem, name: str, asked: Fact, usual: Iterable[Value], by_word: Mapping[str, tuple[Value, ...]]
) -> list[Solved]:
    """The check `name` with what is usual, and a case for each condition under which it is something else."""
    fact, every = problem.facts.checks[name], problem.values[name]
    kept = tuple(usual)
    if all(len(values) == len(every) for values in (kept, *by_word.values())):
        return []
    if any(len(values) == len(every) for values in (kept, *by_word.values())):
        raise CannotExpressError(f"{name} would have limits in some cases and none in the others")
    groups: dict[tuple[Value, ...], list[str]] = {}
    for word, found in by_word.items():
        if found != kept:
            groups.setdefault(found, []).append(word)
    cases = [
        (condition, limits(name, fact, found, every))
        for found, words in groups.items()
        for condition in _conditions(asked, words)
    ]
    return [Solved(name, limits(name, fact, kept, every), tuple(cases))]


def _conditions(asked: Fact, words: Sequence[str]) -> list[Limits]:
    if asked.condition == "height":
        return [{"min_height": int(word), "max_height": int(word)} for word in words]
    return [{asked.condition: list(words)}]

"""A policy -> the checks that ask for the same, and what of it no check can ask for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assets.policy import factoring, facts
from assets.policy.document import ORDER, Group, Rule, Term, rules_of
from assets.policy.facts import Facts
from assets.policy.limits import CannotExpressError
from assets.policy.solving import Solved, check_and_field, solve
from assets.policy.values import problem

_MOST_BUNDLES = 25
"""How many bundles of rules about the same checks are tried one after the other."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was left out: its line in the XML file, what it is, and why."""

    line: int
    what: str
    why: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A check that a policy asks for, with the lines of its rules, and where it is stricter or milder than they are."""

    solved: Solved
    lines: tuple[int, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """What a policy is as checks: `asked`, by name; and `left`, by line."""

    asked: tuple[Asked, ...]
    left: tuple[Left, ...]


def translate(policy: Group) -> Translation:
    """The checks of a policy. Nothing of it is dropped: what is not in `asked` is in `left`."""
    known = facts.load()
    asked: dict[str, Asked] = {}
    left: list[Left] = []
    bundles: list[list[Term]] = []
    for term in factoring.together(policy):
        whole = known.whole(_text(known, term)) if isinstance(term, Rule) and not _strange(term) else None
        if whole is not None:
            for name, limits in whole.checks.items():
                _join(asked, Asked(Solved(name, limits), (term.line,), (whole.note,) if whole.note else ()))
        elif found := list(_left_out(known, term)):
            left += found
        else:
            bundles.append([term])
    for together in _components(known, bundles):
        solved, lost = _expressed(known, together)
        left += lost
        for item in solved:
            _join(asked, item)
    return Translation(tuple(asked[name] for name in sorted(asked)), tuple(sorted(left, key=lambda item: item.line)))


def _join(asked: dict[str, Asked], item: Asked) -> None:
    """Whole checks may be asked for twice; limits are made once for each check."""
    name = item.solved.check
    before = asked.get(name, Asked(item.solved, (), ()))
    lines = tuple(sorted({*before.lines, *item.lines}))
    asked[name] = Asked(item.solved, lines, tuple(dict.fromkeys([*before.notes, *item.notes])))


def _text(known: Facts, rule: Rule) -> str:
    return " ".join(part for part in (f"{rule.track}/{known.field(rule.field)}", rule.operator, rule.value) if part)


def _left_out(known: Facts, term: Term) -> Iterator[Left]:
    """The rules of a term that cannot be asked for, and the group that falls with them."""
    found = [Left(rule.line, str(rule), why) for rule in rules_of(term) if (why := _fault(known, rule))]
    yield from found
    if found and isinstance(term, Group):
        yield _group_left(term, f"it depends on line {', '.join(str(item.line) for item in found)}")


def _group_left(term: Term, why: str) -> Left:
    what = str(term) if isinstance(term, Rule) else f"policy {term.name!r} ({term.kind})"
    return Left(term.line, what, why)


def _strange(rule: Rule) -> str:
    """Why a rule cannot be understood, or is not asked of every stream as the checks do; empty if it can."""
    one_of_many = rule.occurrence not in ({"*", "1"} if rule.track in {"General", "Video"} else {"*"})
    wrong = "it asks one stream alone, and the checks judge each" if one_of_many else ""
    return rule.strange or wrong


def _fault(known: Facts, rule: Rule) -> str:
    if strange := _strange(rule):
        return strange
    check, field = check_and_field(known, rule)
    if not check:
        place = f"{rule.track}/{known.field(rule.field)}"
        return known.reasons.get(place, "no check asks for it")
    return problem(known.checks[check], field, rule)


def _checks_of(known: Facts, terms: Iterable[Term]) -> set[str]:
    return {check_and_field(known, rule)[0] for term in terms for rule in rules_of(term)}


def _components(known: Facts, bundles: Iterable[list[Term]]) -> list[list[Term]]:
    """The terms, those together that are about the same checks."""
    joined: list[tuple[set[str], list[Term]]] = []
    for bundle in bundles:
        checks, terms = _checks_of(known, bundle), list(bundle)
        for other in [item for item in joined if item[0] & checks]:
            joined.remove(other)
            checks, terms = checks | other[0], other[1] + terms
        joined.append((checks, terms))
    return [terms for _, terms in joined]


def _expressed(known: Facts, terms: Sequence[Term]) -> tuple[list[Asked], list[Left]]:
    """The checks of terms that belong together; if not all can be expressed, as many as can one after the other."""
    try:
        return _asked(known, terms), []
    except CannotExpressError as error:
        bundles = _bundles(known, terms)
        if len(bundles) == 1 or len(bundles) > _MOST_BUNDLES:
            return [], [_group_left(term, str(error)) for term in terms]
    kept: list[list[Term]] = []
    asked: list[Asked] = []
    left: list[Left] = []
    for bundle in bundles:
        try:
            asked = [item for together in _components(known, [*kept, bundle]) for item in _asked(known, together)]
            kept.append(bundle)
        except CannotExpressError as error:
            left += [_group_left(term, str(error)) for term in bundle]
    return asked, left


def _bundles(known: Facts, terms: Sequence[Term]) -> list[list[Term]]:
    """First the terms about one check, those of the same check together; then each that is about several."""
    single: dict[str, list[Term]] = {}
    several: list[list[Term]] = []
    for term in terms:
        checks = _checks_of(known, [term])
        if len(checks) == 1:
            single.setdefault(checks.pop(), []).append(term)
        else:
            several.append([term])
    return [*single.values(), *several]


def _asked(known: Facts, terms: Sequence[Term]) -> list[Asked]:
    rules = [rule for term in terms for rule in rules_of(term)]
    result = []
    for solved in solve(known, terms):
        own = [rule for rule in rules if check_and_field(known, rule)[0] == solved.check]
        lines = tuple(sorted({rule.line for rule in (rules if solved.cases else own)}))
        result.append(Asked(solved, lines, tuple(_notes(known, solved.check, own))))
    return result


def _notes(known: Facts, check: str, rules: Iterable[Rule]) -> Iterator[str]:
    fact = known.checks[check]
    told = list(rules)
    yield from dict.fromkeys(fact.note[field] for rule in told if (field := known.field(rule.field)) in fact.note)
    if fact.kind == "listed" and any(rule.operator in ORDER for rule in told):
        yield "of a range the usual values are listed, and others in it are refused"

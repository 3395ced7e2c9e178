"""The terms of a policy that must hold all together, with what is common to all sides of an `or` taken out of it."""

from collections.abc import Iterator

from assets.policy.document import Group, Rule, Term

_Key = tuple[str, ...]


def together(term: Term) -> Iterator[Term]:
    """The terms that a term asks for at once: `(a and b) or (a and c)` is `a`, and `b or c`."""
    if isinstance(term, Rule):
        yield term
    elif term.kind == "and" or len(term.items) == 1:
        for item in term.items:
            yield from together(item)
    else:
        yield from _factored(term)


def _factored(either: Group) -> Iterator[Term]:
    sides = [list(together(item)) for item in either.items]
    keys = [{_key(item) for item in side if isinstance(item, Rule)} for side in sides]
    common = set.intersection(*keys)
    yield from {
        _key(item): item for item in reversed(sides[0]) if isinstance(item, Rule) and _key(item) in common
    }.values()
    rest = [[item for item in side if not (isinstance(item, Rule) and _key(item) in common)] for side in sides]
    if all(rest):
        items = zip(either.items, rest, strict=True)
        yield Group(either.line, either.name, "or", tuple(_side(item, side) for item, side in items))


def _side(item: Term, rest: list[Term]) -> Term:
    name = item.name if isinstance(item, Group) else ""
    return rest[0] if len(rest) == 1 else Group(item.line, name, "and", tuple(rest))


def _key(rule: Rule) -> _Key:
    return rule.track, rule.field, rule.occurrence, rule.operator, rule.value, rule.strange

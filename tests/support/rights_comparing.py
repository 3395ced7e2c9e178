"""The engine's answers to random deals against those of the model that tries everything by itself."""

from dataclasses import replace
from itertools import product

from brute_rights import RIGHTS, TAGS, TERRITORIES, TONGUES, Brute, instants, random_rights

from assets.rights import tree
from assets.rights.answers import Why
from assets.rights.availability import FOR_SALE, State, deliverable, sellable
from assets.rights.boxes import Box
from assets.rights.cells import cut, delivering
from assets.rights.conflict_report import conflicts_of
from assets.rights.contradictions import Kind
from assets.rights.delivery import Delivery, forbids, may_announce
from assets.rights.indexing import index, index_title
from assets.rights.languages import NONE, Carrier, Languages, Tags
from assets.rights.model import Deal, Grant, Scope, Side, Source, Status, Term
from assets.rights.questions import Question, Verb, ask
from assets.rights.spans import BEGINNING, OPEN
from assets.territory import expand

CONFLICTS_SHARE = 0.25
"""Of the catalogues; to try every point for each pair of deals takes longer than all the rest."""
PATCHES_SHARE = 0.25
"""Of the catalogues, for the same reason."""
NEAR_SHARE = 0.7
_EVERY = (*TAGS, "pt-PT")
_ALL_TONGUES = tuple(product(("dubbed", "subtitled", "captioned"), _EVERY))
"""With `pt-PT`, which is named but never asked for: a conflict may be about this language alone."""
BARS = {Why.EXCLUSIVE, Why.HELD_BACK, Why.SOLD}


def compare(draw):
    """Draw the deals of one title and compare every kind of answer. Raises AssertionError where they differ."""
    rights = random_rights(draw)
    original = draw.choice(("", "ko", "pt"))
    title, brute, times = index_title(rights, original), Brute(rights, original), instants(rights)
    some = draw.sample(times, 1)
    compare_cells(title, brute, some)
    if draw.random() < PATCHES_SHARE:
        compare_patches(title, brute, some)
        compare_everything(draw, rights, original, times)
        compare_offers(draw, rights, title, times)
    compare_question(draw, title, brute, times)
    compare_announcing(draw, title, brute, times)
    compare_delivery(draw, title, brute, times)
    if draw.random() < CONFLICTS_SHARE:
        compare_conflicts(title, brute, times)


def compare_cells(title, brute, times):
    """Every point is in exactly one cell, and the cell says of it what the model says."""
    universe = title.universe
    rights, territories = universe.rights.mask(frozenset(RIGHTS)), universe.territories.mask(frozenset(TERRITORIES))
    cells = cut(Box(rights, territories, universe.tongues.all, BEGINNING, OPEN), title.entries)
    judged = []
    for cell in cells:
        standing = delivering(title, cell.entries)
        licences = {claim.item.id for claim in standing.licences} if standing.allowed else set()
        judged += [(box, licences) for box in cell.boxes]
    for right, territory, tongue in product(RIGHTS, TERRITORIES, TONGUES):
        bits = [
            universe.rights.mask(frozenset({right})),
            universe.territories.mask(frozenset({territory})),
            universe.tongues.one(*tongue),
        ]
        column = [
            item
            for item in judged
            if item[0].rights & bits[0] and item[0].territories & bits[1] and item[0].languages & bits[2]
        ]
        for at in times:
            [(_, licences)] = [item for item in column if at in item[0].span]
            point = (right, territory, at, tongue)
            assert licences == {grant.id for grant in brute.allowing(point)}, point


def compare_patches(title, brute, times):
    """Every point is in exactly one patch of each grid, and the patch says of it what the model says."""
    everything = Question(frozenset(RIGHTS), frozenset(TERRITORIES), BEGINNING, until=OPEN)
    leaving, sales = deliverable(title, everything), sellable(title, everything)
    few = sellable(title, everything, FOR_SALE)
    again = sellable(title, replace(everything, at=times[0]), FOR_SALE)
    for right, territory, tongue, at in product(RIGHTS, TERRITORIES, TONGUES, times):
        point = (right, territory, at, tongue)
        [state] = _states(title, leaving, point)
        assert (state is State.LICENSED) == bool(brute.allowing(point)), point
        [state] = _states(title, sales, point)
        assert (state in FOR_SALE) == brute.may_sell(point, exclusive=False), point
        if state is not State.ON_HOLD:
            assert (state is State.EXCLUSIVE) == brute.may_sell(point, exclusive=True), point
        assert _states(title, few, point) == ([state] if state in FOR_SALE else []), point
        assert _states(title, again, point) == _states(title, few, point), point


def compare_everything(draw, rights, original, times):
    """What a catalogue finds out once, for all that a title has for sale, says the same as of any day, in any order."""
    kept = index([rights], {rights.title: original}, for_sales=True).titles[rights.title]
    everything = Question(frozenset(tree.leaves()), expand(["worldwide"]), BEGINNING, until=OPEN)
    for at in draw.sample(times, min(len(times), 3)):
        found = sellable(kept, replace(everything, at=at), FOR_SALE)
        few = Question(frozenset(RIGHTS), frozenset(TERRITORIES), at, until=OPEN)
        points = product(RIGHTS, TERRITORIES, TONGUES, [time for time in (at, times[-1]) if time >= at])
        alone = sellable(index_title(rights, original), few, FOR_SALE)
        for right, place, tongue, time in points:
            point = (right, place, time, tongue)
            assert _told(kept, found, point) == _told(kept, alone, point), point


def _told(title, patches, point):
    """The states of a point, who makes it so, and until when."""
    right, place, at, tongue = point
    bit = title.universe.tongues.one(*tongue)
    return [
        (patch.state, {claim.item.id for claim in patch.claims}, {claim.item.id for claim in patch.holds}, patch.end)
        for patch in patches
        if _within(patch, right, place, at) and patch.language_bits & bit
    ]


def _states(title, patches, point):
    right, territory, at, tongue = point
    bit = title.universe.tongues.one(*tongue)
    return [patch.state for patch in patches if _within(patch, right, territory, at) and patch.language_bits & bit]


def compare_offers(draw, rights, title, times):
    """What is offered for sale can be signed: as a licence it contradicts nothing."""
    at = draw.choice(times)
    question = Question(frozenset(RIGHTS), frozenset(TERRITORIES), at, until=OPEN)
    offered = sellable(title, question, FOR_SALE)
    for patch in draw.sample(offered, min(len(offered), 3)):
        original = next((tag for tag in ("ko", "pt") if title.original & title.universe.tongues.one("dubbed", tag)), "")
        signed = index_title(replace(rights, deals=(*rights.deals, _bought(patch))), original)
        for conflict in conflicts_of(signed, at):
            sides = {claim.deal.id for claim in (conflict.first, conflict.second) if claim}
            assert "bought" not in sides or not conflict.is_error, (patch, conflict)


def _bought(patch):
    """A signed licence of a patch, a grant for each set of languages that one list can say."""
    spoken = {carrier: frozenset(tag for tag in _EVERY if _bit(patch, carrier, tag)) for carrier in Carrier}
    if len(set(spoken.values())) == 1:
        lists = [Languages(tags, tags, tags) for tags in _lists(spoken[Carrier.DUBBED])]
    else:
        lists = [
            Languages(NONE, NONE, NONE)._replace(**{carrier.value: tags})
            for carrier in Carrier
            for tags in _lists(spoken[carrier])
        ]
    term = Term(patch.span.start, patch.span.end)
    grants = tuple(
        Grant(
            f"bought-{number}",
            "bought",
            Scope(patch.rights, patch.territories, term, languages),
            exclusive=patch.state is State.EXCLUSIVE,
            source=Source(),
        )
        for number, languages in enumerate(lists)
    )
    return Deal("bought", Side.LICENCE, "a buyer", Status.SIGNED, grants)


def _bit(patch, carrier, tag):
    return patch.language_bits & patch.universe.tongues.one(carrier, tag)


def _lists(tags):
    """Languages as `Tags` that are exactly these together."""
    missing = frozenset(_EVERY) - tags - {"sw"}
    narrow = {tag for tag in tags if tag.partition("-")[0] in missing and "-" in tag}
    found = [Tags(frozenset({tag}), frozenset(name for name in missing if name.startswith(tag + "-"))) for tag in tags]
    if "sw" not in tags:
        return found
    return [Tags(None, missing), *(Tags(frozenset({tag})) for tag in narrow)]


def _asked(draw, grants=()):
    """What to ask about: more often than not what one of some grants speaks of."""
    rights, territories = RIGHTS, TERRITORIES
    if grants and draw.random() < NEAR_SHARE:
        scope = draw.choice(grants).scope
        rights, territories = sorted(scope.rights), sorted(scope.territories)
    rights = frozenset(draw.sample(rights, min(len(rights), draw.choice((1, 1, 2)))))
    territories = frozenset(draw.sample(territories, min(len(territories), draw.choice((1, 1, 2, 3)))))
    tongues = None if draw.random() < 0.4 else frozenset(draw.sample(TONGUES, draw.choice((1, 1, 2))))
    return rights, territories, tongues


def _allows(brute, verb, point):
    if verb in {Verb.SELL, Verb.SELL_EXCLUSIVELY}:
        return brute.may_sell(point, exclusive=verb is Verb.SELL_EXCLUSIVELY)
    return bool(brute.allowing(point, shown=verb is Verb.SHOW))


def _within(found, right, territory, at):
    return right in found.rights and territory in found.territories and at in found.span


def compare_question(draw, title, brute, times):
    """The answer is that of all points together; refusals cover what is denied, and nothing that is allowed."""
    rights, territories, tongues = _asked(draw, [grant for deal in brute.licences for grant in deal.grants])
    at = draw.choice(times)
    until = draw.choice((None, *(time for time in times if time > at)))
    verb = draw.choice(tuple(Verb))
    answer = ask(title, Question(rights, territories, at, verb, until, tongues))
    moments = [time for time in times if at <= time < (until or at + 1)]
    places = list(product(rights, territories, moments))
    said = {place: [_allows(brute, verb, (*place, tongue)) for tongue in (tongues or _ALL_TONGUES)] for place in places}
    good = any if tongues is None else all
    assert answer.allowed == all(good(found) for found in said.values())
    assert answer.allowed == (not answer.refusals)
    for place, found in said.items():
        refused = any(_within(refusal, *place) for refusal in answer.refusals)
        assert refused == (not good(found)), place
        limited = any(_within(refusal, *place) for refusal in answer.limits)
        if tongues is None and any(found) and not all(found):
            assert limited, place
        if all(found):
            assert not limited, place
    _compare_refusals(brute, answer)
    assert answer.no_mandate == (not brute.mandates)
    given = [grant for deal in brute.licences for grant in deal.grants]
    for claim in answer.licences:
        assert claim.item in given
        assert any(
            claim.item in brute.allowing((*place, tongue), verb is Verb.SHOW)
            for place in places
            for tongue in (tongues or _ALL_TONGUES)
        )


def _compare_refusals(brute, answer):
    """Whoever forbids has been read right: the span is the item's own, and the reason is true of it."""
    for refusal in (*answer.refusals, *answer.limits):
        if refusal.claim is None:
            assert refusal.why in {Why.NOT_HELD, Why.NOT_LICENSED, Why.NO_MANDATE, Why.NOTHING_ASKED}
            continue
        scope, item = refusal.claim.item.scope, refusal.claim.item
        assert refusal.rights <= scope.rights
        assert refusal.territories <= (scope.territories | scope.perhaps if refusal.why in BARS else scope.territories)
        possible = scope.term.possible
        if refusal.why in BARS:
            assert possible.meet(refusal.span) == refusal.span
            assert refusal.claim.deal in (*brute.bound_licences, *brute.bound_mandates)
        is_true = {
            Why.OVER: refusal.span.start >= possible.end,
            Why.NOT_YET: refusal.span.end <= possible.start,
            Why.DATE_UNKNOWN: not scope.term.certain,
            Why.UNSIGNED: not refusal.claim.deal.binds,
            Why.USED_UP: item.runs is not None and item.runs_used >= item.runs if hasattr(item, "runs") else False,
            Why.SUPPRESSED: refusal.span.start < (getattr(item, "suppress_until", None) or BEGINNING),
            Why.CHAIN: bool(refusal.claim.deal.under),
            Why.NOT_PASSED_ON: refusal.claim.deal.id in brute.links,
            Why.NOT_EXCLUSIVE: True,
        }
        assert is_true.get(refusal.why, True), refusal


def compare_announcing(draw, title, brute, times):
    rights, territories, tongues = _asked(draw, [grant for deal in brute.licences for grant in deal.grants])
    at = draw.choice(times)
    answer = may_announce(title, Question(rights, territories, at, tongues=tongues))
    good = any if tongues is None else all
    for right, territory in product(rights, territories):
        allowed = good(brute.may_announce(right, territory, at, tongue) for tongue in (tongues or _ALL_TONGUES))
        refused = any(_within(refusal, right, territory, at) for refusal in answer.refusals)
        assert allowed == (not refused), (right, territory, at)
    assert answer.allowed == (not answer.refusals)


def compare_delivery(draw, title, brute, times):
    """A delivery is refused by what forbids its first instant, and told of what forbids a later one."""
    grants = [grant for deal in brute.licences for grant in deal.grants]
    if not grants:
        return
    grant = draw.choice([item for item in grants if item.scope.term.certain and not item.is_used_up] or grants)
    rights, territories, tongues = _asked(draw, [grant])
    tongues = tongues or frozenset({draw.choice(TONGUES)})
    span = grant.scope.term.certain
    at = draw.choice([time for time in times if time < span.end] or times)
    answer = forbids(title, Delivery(grant.id, rights, territories, at, tongues))
    first = max(at, span.start) if span and at < span.end else at
    end = span.end if first in span else first + 1

    def fails(time):
        return any(grant not in brute.allowing(point) for point in product(rights, territories, [time], tongues))

    assert answer.allowed == (not fails(first))
    assert answer.allowed == (not answer.refusals)
    if answer.allowed:
        assert answer.licences
        assert bool(answer.later) == any(fails(time) for time in times if first < time < end)
        for later in answer.later:
            assert fails(later.span.start)


def compare_conflicts(title, brute, times):
    """Every two deals that forbid each other something are found, and nothing else."""
    found = conflicts_of(title, at=times[len(times) // 2])
    pairs = {
        frozenset({conflict.first.item.id, conflict.second.item.id})
        for conflict in found
        if conflict.kind in {Kind.OVERLAPPING_EXCLUSIVES, Kind.EXCLUSIVE_AND_OTHER, Kind.HOLDBACK_BROKEN}
    }
    assert pairs == _brute_pairs(brute, times)
    outside = {
        conflict.first.item.id
        for conflict in found
        if conflict.kind in {Kind.OUTSIDE_MANDATE, Kind.LANGUAGES_OUTSIDE_MANDATE}
    }
    assert outside == _brute_outside(brute, times)
    for conflict in found:
        if conflict.kind in {Kind.OVERLAPPING_EXCLUSIVES, Kind.EXCLUSIVE_AND_OTHER} and conflict.is_error:
            right, territory = min(conflict.rights), min(conflict.territories)
            points = [(right, territory, conflict.span.start, tongue) for tongue in _ALL_TONGUES]
            assert any(
                conflict.first.item not in brute.allowing(point) and brute.may_cover(conflict.second.item, point)
                for point in points
            )


def _points(times):
    return list(product(RIGHTS, TERRITORIES, times, _ALL_TONGUES))


def _may_give(brute, grant, points):
    """The points that a grant could allow if its dates came to be such, however often it was shown."""
    possible = grant.scope.term.possible
    term = replace(grant.scope.term, start=possible.start, end=possible.end)
    whole = replace(grant, scope=replace(grant.scope, term=term), runs=None)
    return {point for point in points if brute.gives(whole, point)}


def _brute_pairs(brute, times):
    deals = [deal for deal in brute.rights.deals if deal.status != "draft"]
    licences = [deal for deal in deals if deal.side == "licence"]
    points = _points(times)
    given = {grant.id: _may_give(brute, grant, points) for deal in licences for grant in deal.grants}
    pairs = set()
    for deal in deals:
        barring = [*deal.holdbacks, *(grant for grant in deal.grants if grant.exclusive and deal.side == "licence")]
        for item in barring:
            taken = {point for point in points if brute.may_cover(item, point)}
            for other in licences:
                if other is not deal:
                    pairs |= {frozenset({item.id, grant.id}) for grant in other.grants if given[grant.id] & taken}
    return pairs


def _brute_outside(brute, times):
    if not brute.mandates:
        return set()
    points = _points(times)
    held = {point for point in points if brute.holding(point, brute.gives)}
    ever = {(right, territory, tongue) for right, territory, _, tongue in held}
    found = set()
    for deal in brute.licences:
        for grant in deal.grants if deal.status != "draft" else ():
            sold = _may_give(brute, grant, points)
            if grant.scope.term.certain:
                outside = sold - held
            else:
                outside = {point for point in sold if (point[0], point[1], point[3]) not in ever}
            if outside:
                found.add(grant.id)
    return found

"""Random deals, and a model of what they allow that tries every right, territory, instant and language by itself.

The model knows nothing of the engine: it has sets of tuples, and reads tags as text. Its instants are the days on which
anything changes, and the second before each.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

from assets.rights.languages import Carrier, Languages, Tags
from assets.rights.model import Deal, Grant, Holdback, Scope, Side, Source, Status, Term, TitleRights
from assets.rights.spans import BEGINNING, OPEN

RIGHTS = ("svod", "freetv", "airlines")
TERRITORIES = ("KR", "JP", "CA", "CA-QC")
TAGS = ("ko", "ja", "pt", "pt-BR", "sw")
NAMED = ("ko", "ja", "pt", "pt-BR", "pt-PT")
"""`sw` is never named: it stands for every other language. `pt-PT` is never asked for by itself."""
WHOLE_SHARE = 0.5
UNCERTAIN_SHARE = 0.08
UNDATED_SHARE = 0.08
"""Of the scopes: they name a group as of a day that nobody wrote down, so that they may have more territories."""
TONGUES = tuple(product(Carrier, TAGS))


def local(zone, *date):
    return int(datetime(*date, tzinfo=ZoneInfo(zone)).astimezone(UTC).timestamp())


DAYS = (
    local("Asia/Seoul", 2026, 1, 1),
    local("America/Los_Angeles", 2026, 1, 1),
    local("America/Sao_Paulo", 2018, 11, 4),  # a midnight that does not exist
    local("America/Sao_Paulo", 2018, 2, 17),  # a day with an hour twice
    local("Asia/Seoul", 1988, 5, 8),
    local("Asia/Beirut", 2026, 3, 29),
    local("UTC", 2028, 2, 29),
    local("UTC", 2028, 3, 1),
    local("Europe/Berlin", 2027, 3, 28),
    local("Europe/Berlin", 2027, 3, 29),
    local("UTC", 9999, 12, 31),
)


def random_rights(draw, most_deals=5):
    """Deals of one title, drawn with a `random.Random`."""
    days = sorted(draw.sample(DAYS, draw.randint(2, 4)))
    ids = [f"deal-{number}" for number in range(draw.randint(1, most_deals))]
    most = draw.choice(((Side.LICENCE,), (Side.LICENCE, Side.LICENCE, Side.MANDATE)))
    sides = [draw.choice(most) for _ in ids]
    deals = tuple(_deal(draw, days, name, side, ids) for name, side in zip(ids, sides, strict=True))
    if draw.random() < WHOLE_SHARE:
        deals = (_whole_mandate(draw), *deals)
    return TitleRights("title", deals)


def _whole_mandate(draw):
    """A mandate for everything, so that what licences do to each other decides more often than what we hold."""
    scope = Scope(frozenset(RIGHTS), frozenset(TERRITORIES), Term(BEGINNING, OPEN), Languages())
    grant = Grant("whole-grant", "whole", scope, exclusive=draw.random() < WHOLE_SHARE, source=Source())
    return Deal("whole", Side.MANDATE, "a producer", Status.SIGNED, (grant,))


def _deal(draw, days, name, side, ids):
    status = draw.choice((*[Status.SIGNED] * 6, Status.ENDED, Status.PENDING, Status.DRAFT))
    wide = side is Side.MANDATE
    grants = tuple(_grant(draw, days, name, f"{name}-grant-{number}", wide) for number in range(draw.randint(0, 2)))
    holdbacks = tuple(
        Holdback(f"{name}-holdback-{number}", name, _scope(draw, days, wide=False), Source(place=f"line {number}"))
        for number in range(draw.choice((0, 0, 0, 1)))
    )
    under = draw.choice(("", "", "", "", *ids, "nobody")) if wide else ""
    return Deal(name, side, "a party", status, grants, holdbacks, under, Source(f"contract {name}"))


def _grant(draw, days, deal, name, wide):
    return Grant(
        id=name,
        deal=deal,
        scope=_scope(draw, days, wide=wide),
        exclusive=draw.random() < 0.4,
        source=Source(clause="2.1"),
        runs=draw.choice((None, None, None, 2)),
        runs_used=draw.choice((0, 0, 1, 2, 3)),
        announce=draw.choice((None, None, *days)),
        suppress_until=draw.choice((None, None, *days)),
    )


def _scope(draw, days, *, wide):
    start = draw.choice((BEGINNING, days[0]) if wide else (BEGINNING, *days))
    end = draw.choice((OPEN, days[-1]) if wide else (*days, OPEN))
    start, end = (start, end) if start < end else (end, start)
    term = Term(start, end if start < end else OPEN)
    if draw.random() < UNCERTAIN_SHARE:
        term = replace(term, **{draw.choice(("start", "end")): None}, unknown=("theatrical in JP",))
    territories = _some(draw, TERRITORIES, wide)
    perhaps = frozenset(TERRITORIES) - territories if draw.random() < UNDATED_SHARE else frozenset()
    return Scope(_some(draw, RIGHTS, wide), territories, term, _languages(draw, wide), perhaps=perhaps)


def _some(draw, names, wide):
    return frozenset(names if wide and draw.random() < 0.6 else draw.sample(names, draw.randint(1, len(names))))


def _languages(draw, wide):
    if draw.random() < (0.8 if wide else 0.5):
        return Languages()
    if draw.random() < 0.5:
        one = _tags(draw)
        return Languages(one, one, one)
    return Languages(_tags(draw), _tags(draw), _tags(draw))


def _tags(draw):
    included = None if draw.random() < 0.4 else frozenset(draw.sample(NAMED, draw.randint(0, 2)))
    return Tags(included, frozenset(draw.sample(NAMED, draw.choice((0, 0, 1, 2)))))


def instants(rights):
    """Every instant at which anything changes, the second before it, and one long before and after all."""
    found = {BEGINNING, OPEN - 1}
    for deal in rights.deals:
        for item in (*deal.grants, *deal.holdbacks):
            dates = [item.scope.term.start, item.scope.term.end]
            dates += [item.announce, item.suppress_until] if isinstance(item, Grant) else []
            found |= {near for date in dates if date not in {None, BEGINNING, OPEN} for near in (date - 1, date)}
    return sorted(found)


def _is_in(tags, tag):
    def covered(by):
        return any(tag == wide or tag.startswith(wide + "-") for wide in by)

    return (tags.included is None or covered(tags.included)) and not covered(tags.excluded)


def _said(languages, tongue):
    carrier, tag = tongue
    return _is_in(
        {"dubbed": languages.dubbed, "subtitled": languages.subtitled, "captioned": languages.captioned}[carrier], tag
    )


@dataclass
class Brute:
    """What is allowed at one right, territory, instant and language at a time."""

    rights: TitleRights
    original: str = ""

    def __post_init__(self):
        self.mandates = [deal for deal in self.rights.deals if deal.side == "mandate"]
        self.licences = [deal for deal in self.rights.deals if deal.side == "licence"]
        self.bound_mandates = [deal for deal in self.mandates if deal.status in ("signed", "ended")]
        self.links = {deal.under for deal in self.mandates if deal.under and deal.status != "draft"}
        self.bound_licences = [deal for deal in self.licences if deal.status in ("signed", "ended")]

    def gives(self, grant, point, shown=False):
        right, territory, at, tongue = point
        term = grant.scope.term
        if None in (term.start, term.end) or not term.start <= at < term.end:
            return False
        if grant.runs is not None and grant.runs_used >= grant.runs:
            return False
        if shown and grant.suppress_until is not None and at < grant.suppress_until:
            return False
        inside = right in grant.scope.rights and territory in grant.scope.territories
        return inside and (_said(grant.scope.languages, tongue) or self.goes_along(grant, tongue))

    def goes_along(self, grant, tongue):
        if not self.original or tongue[0] != "dubbed":
            return False
        if tongue[1] != self.original and not tongue[1].startswith(self.original + "-"):
            return False
        languages = grant.scope.languages
        if languages.dubbed == languages.subtitled == languages.captioned:
            return False
        return any(_is_in(tags, tag) for tags in (languages.subtitled, languages.captioned) for tag in (*NAMED, "sw"))

    def may_cover(self, item, point):
        right, territory, at, tongue = point
        term = item.scope.term
        if (term.start is not None and at < term.start) or (term.end is not None and at >= term.end):
            return False
        inside = right in item.scope.rights and territory in item.scope.territories | item.scope.perhaps
        return inside and _said(item.scope.languages, tongue)

    def covers(self, name, point, seen, fits):
        deal = next((deal for deal in self.bound_mandates if deal.id == name), None)
        if deal is None or name in seen or not any(fits(grant, point) for grant in deal.grants):
            return False
        return not deal.under or self.covers(deal.under, point, {*seen, name}, fits)

    def holding(self, point, fits):
        """The mandates' grants by which we hold a point."""
        return [
            grant
            for deal in self.bound_mandates
            if deal.id not in self.links and self.covers(deal.id, point, set(), fits)
            for grant in deal.grants
            if fits(grant, point)
        ]

    def held_back(self, point):
        return any(self.may_cover(item, point) for deal in self.bound_mandates for item in deal.holdbacks)

    def forbids_others(self, deal, point):
        if any(self.may_cover(item, point) for item in deal.holdbacks):
            return True
        return any(grant.exclusive and self.may_cover(grant, point) for grant in deal.grants)

    def allowing(self, point, shown=False):
        """The licences' grants under which a point may leave."""
        if self.mandates and not self.holding(point, lambda grant, at: self.gives(grant, at, shown)):
            return []
        if self.held_back(point):
            return []
        return [
            grant
            for deal in self.bound_licences
            if not any(self.forbids_others(other, point) for other in self.bound_licences if other is not deal)
            for grant in deal.grants
            if self.gives(grant, point, shown)
        ]

    def may_sell(self, point, exclusive):
        """What is read is sold with the original sound, so that nobody may keep that from us either."""
        right, territory, at, (carrier, _) = point
        heard = () if carrier == "dubbed" else [tag for tag in NAMED if self.is_original(tag)]
        along = ((right, territory, at, ("dubbed", tag)) for tag in heard)
        return self._may_sell(point, exclusive) and all(self._may_sell(sound, exclusive=False) for sound in along)

    def _may_sell(self, point, exclusive):
        if not self.holding(point, lambda grant, at: self.gives(grant, at) and (grant.exclusive or not exclusive)):
            return False
        if self.held_back(point) or any(self.forbids_others(deal, point) for deal in self.bound_licences):
            return False
        sold = any(self.may_use(grant, point) for deal in self.bound_licences for grant in deal.grants)
        return not (exclusive and sold)

    def may_use(self, grant, point):
        """Whether a licence may come to use a point: what it names, and the original sound that goes along with it."""
        if self.may_cover(grant, point):
            return True
        everything = replace(grant, scope=replace(grant.scope, languages=Languages()))
        return self.goes_along(grant, point[3]) and self.may_cover(everything, point)

    def is_original(self, tag):
        return bool(self.original) and (tag == self.original or tag.startswith(self.original + "-"))

    def may_announce(self, right, territory, at, tongue):
        for deal in self.bound_licences:
            for grant in deal.grants:
                if grant.scope.term.end is None or at >= grant.scope.term.end or grant.scope.term.start is None:
                    continue
                point = (right, territory, max(at, grant.scope.term.start), tongue)
                free = not self.mandates or self.holding(
                    point, lambda item, at_, now=at: self.gives(item, at_) and (item.announce or now) <= now
                )
                if free and grant in self.allowing(point) and (grant.announce is None or grant.announce <= at):
                    return True
        return False

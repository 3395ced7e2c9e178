"""Deals for tests, with everything that a test does not care about filled in."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from assets.rights.languages import Languages
from assets.rights.model import Deal, Grant, Holdback, Scope, Side, Source, Status, Term, TitleRights
from assets.rights.spans import BEGINNING, OPEN


def instant(text, zone="UTC"):
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).timestamp())


def term(start=None, end=None, zone="UTC"):
    """Local midnights of a zone; None is before, or after, everything."""
    first = BEGINNING if start is None else instant(start, zone)
    return Term(first, OPEN if end is None else instant(end, zone), zone)


def scope(rights="svod", territories="JP", when=None, languages=None, named=""):
    names = frozenset(territories.split())
    return Scope(frozenset(rights.split()), names, when or term(), languages or Languages(), named)


def deal(name, side, grants=(), holdbacks=(), *, status=Status.SIGNED, under=""):
    """Grants and holdbacks are scopes, or pairs of a scope and the other facts of a grant."""
    made = [item if isinstance(item, tuple) else (item, {}) for item in grants]
    return Deal(
        name,
        side,
        f"party of {name}",
        status,
        tuple(
            Grant(**{"id": f"{name}-{number}", "deal": name, "scope": item, "exclusive": False} | facts | _clause(2))
            for number, (item, facts) in enumerate(made, 1)
        ),
        tuple(Holdback(f"{name}-held-{at}", name, item, _clause(5)["source"]) for at, item in enumerate(holdbacks, 1)),
        under,
        Source(f"contract {name}"),
    )


def _clause(number):
    return {"source": Source(clause=f"{number}.1", place=f"rights.toml: line {number}")}


def mandate(*grants, name="producer", **facts):
    return deal(name, Side.MANDATE, grants or [(scope("svod freetv", "JP KR"), {"exclusive": True})], **facts)


def licence(name, *grants, **facts):
    return deal(name, Side.LICENCE, grants, **facts)


def title(*deals):
    return TitleRights("thaw", deals)

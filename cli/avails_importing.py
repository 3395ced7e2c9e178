"""`import-avails`: what a file of Avails would add to the rights of titles, shown, and written when it is asked for."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from assets import territory
from assets.avails import importing
from assets.avails.importing import Plan
from assets.avails.incoming import Choice, Offered, Side
from assets.avails.licences import MOST_PLACES, Given, Licence
from assets.catalogue import open_catalogue
from assets.errors import UsageError
from assets.importing import writing
from assets.rights import tree
from assets.rights.model import Doubt
from cli.main import CLEAN, FINDINGS
from cli.render.words import count_text, visible
from cli.terminal import steps_progress

_INSIDE = "an end is the last day or second with the right"
_OUTSIDE = "an end is the first moment without the right"
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `import-avails`."""

    titles: tuple[str, ...]
    rights: tuple[str, ...]
    to: str
    contract: str
    signed: date | None
    zone: str
    end: str
    sheet: str | None
    is_written: bool
    as_json: bool
    catalogue_dir: Path | None


def run(file: Path, options: Options) -> int:
    """Show what Avails would add, and write it if that is asked for; the exit code.

    Raises InputError, UsageError, Refused; nothing is changed then.
    """
    choice = _choice(options)
    named = _pairs("--title-of", options.titles)
    catalogue = open_catalogue(options.catalogue_dir)
    avails = importing.read_avails(file, options.sheet)
    if not options.is_written:
        return _show(importing.plan(catalogue, avails, choice, named), options, is_done=False)
    with writing.alone(catalogue):
        made = importing.plan(catalogue, avails, choice, named)
        if not made.faults:
            with steps_progress("importing") as told:
                writing.write(made.ready, told)
    return _show(made, options, is_done=not made.faults)


def _choice(options: Options) -> Choice:
    rights: dict[str, frozenset[str]] = {}
    for license_type, names in _pairs("--right", options.rights).items():
        unknown = [name for name in names.split(",") if name not in tree.nodes()]
        if unknown:
            raise UsageError(f"--right: {unknown[0]!r} is no media right; {', '.join(tree.leaves())}")
        rights[license_type] = tree.expand_all(names.split(","))
    try:
        ZoneInfo(options.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"--zone {options.zone!r}: no time zone; IANA names such as Asia/Seoul") from error
    is_inside = options.end == "inside"
    return Choice(options.to, options.contract, options.signed, options.zone, is_inside, rights)


def _pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        name, is_there, value = text.rpartition("=")
        if not (is_there and name.strip() and value.strip()):
            raise UsageError(f"{option} {text!r}: is no pair; NAME=VALUE")
        found[name.strip()] = value.strip()
    return found


def _show(made: Plan, options: Options, *, is_done: bool) -> int:
    if options.as_json:
        click.echo(json.dumps(_data(made, options, is_done=is_done), ensure_ascii=False, indent=2))
    else:
        for line in _text(made, options, is_done=is_done):
            click.echo(line)
    return FINDINGS if made.faults else CLEAN


def _text(made: Plan, options: Options, *, is_done: bool) -> Iterator[str]:
    for licence in made.licences:
        yield f"{visible(licence.title)}: licence to {visible(licence.party)}, contract {visible(licence.contract)}"
        yield from (f"    {visible(_grant(given))}" for given in licence.grants)
    yield from _some("error", [str(fault) for fault in made.faults])
    yield from _some("doubt", [f"{doubt.place}: {doubt.what}: read as {doubt.read_as}" for doubt in _many_prices(made)])
    doubts = Counter(f"{doubt.what}: read as {doubt.read_as}" for item in made.read for doubt in item.doubts)
    yield from _some("doubt", [f"{text} ({count_text(number, 'row')})" for text, number in doubts.items()])
    yield from _some("doubt", [str(item.fault(made.avails.shown)) for item in made.findings if not item.is_error])
    yield from (f"note {visible(f'{made.avails.shown}: {note}')}" for note in made.avails.notes)
    grants = sum(len(licence.grants) for licence in made.licences)
    counted = f"{count_text(len(made.avails.rows), 'row')}: {count_text(grants, 'grant')}"
    yield f"{counted}; {_INSIDE if options.end == 'inside' else _OUTSIDE}; {_outcome(made, is_done=is_done)}"


def _many_prices(made: Plan) -> Iterator[Doubt]:
    """Grants whose rows, of other formats, have other prices: rights.toml has one for each right and territory."""
    for given in (given for licence in made.licences for given in licence.grants if len(given.prices) > 1):
        prices = " and ".join(map(_price, given.prices))
        places = "; ".join(given.places[:MOST_PLACES])
        yield Doubt(places, prices, "no price; rights.toml has one for all formats")


def _price(price: tuple[str, str, str]) -> str:
    return " ".join(filter(None, price))


def _some(word: str, lines: Sequence[str]) -> Iterator[str]:
    yield from (f"{word} {visible(line)}" for line in lines[:_MOST_SHOWN])
    if len(lines) > _MOST_SHOWN:
        yield f"{word} and {len(lines) - _MOST_SHOWN} more; --json lists all"


def _outcome(made: Plan, *, is_done: bool) -> str:
    if is_done:
        return "written"
    return "nothing is written while rows are wrong" if made.faults else "nothing is changed until --write"


def _grant(given: Given) -> str:
    offered = given.offered
    languages = "; ".join(f"{key}: {', '.join(tags)}" for key, tags in offered.languages) or "all languages"
    exclusive = ", exclusive" if offered.exclusive else ""
    price = f", {_price(given.prices[0])}" if len(given.prices) == 1 else ""
    what = f"{', '.join(offered.rights)} in {_where(offered)}"
    return f"{what}, {_side(offered.start)} to {_side(offered.end)}, {languages}{exclusive}{price}"


def _where(offered: Offered) -> str:
    """The territories as short as they can be said: a row may list every country of the world."""
    try:
        return territory.describe(territory.expand(offered.territories, offered.excluding))
    except UsageError:  # a name that is no territory is an error of its row
        return ", ".join(offered.territories)


def _side(side: Side) -> str:
    if side.after:
        said = dict(side.after)
        count = ", ".join(f"{said[unit]} {unit}" for unit in ("years", "months", "days") if unit in said)
        return f"{count or '0 days'} after the {said['after']} release in {said['in']}"
    return "open" if side.at is None else side.at.isoformat()


def _data(made: Plan, options: Options, *, is_done: bool) -> dict[str, Any]:
    return {
        "file": made.avails.shown,
        "version": made.avails.version,
        "end": options.end,
        "written": is_done,
        "licences": [_licence(licence) for licence in made.licences],
        "errors": [str(fault) for fault in made.faults],
        "doubts": [
            {"place": doubt.place, "what": doubt.what, "read_as": doubt.read_as}
            for doubt in (*_many_prices(made), *(doubt for item in made.read for doubt in item.doubts))
        ],
        "warnings": [
            {"rule": item.rule, "place": item.place, "what": item.wrong, "allowed": item.allowed}
            for item in made.findings
            if not item.is_error
        ],
        "notes": list(made.avails.notes),
    }


def _licence(licence: Licence) -> dict[str, Any]:
    return {
        "title": licence.title,
        "to": licence.party,
        "contract": licence.contract,
        "grants": [_grant_data(given) for given in licence.grants],
    }


def _grant_data(given: Given) -> Mapping[str, object]:
    offered = given.offered
    return {
        "rights": list(offered.rights),
        "territories": list(offered.territories),
        "excluding": list(offered.excluding),
        "start": _side(offered.start),
        "end": _side(offered.end),
        "languages": {key: list(tags) for key, tags in offered.languages},
        "exclusive": offered.exclusive,
        "announce": _plain(offered.announce),
        "suppress_until": _plain(offered.suppress_until),
        "prices": [dict(zip(("type", "value", "currency"), price, strict=True)) for price in given.prices],
        "places": list(given.places),
    }


def _plain(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()

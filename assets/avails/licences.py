"""What rows grant, as `[[licences]]` at the end of rights.toml files; nothing that stands there is touched."""

import json
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from assets.avails.differences import Table, differences
from assets.avails.incoming import Choice, Offered, Read, Side
from assets.avails.rows import Row
from assets.avails.vocabulary import vocabulary
from assets.errors import Fault
from assets.rights.records import RightsRecord

_FREE = re.compile(r"avails-(\d+)")
_PLAIN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BOM = "\ufeff"
MOST_PLACES = 4
"""So many rows of a grant are named; the others say the same."""
NO_LICENCE = "the rows make no licence that it can hold"
"""What is wrong with rows that a rights.toml does not take; where they have errors, those say why."""


@dataclass(frozen=True, slots=True)
class Given:
    """A grant, the rows that say it, and their prices, each as type, value and currency."""

    offered: Offered
    places: tuple[str, ...]
    prices: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence that rows give a title: one for each party and contract."""

    title: str
    party: str
    contract: str
    grants: tuple[Given, ...]


def gathered(title: str, rows: Sequence[Read]) -> tuple[Licence, ...]:
    """The licences that the rows of one title make; rows that grant the same are one grant."""
    grants: dict[tuple[str, str], dict[Offered, list[Row]]] = defaultdict(dict)
    for read in rows:
        for offered in read.offered:
            grants[offered.party, offered.contract].setdefault(offered, []).append(read.row)
    return tuple(
        Licence(title, party, contract, tuple(_given(offered, some) for offered, some in own.items()))
        for (party, contract), own in grants.items()
    )


def _given(offered: Offered, rows: Sequence[Row]) -> Given:
    without = vocabulary().prices_without_value
    priced = (row for row in rows if row.price_value and row.price_type not in without)
    prices = dict.fromkeys((row.price_type, row.price_value, row.currency) for row in priced)
    return Given(offered, tuple(row.place for row in rows), tuple(prices))


def added(text: str, licences: Sequence[Licence], choice: Choice, shown: str, source: str) -> tuple[str, list[Fault]]:
    """The text of a rights.toml with licences at its end, and why some cannot be added: nothing is added then.

    `shown` is the file, `source` the file of Avails that they are from.
    """
    if not licences:
        return text, []
    bom = _BOM if text.startswith(_BOM) else ""
    plain = text.removeprefix(bom).replace("\r\n", "\n")
    try:
        before = tomllib.loads(plain)
    except tomllib.TOMLDecodeError as error:
        return text, [Fault(shown, "", f"is no TOML: {error}")]
    there = _tables(before)
    known = {(_same(str(item.get("to"))), _same(str(item.get("contract")))): item for item in there}
    zone = str(before.get("zone") or choice.zone)
    old = [(licence, known.get((_same(licence.party), _same(licence.contract)))) for licence in licences]
    if any(table for _, table in old):
        twice = ((licence, table) for licence, table in old if table)
        return text, [fault for licence, table in twice for fault in _is_there(licence, table, choice, zone, shown)]
    first = max((int(match[1]) for item in there if (match := _FREE.fullmatch(str(item.get("id"))))), default=0) + 1
    new = "\n".join(
        line
        for number, licence in enumerate(licences, first)
        for line in ("", *_lines(licence, f"avails-{number}", choice, source))
    )
    if not _is_right(new, {}, len(licences)):
        return text, [Fault(shown, "licences", NO_LICENCE, "rows without errors")]
    made = f"{plain.rstrip()}\n{new}\n" if plain.strip() else f"{new.lstrip()}\n"
    if not _is_right(made, before, len(licences)):
        wrong = "nothing can be added to it as it is laid out"
        return text, [Fault(shown, "licences", wrong, "each licence as a [[licences]] table")]
    return bom + (made.replace("\n", "\r\n") if "\r\n" in text else made), []


def _tables(data: Mapping[str, object]) -> list[dict[str, object]]:
    found = data.get("licences", [])
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _same(name: str) -> str:
    """A name as it is compared: composed or not, in any case, with any spaces."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def _is_there(licence: Licence, there: Table, choice: Choice, zone: str, shown: str) -> Iterator[Fault]:
    """That a contract is there already, and everything in which the rows differ from it."""
    name = f"licence {there.get('id')}"
    new = tomllib.loads("\n".join(_lines(licence, "new", choice, "")))["licences"][0]
    places = ["; ".join(given.places[:MOST_PLACES]) for given in licence.grants]
    found = [Fault(shown, f"{name}, {place}", what) for place, what in differences(there, new, places, zone)]
    what = f"has the contract {licence.contract!r} with {licence.party!r} already"
    same = "" if found else ", and the same grants"
    yield Fault(shown, name, f"{what}{same}", "what has changed is for a person to write")
    yield from found


def _is_right(made: str, before: Mapping[str, object], number: int) -> bool:
    """Whether the new text says what the old one said and so many licences more, as rights.toml has them."""
    try:
        data = tomllib.loads(made)
        RightsRecord.model_validate(data)
    except (tomllib.TOMLDecodeError, ValidationError):
        return False
    old = len(_tables(before))
    kept = {**data, "licences": data["licences"][:old]}
    return kept == {"licences": [], **before} and len(data["licences"]) == old + number


def _lines(licence: Licence, name: str, choice: Choice, source: str) -> Iterator[str]:
    yield f"# taken from {_PLAIN.sub(' ', source)}"
    yield "[[licences]]"
    yield f'id = "{name}"'
    yield f"to = {_text(licence.party)}"
    yield f"contract = {_text(licence.contract)}"
    if choice.signed is None:
        yield 'status = "pending"  # Avails are an offer; a person says that it is signed'
    else:
        yield 'status = "signed"'
        yield f"signed = {choice.signed.isoformat()}"
    for number, given in enumerate(licence.grants, 1):
        yield ""
        yield from _grant(given, f"{name}-{number}")


def _grant(given: Given, name: str) -> Iterator[str]:
    offered, places = given.offered, given.places
    more = "; and more" if len(places) > MOST_PLACES else ""
    yield f"[[licences.grants]]  # {_PLAIN.sub(' ', '; '.join(places[:MOST_PLACES]))}{more}"
    yield f'id = "{name}"'
    yield f"rights = {_list(offered.rights)}"
    yield f"territories = {_list(offered.territories)}"
    if offered.excluding:
        yield f"excluding = {_list(offered.excluding)}"
    yield f"start = {_side(offered.start)}"
    yield f"end = {_side(offered.end)}"
    yield f"languages = {_languages(offered)}"
    yield f"exclusive = {'true' if offered.exclusive else 'false'}"
    for key, instant in (("announce", offered.announce), ("suppress_until", offered.suppress_until)):
        if instant is not None:
            yield f"{key} = {instant.isoformat()}"
    if len(given.prices) == 1:  # rights.toml has one for each right and territory
        named = zip(("type", "value", "currency"), given.prices[0], strict=True)
        yield f"prices = [{{ {', '.join(f'{key} = {_text(said)}' for key, said in named if said)} }}]"


def _side(side: Side) -> str:
    if side.after:
        return f"{{ {', '.join(f'{key} = {json.dumps(value, ensure_ascii=False)}' for key, value in side.after)} }}"
    return '"open"' if side.at is None else side.at.isoformat()


def _languages(offered: Offered) -> str:
    by_key = dict(offered.languages)
    if not by_key:
        return '"all"'
    if len(by_key) == 3 and len(set(by_key.values())) == 1:  # noqa: PLR2004 -- sound, subtitles, captions
        return _list(next(iter(by_key.values())))
    return f"{{ {', '.join(f'{key} = {_list(tags)}' for key, tags in by_key.items())} }}"


def _list(items: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, items))}]"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

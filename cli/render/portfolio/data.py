"""What the pages' scripts know of the titles: names, genres, years, and where which right can be bought."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from assets import spelling, territory
from assets.portfolio.local_names import language_name, territory_name
from assets.portfolio.sales import Offers, Sale, categories
from assets.rights import tree
from cli.render.portfolio.facts import Entry
from cli.render.portfolio.wording import Words

REQUEST_SCHEMA = "releaseprint/screener-request/1"


def titles_script(entries: Sequence[Entry]) -> str:
    """titles.js: every title as the search and the filters know it, and the tables of the spelling rules.

    Territories of a right are a number: that of a set, which stands once for all titles.
    """
    sets: dict[frozenset[str], int] = {frozenset(): 0}
    found = [_entry(entry, sets) for entry in entries]
    whole = {
        "categories": [row.id for row in categories()],
        "sets": [_set(codes) for codes in sets],
        "spelling": spelling.tables(),
        "titles": found,
    }
    return _assigned("releaseprintTitles", whole)


def _entry(entry: Entry, sets: dict[frozenset[str], int]) -> list[Any]:
    title = entry.title
    names = [[text, tag] for tag, text in title.names.items()]
    names += [[other.text, other.language] for other in title.other_names]
    rights = [sets.setdefault(_to_buy(entry.offers, row.id), len(sets)) for row in categories()]
    while rights and not rights[-1]:
        rights.pop()
    programme = title.programme
    genres = [genre.casefold() for genre in programme.genres]
    return [title.id, names, genres, programme.production_year, programme.original_language, rights]


def _to_buy(offers: Offers | None, row: str) -> frozenset[str]:
    """The countries in which a right can be bought, whole or in part."""
    told = (offers or {}).get(row, {})
    return told.get(Sale.AVAILABLE, frozenset()) | told.get(Sale.PARTLY, frozenset())


def _set(codes: frozenset[str]) -> str:
    """A set of countries as a script reads it: `KR JP`, or `-KR JP` for all but these."""
    missing = territory.all_codes() - codes
    return "-" + " ".join(sorted(missing)) if len(missing) < len(codes) else " ".join(sorted(codes))


def names_script(entries: Sequence[Entry], words: Words) -> str:
    """names.js: what rights, territories, languages and genres are called in the language of a page."""
    tags = sorted({entry.title.programme.original_language for entry in entries})
    genres = sorted({genre for entry in entries for genre in entry.title.programme.genres}, reverse=True)
    own = words.language
    whole: Mapping[str, Any] = {
        "categories": {row.id: words.called("category", row.id, tree.nodes()[row.id].name) for row in categories()},
        "territories": {code: territory_name(code, own) for code in sorted(territory.all_codes())},
        "languages": {tag: language_name(tag, own) for tag in tags},
        "genres": {genre.casefold(): words.called("genre", genre) for genre in genres},
        "index": words.table("index"),
        "request": words.table("request"),
        "schema": REQUEST_SCHEMA,
    }
    return _assigned("releaseprintNames", whole)


def _assigned(name: str, value: object) -> str:
    """A script that does nothing but set one constant; what JSON allows and a script does not is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"const {name}={text.replace('<', chr(92) + 'u003c')};\n"

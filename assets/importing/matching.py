"""Which title of the catalogue a row of a list is: by its id, by its EIDR, or by its names and its year."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assets import romanising
from assets.ids import MAX_ID, is_id
from assets.importing.facts import Said
from assets.name_scanning import Entry, Spelling
from assets.searching import SHORTEST_SOUND
from assets.spelling import Key, Wanted, fold, key

_EIDR = re.compile(r"10\.5240[/:]([0-9A-Z]+(?:-[0-9A-Z]+)*)", re.IGNORECASE)
"""In any of its forms: canonical, without hyphens, as a URN, in an address."""


@dataclass(frozen=True, slots=True)
class Match:
    """The title that a row is: one of the catalogue, or a new one if `entry` is None."""

    id: str
    entry: Entry | None


class Titles:
    """The titles of a catalogue, found by what rows say; those that rows make new are told with `add`."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_id: dict[str, Entry] = {}
        self._by_eidr: dict[str, list[Entry]] = defaultdict(list)
        self._by_letters: dict[str, dict[str, Entry]] = defaultdict(dict)
        self._by_sound: dict[tuple[str, str, str], dict[str, Entry]] = defaultdict(dict)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """One more title that rows may mean."""
        self._by_id[entry.id] = entry
        for spelling, own in entry.keyed():
            if spelling.kind == "identifier":
                if eidr := _eidr(spelling.text):
                    self._by_eidr[eidr].append(entry)
            elif spelling.kind != "id":
                if not own.whole:  # punctuation alone, which many names may be
                    continue
                self._by_letters[own.whole][entry.id] = entry
                for sound in _sounds(own):
                    self._by_sound[sound][entry.id] = entry

    def match(self, said: Said) -> Match:
        """The title that a row is, or a new one with its id. Raises ValueError, `what is wrong; what is allowed`."""
        if said.id:
            if not is_id(said.id):
                raise ValueError(f"{said.id!r} is no id; lower-case letters, digits and hyphens, at most {MAX_ID}")
            return Match(said.id, self._by_id.get(said.id))
        eidr = _eidr(str(said.value("identifiers", "eidr") or ""))
        found = self._by_eidr.get(eidr, []) if eidr else []
        if len(found) == 1:
            return Match(found[0].id, found[0])
        found = found or self._by_name(said, eidr)
        if len(found) == 1:
            return Match(found[0].id, found[0])
        if found:
            raise ValueError(f"may be {_listed(found)}; the id of one of them, or a new one, in a column `id`")
        return Match(self._new_id(said), None)

    def _by_name(self, said: Said, eidr: str) -> list[Entry]:
        """The titles that a row may be by its names: one if it is certain, more if a person has to say."""
        names = [(tag, key(text, tag or "und")) for tag, text in _names(said)]
        keys = [own for _, own in names]
        year = said.value("production_year")
        same = {name: entry for own in keys for name, entry in self._by_letters.get(own.whole, {}).items()}
        alike = {
            name: entry for own in keys for each in _sounds(own) for name, entry in self._by_sound.get(each, {}).items()
        }
        for found in (same, alike):
            certain = [entry for entry in found.values() if year is None or entry.year == year]
            if len(certain) == 1 and (found is same or year is not None) and not _is_other(certain[0], eidr, names):
                return certain
            if certain:
                return _doubtful(certain)
        near = [entry for entry in same.values() if isinstance(year, int) and abs(entry.year - year) == 1]
        return _doubtful(near)

    def _new_id(self, said: Said) -> str:
        """An id made of the English name, of a romanisation, or of what Hangul and kana sound like."""
        stem = next(filter(None, map(id_of, _to_romanise(said))), "")
        if not stem:
            raise ValueError("no id can be made of its names; an English or romanised name, or a column `id`")
        year = said.value("production_year")
        candidates = [stem, f"{stem}-{year}", *(f"{stem}-{year}-{number}" for number in range(2, 1000))]
        return next(name for name in candidates if name not in self._by_id)


def entry_of(title_id: str, said: Said) -> Entry:
    """A row as a title that later rows are compared with."""
    year, eidr = said.value("production_year"), said.value("identifiers", "eidr")
    spellings = [Spelling(text, tag, "name") for tag, text in _names(said)]
    spellings += [Spelling(str(eidr), "", "identifier")] if eidr else []
    return Entry(title_id, year if isinstance(year, int) else 0, "", tuple(spellings))


def _doubtful(found: list[Entry]) -> list[Entry]:
    """Several candidates as they are; one twice, so that it is not taken for certain."""
    return found * 2 if len(found) == 1 else found


def _is_other(entry: Entry, eidr: str, names: list[tuple[str, Key]]) -> bool:
    """Whether a title that has a name of the row has another EIDR than it, or another name in one of its languages."""
    own = {_eidr(item.text) for item in entry.spellings if item.kind == "identifier"} - {""}
    if eidr and own and eidr not in own:
        return True
    for tag in {item.language for item in entry.spellings if item.kind == "name"}:
        theirs = [key(item.text, tag).whole for item in entry.spellings if item.language == tag]
        ours = [Wanted(each.whole) for language, each in names if language == tag]
        if ours and not any(each.text == text or each.distance(text) is not None for each in ours for text in theirs):
            return True
    return False


def _listed(found: list[Entry]) -> str:
    each = {entry.id: f"{entry.id} ({entry.name}, {entry.year or 'no year'})" for entry in found}
    return " or ".join(sorted(each.values())[:10])


def _eidr(text: str) -> str:
    """The digits of an EIDR, which are the same in all its forms; nothing if the text has none."""
    match = _EIDR.search(text)
    return match[1].upper().replace("-", "") if match else ""


def _sounds(own: Key) -> Iterator[tuple[str, str, str]]:
    """The sounds of a name with its digits: a sequel sounds like the film before it where doubled sounds are one."""
    digits = "".join(filter(str.isdigit, own.whole))
    yield from (("ko", sound, digits) for sound in own.korean if len(sound) >= SHORTEST_SOUND)
    yield from (("ja", sound, digits) for sound in own.japanese if len(sound) >= SHORTEST_SOUND)


def _names(said: Said) -> Iterator[tuple[str, str]]:
    """Every name of a row with its language."""
    yield from said.texts("names").items()
    yield from ((item["language"], item["text"]) for item in said.items("other_names"))


def _to_romanise(said: Said) -> Iterator[str]:
    names = said.texts("names")
    yield names.get("en", "")
    yield from (item["text"] for item in said.items("other_names") if "-Latn" in item["language"])
    yield from (text for tag, text in names.items() if tag != "en")
    yield from (item["text"] for item in said.items("other_names"))


def id_of(name: str) -> str:
    """A name as an id, or nothing if it has letters that no rule reads: Han characters, Cyrillic."""
    read = [romanising.kana(romanising.hangul(word)) for word in fold(name)]
    if not all(word.isascii() for word in read):
        return ""
    stem = "-".join(read)[: MAX_ID - len("-2000-999")].strip("-")
    return stem if is_id(stem) else ""

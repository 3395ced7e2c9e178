"""Sets of rights, territories and languages as the bits of whole numbers, so that a catalogue is asked quickly.

Rights and territories have a bit for each name. Languages cannot: there is no list of them all, and `pt` covers
`pt-BR`. They are therefore cut along the tags that the deals name. Each named tag stands for itself and for what it
covers, less what a longer named tag covers; one more part stands for every language that no deal names. Every set of
languages that a deal can say is a union of these parts, exactly.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from assets import language
from assets.rights.languages import NONE, Carrier, Languages, Tags
from assets.rights.model import TitleRights

OTHER = "other languages"
"""The languages that no deal of the catalogue names."""


@cache
def _subtags(tag: str) -> tuple[str, ...]:
    """A tag's parts in canonical form; kept, because looking a tag up in the registry is slow."""
    return tuple((language.canonical(tag) if language.is_valid(tag) else tag).lower().split("-"))


def _covers(wide: str, narrow: str) -> bool:
    parts = _subtags(wide)
    return _subtags(narrow)[: len(parts)] == parts


def _set_bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class Names:
    """A bit for each name, given when the name is first met."""

    def __init__(self) -> None:
        self._bits: dict[str, int] = {}
        self._masks: dict[frozenset[str], int] = {}
        self._names: dict[int, frozenset[str]] = {}
        self._ordered: dict[int, tuple[str, ...]] = {}

    def mask(self, names: frozenset[str]) -> int:
        """The bits of a set of names."""
        if (known := self._masks.get(names)) is not None:
            return known
        found = 0
        for name in names:
            found |= 1 << self._bits.setdefault(name, len(self._bits))
        self._masks[names] = found
        return found

    def names(self, mask: int) -> frozenset[str]:
        """The names of the bits that are set."""
        if (known := self._names.get(mask)) is None:
            known = self._names[mask] = self._found(mask)
        return known

    def _found(self, mask: int) -> frozenset[str]:
        """The names of some bits; of most of them: all names but those of the others."""
        missing = (1 << len(self._bits)) - 1 & ~mask
        if missing.bit_count() < mask.bit_count():
            return frozenset(self._bits) - self._found(missing)
        names = list(self._bits)
        return frozenset(names[bit] for bit in _set_bits(mask))

    def ordered(self, mask: int) -> tuple[str, ...]:
        """The names of the bits that are set, sorted."""
        if (known := self._ordered.get(mask)) is None:
            known = self._ordered[mask] = tuple(sorted(self.names(mask)))
        return known


class Tongues:
    """A bit for each part of the languages as sound, one as subtitles, one as captions."""

    def __init__(self, tags: Iterable[str]) -> None:
        named = {"-".join(_subtags(tag)): tag for tag in sorted(tags)}
        self._parts = (OTHER, *(named[key] for key in sorted(named)))
        self._masks: dict[Languages, int] = {}
        self._words: dict[int, tuple[str, ...]] = {}
        self._single: dict[tuple[Carrier, str], int] = {}
        self.all = (1 << len(self._parts) * len(Carrier)) - 1
        self.written = self.mask(Languages(dubbed=NONE))

    def _bit(self, carrier: Carrier, part: int) -> int:
        return 1 << list(Carrier).index(carrier) * len(self._parts) + part

    def mask(self, languages: Languages) -> int:
        """The bits of a deal's languages; its tags must be among those that this was made of."""
        if (known := self._masks.get(languages)) is None:
            known = self._masks[languages] = sum(
                self._bit(carrier, part)
                for carrier in Carrier
                for part, tag in enumerate(self._parts)
                if _has(languages.of(carrier), tag)
            )
        return known

    def one(self, carrier: Carrier, tag: str) -> int:
        """The bit of the part that a language lies in: that of the longest named tag that covers it."""
        if (known := self._single.get((carrier, tag))) is None:
            covering = [part for part, named in enumerate(self._parts) if part and _covers(named, tag)]
            longest = max(covering, key=lambda part: len(_subtags(self._parts[part])), default=0)
            known = self._single[carrier, tag] = self._bit(carrier, longest)
        return known

    def sound_in(self, original: str) -> int:
        """The bits of sound in a language and in all that it covers; none for an empty tag."""
        parts = (part for part, tag in enumerate(self._parts) if part and original and _covers(original, tag))
        return sum(self._bit(Carrier.DUBBED, part) for part in parts)

    def words(self, mask: int) -> tuple[str, ...]:
        """What the bits say: `dubbed ja`, `subtitled pt except pt-BR`; empty for all languages in every way."""
        if (known := self._words.get(mask)) is None:
            known = self._words[mask] = () if mask == self.all else tuple(self._said(mask))
        return known

    def _said(self, mask: int) -> Iterable[str]:
        for carrier in Carrier:
            parts = [part for part in range(len(self._parts)) if mask & self._bit(carrier, part)]
            if len(parts) == len(self._parts):
                yield f"{carrier} all languages"
            elif 0 in parts:
                missing = [tag for part, tag in enumerate(self._parts) if part not in parts]
                yield f"{carrier} all languages except {', '.join(missing)}"
            else:
                yield from (f"{carrier} {self._part(part, parts)}" for part in parts)

    def _part(self, part: int, parts: list[int]) -> str:
        tag = self._parts[part]
        missing = [
            name for at, name in enumerate(self._parts) if at and at not in parts and name != tag and _covers(tag, name)
        ]
        return f"{tag} except {', '.join(missing)}" if missing else tag


def _has(tags: Tags, tag: str) -> bool:
    """Whether a part of the languages is in a set: `Tags.__contains__`, with the canonical forms kept."""
    if tag == OTHER:
        return tags.included is None
    if any(_covers(wide, tag) for wide in tags.excluded):
        return False
    return tags.included is None or any(_covers(wide, tag) for wide in tags.included)


def tags_of(titles: Iterable[TitleRights]) -> frozenset[str]:
    """Every language tag that a deal of the titles names."""
    scopes = (
        scope
        for title in titles
        for deal in title.deals
        for scope in (*(grant.scope for grant in deal.grants), *(holdback.scope for holdback in deal.holdbacks))
    )
    distinct = {scope.languages for scope in scopes}
    return frozenset[str]().union(*(languages.tags() for languages in distinct))

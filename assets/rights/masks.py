"""Sets of rights, territories and languages as the bits of whole numbers, so that a catalogue is asked quickly.

Rights and territories have a bit for each name. Languages cannot: there is no list of them all, and `pt` covers
`pt-BR`. They are therefore cut along the tags that the deals name. Each named tag stands for itself and for what it
covers, less what a longer named tag covers; one more part stands for every language that no deal names. Every set of
languages that a deal can say is a union of these parts, exactly.

Of a macro-language there are two more: its own tag, and those of its languages that no deal names. A deal that names
`zh` gives what is called `zh`, and nobody can say if it gives `yue`; it takes both. What is called `zh` may be `cmn`:
whoever has `cmn` exclusively takes it, too.
"""

from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import compress

from assets import language
from assets.macrolanguage import is_macrolanguage, macrolanguage
from assets.rights.finding import Found
from assets.rights.languages import NONE, Carrier, Languages, Tags
from assets.rights.model import TitleRights

OTHER = "other languages"
"""The languages that no deal of the catalogue names."""


@cache
def _subtags(tag: str) -> tuple[str, ...]:
    """A tag's parts in canonical form; kept, because looking a tag up in the registry is slow."""
    return tuple((language.canonical(tag) if language.is_valid(tag) else tag).lower().split("-"))


def _covers(wide: str, narrow: str) -> bool:
    return _begins(_subtags(wide), _subtags(narrow))


def _begins(parts: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return whole[: len(parts)] == parts


def _may_cover(wide: str, narrow: str) -> bool:
    """Whether a tag covers another one, or might: one of them is, or is in, the macro-language of the other."""
    some, other = _subtags(wide), _subtags(narrow)
    if macrolanguage(other[0]) == some[0]:
        return _begins(some, (some[0], *other[1:]))
    if macrolanguage(some[0]) == other[0]:
        return _begins((other[0], *some[1:]), other)
    return _begins(some, other)


def _with_families(tags: Iterable[str]) -> frozenset[str]:
    """Tags, and the macro-languages of their languages."""
    found = frozenset(tags)
    return found | {whole for tag in found if (whole := macrolanguage(_subtags(tag)[0]))}


def lone_bits(mask: int) -> list[int]:
    """The bits that are set, each by itself."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest)
        mask ^= lowest
    return found


def set_bits(mask: int) -> list[int]:
    """The numbers of the bits that are set."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found


_FIGURES = bytes.maketrans(b"01", b"\0\1")


class Names:
    """A bit for each name: for those of a list in its order, for others when they are first met.

    `names` are the names of the bits that are set.
    """

    __slots__ = ("_bits", "_masks", "names")

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._bits = {name: bit for bit, name in enumerate(names)}
        self._masks: dict[frozenset[str], int] = {}
        self.names = Found(partial(_named, self._bits))

    @property
    def all(self) -> int:
        """The bits of every name that there is by now."""
        return (1 << len(self._bits)) - 1

    def mask(self, names: frozenset[str]) -> int:
        """The bits of a set of names."""
        if (known := self._masks.get(names)) is not None:
            return known
        found = 0
        for name in names:
            found |= 1 << self._bits.setdefault(name, len(self._bits))
        self._masks[names] = found
        return found


def _named(names: Iterable[str], mask: int) -> frozenset[str]:
    return frozenset(compress(names, f"{mask:b}"[::-1].encode().translate(_FIGURES)))


class Tongues:
    """A bit for each part of the languages as sound, one as subtitles, one as captions.

    `words` are what bits say: `dubbed ja`, `subtitled pt except pt-BR`; empty for all languages in every way.
    """

    __slots__ = ("_masks", "_members", "_parts", "_single", "_taken", "all", "words", "written")

    def __init__(self, tags: Iterable[str]) -> None:
        named = {"-".join(_subtags(tag)): tag for tag in sorted(_with_families(tags))}
        wholes = sorted({key for tag in named if is_macrolanguage(key := tag.partition("-")[0])})
        self._members = {f"other languages of {whole}": whole for whole in wholes}
        self._parts = (OTHER, *(named[key] for key in sorted(named)), *self._members)
        self._masks: dict[Languages, int] = {}
        self._taken: dict[Languages, int] = {}
        self._single: dict[tuple[Carrier, str], int] = {}
        self.all = (1 << len(self._parts) * len(Carrier)) - 1
        self.written = self.mask(Languages(dubbed=NONE))
        self.words = Found(self._words)

    def _bit(self, carrier: Carrier, part: int) -> int:
        return 1 << list(Carrier).index(carrier) * len(self._parts) + part

    def mask(self, languages: Languages) -> int:
        """The bits of what a deal gives by its languages; its tags must be among those that this was made of."""
        if (known := self._masks.get(languages)) is None:
            known = self._masks[languages] = self._found(languages, self._gives)
        return known

    def taken(self, languages: Languages) -> int:
        """The bits of what a deal takes from others by its languages: all that these may come to mean."""
        if (known := self._taken.get(languages)) is None:
            known = self._taken[languages] = self._found(languages, self._takes)
        return known

    def _found(self, languages: Languages, has: Callable[[Tags, str], bool]) -> int:
        return sum(
            self._bit(carrier, part)
            for carrier in Carrier
            for part, tag in enumerate(self._parts)
            if has(languages.of(carrier), tag)
        )

    def _gives(self, tags: Tags, part: str) -> bool:
        """Whether a part of the languages is in a set for certain."""
        whole = self._members.get(part, part)
        if part != OTHER and any(_may_cover(wide, whole) for wide in tags.excluded):
            return False
        return tags.included is None or (part == whole and part != OTHER and _any_covers(tags.included, part))

    def _takes(self, tags: Tags, part: str) -> bool:
        """Whether a part of the languages may be in a set."""
        if part in self._members:
            whole = self._members[part]
            return tags.included is None or any(_subtags(tag)[0] == whole for tag in tags.included)
        if part != OTHER and _any_covers(tags.excluded, part):
            return False
        return tags.included is None or (part != OTHER and any(_may_cover(wide, part) for wide in tags.included))

    def one(self, carrier: Carrier, tag: str) -> int:
        """The bit of the part that a language lies in: that of the longest named tag that covers it."""
        if (known := self._single.get((carrier, tag))) is None:
            covering = [part for part, named in enumerate(self._parts) if part and _covers(named, tag)]
            longest = max(covering, key=lambda part: len(_subtags(self._parts[part])), default=self._unnamed(tag))
            known = self._single[carrier, tag] = self._bit(carrier, longest)
        return known

    def _unnamed(self, tag: str) -> int:
        """The part of a language that no deal names."""
        family = f"other languages of {macrolanguage(_subtags(tag)[0])}"
        return self._parts.index(family) if family in self._members else 0

    def sound_in(self, original: str) -> int:
        """The bits of sound in a language and in all that it covers; none for an empty tag."""
        parts = (part for part, tag in enumerate(self._parts) if part and original and _covers(original, tag))
        return sum(self._bit(Carrier.DUBBED, part) for part in parts)

    def _words(self, mask: int) -> tuple[str, ...]:
        return () if mask == self.all else tuple(self._said(mask))

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


def _any_covers(tags: Iterable[str], part: str) -> bool:
    return any(_covers(wide, part) for wide in tags)


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

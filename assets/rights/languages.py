"""In which languages a right is granted, and as what: dubbed, subtitled, captioned."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from assets import language


class Carrier(StrEnum):
    """What carries a language."""

    DUBBED = "dubbed"
    """Sound."""
    SUBTITLED = "subtitled"
    """Full and forced subtitles."""
    CAPTIONED = "captioned"
    """Subtitles for the deaf and hard of hearing."""


class Tags(NamedTuple):
    """A set of languages: those that `included` covers (None: all), less those that `excluded` covers.

    `pt` covers `pt-BR` (`language.covers`); all languages are without number, so that "all" less some is never empty.
    A language that is not known (`und`) is in all languages, and in no set that lacks one.
    """

    included: frozenset[str] | None = None
    excluded: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.included is None or any(map(self.has, self.included))

    def has(self, tag: str) -> bool:
        """Whether a language is in the set."""
        if language.covers(self.excluded, tag) or (self.excluded and tag in language.UNKNOWN):
            return False
        return self.included is None or language.covers(self.included, tag)

    def __str__(self) -> str:
        included = "all" if self.included is None else ", ".join(sorted(self.included)) or "none"
        return f"{included} except {', '.join(sorted(self.excluded))}" if self.excluded else included

    def data(self) -> object:
        """The set as data: null for all, a list, or a table of both where some are excluded."""
        included = None if self.included is None else sorted(self.included)
        return {"included": included, "excluded": sorted(self.excluded)} if self.excluded else included

    def meets(self, other: "Tags") -> bool:
        """Whether some language is in both."""
        if self.included is None and other.included is None:
            return True
        return any(
            self.has(tag) and other.has(tag) for tag in (self.included or frozenset()) | (other.included or frozenset())
        )

    def within(self, other: "Tags") -> bool:
        """Whether every language of this set is in the other."""
        if not self:
            return True
        if self.included is None and other.included is not None:
            return False
        kept = (tag for tag in self.included or () if self.has(tag))
        if not all(other.included is None or language.covers(other.included, tag) for tag in kept):
            return False
        return all(not self._holds_part_of(tag) for tag in other.excluded)

    def _holds_part_of(self, tag: str) -> bool:
        """Whether some language that `tag` covers is in this set."""
        return self.meets(Tags(frozenset({tag})))


NONE = Tags(frozenset())
ALL = Tags()


class Languages(NamedTuple):
    """The languages of a grant, by what carries them."""

    dubbed: Tags = ALL
    subtitled: Tags = ALL
    captioned: Tags = ALL

    def of(self, carrier: Carrier) -> Tags:
        """The languages that may be carried so."""
        return {Carrier.DUBBED: self.dubbed, Carrier.SUBTITLED: self.subtitled, Carrier.CAPTIONED: self.captioned}[
            carrier
        ]

    @property
    def is_flat(self) -> bool:
        """Whether the same languages are granted for sound, subtitles and captions: one list for all of them."""
        return self.dubbed == self.subtitled == self.captioned

    def names(self, tag: str) -> bool:
        """Whether a language may leave in any way."""
        return any(self.of(carrier).has(tag) for carrier in Carrier)

    def tags(self) -> frozenset[str]:
        """Every language that is named, granted or excluded."""
        sets = [self.of(carrier) for carrier in Carrier]
        return frozenset[str]().union(
            *(item.included or frozenset() for item in sets), *(item.excluded for item in sets)
        )

    def data(self) -> object:
        """The languages as data: null for all, a list for the same ones everywhere, or a table by what carries them."""
        if self == ALL_LANGUAGES:
            return None
        if self.is_flat and self.dubbed.included is not None and not self.dubbed.excluded:
            return sorted(self.dubbed.included)
        return {carrier.value: self.of(carrier).data() for carrier in Carrier}

    def __str__(self) -> str:
        if self.is_flat:
            return str(self.dubbed)
        return "; ".join(f"{carrier}: {self.of(carrier)}" for carrier in Carrier if self.of(carrier))

    def carries(self, carrier: Carrier, tag: str, original: str = "") -> bool:
        """Whether a language may leave so.

        The original sound goes with whatever is subtitled or captioned, where a deal tells the three apart. One list
        for all of them names everything that may be heard or read.
        """
        if self.of(carrier).has(tag):
            return True
        if self.is_flat:
            return False
        is_original = carrier is Carrier.DUBBED and bool(original) and language.covers(frozenset({original}), tag)
        return is_original and (bool(self.subtitled) or bool(self.captioned))

    def meets(self, other: "Languages") -> bool:
        """Whether something may leave under both: the same language, carried in the same way."""
        return any(self.of(carrier).meets(other.of(carrier)) for carrier in Carrier)

    def within(self, other: "Languages") -> bool:
        """Whether everything of this is in the other."""
        return all(self.of(carrier).within(other.of(carrier)) for carrier in Carrier)


ALL_LANGUAGES = Languages()


def same_for_all(tags: Iterable[str] | None) -> Languages:
    """The same languages for sound, subtitles and captions; None: all."""
    some = ALL if tags is None else Tags(frozenset(tags))
    return Languages(some, some, some)

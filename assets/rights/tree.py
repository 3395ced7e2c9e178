"""Media rights as a tree: leaves are what is sold, groups are how it is sold; the data is media_rights.toml."""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Node:
    """A right, or a group of rights, as media_rights.toml describes it.

    `listed` says that it is on the seller's own list, `words` what else the trade calls it. A leaf either has the
    LicenseType of Avails that says it (`avails`), or `no_avails` says why there is none. An empty `release_type` means
    that Common Metadata has no word for it.
    """

    id: str
    name: str
    within: str = ""
    listed: bool = False
    words: tuple[str, ...] = ()
    avails: str = ""
    no_avails: str = ""
    release_type: str = ""


@cache
def nodes() -> Mapping[str, Node]:
    """Every right and group by its id, in the order of the list."""
    data = tomllib.loads(Path(__file__).with_name("media_rights.toml").read_text(encoding="utf-8"))
    made = (Node(**item | {"words": tuple(item.get("words", ()))}) for item in data["rights"])
    return MappingProxyType({node.id: node for node in made})


@cache
def leaves() -> tuple[str, ...]:
    """The ids of what can be sold by itself, in the order of the list."""
    groups = {node.within for node in nodes().values()}
    return tuple(name for name in nodes() if name not in groups)


@cache
def listed() -> tuple[str, ...]:
    """The ids of the seller's own list, in its order."""
    return tuple(node.id for node in nodes().values() if node.listed)


@cache
def expand(right: str) -> frozenset[str]:
    """The leaves that a right or a group stands for; a leaf stands for itself. Raises KeyError if there is none."""
    nodes()[right]
    return frozenset(leaf for leaf in leaves() if right in (leaf, *parents(leaf)))


def expand_all(names: Iterable[str]) -> frozenset[str]:
    """The leaves that several rights and groups stand for together."""
    return frozenset[str]().union(*(expand(name) for name in names))


@cache
def parents(right: str) -> tuple[str, ...]:
    """The groups that a right or a group stands in, the nearest first."""
    within = nodes()[right].within
    return (within, *parents(within)) if within else ()


@cache
def children(right: str) -> tuple[str, ...]:
    """The rights and groups that stand directly in a group, in the order of the list; none of a leaf."""
    return tuple(node.id for node in nodes().values() if node.within == right)


@lru_cache(maxsize=4096)
def cover(rights: frozenset[str]) -> tuple[str, ...]:
    """The fewest names that together stand for exactly these leaves, in the order of the list."""
    whole = [name for name in nodes() if expand(name) <= rights]
    return tuple(name for name in whole if not any(parent in whole for parent in parents(name)))


def describe(rights: frozenset[str]) -> str:
    """Leaves as short as they can be said: `tvod, svod`."""
    return ", ".join(cover(rights)) or "no right"


@cache
def _by_word() -> Mapping[str, str]:
    known = {_plain(word): node.id for node in nodes().values() for word in (node.name, *node.words)}
    return known | {name: name for name in nodes()}


def from_words(text: str) -> str | None:
    """The id of the right that the trade calls so, whatever its case and width; None if the word is not known."""
    return _by_word().get(_plain(text))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def from_license_type(license_type: str) -> frozenset[str]:
    """The leaves that a LicenseType of Avails may mean: `EST` says neither EST nor DTO alone. Empty if none."""
    return frozenset(name for name in leaves() if license_type and nodes()[name].avails == license_type)

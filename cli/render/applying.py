"""What the checks that a report names say of themselves, and which kinds of files they are about.

A report may name a check that this version of the tool does not have: nothing is known of it then.
"""

from collections.abc import Iterable
from functools import cache

from checks import suites
from checks.asset_records import KINDS
from checks.core import Check


@cache
def declared(name: str) -> Check | None:
    """The check of a name, if there is one."""
    return suites.load(name) if name in _known() else None


def checks_of(ran: Iterable[str], kind: str) -> list[str]:
    """The checks of those that ran that judge files of a kind; with an empty kind, those that judge none."""
    return [name for name in ran if (kind in _kinds(name) if kind else not _kinds(name))]


@cache
def _kinds(name: str) -> frozenset[str]:
    found = declared(name)
    return frozenset(kind for asset, kind in KINDS.items() if found and issubclass(asset, found.on))


@cache
def _known() -> frozenset[str]:
    return frozenset(suites.all_names())

"""Signed licences as a file of Avails; what contradicts another deal, or cannot be said, is refused by name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assets.avails.columns import versions
from assets.avails.old_sheets import OLD, as_old
from assets.avails.outgoing import END_READING, Offer, rows_of
from assets.avails.rows import Row
from assets.avails.xml_names import WRITTEN
from assets.errors import UsageError
from assets.rights import tree
from assets.rights.conflict_report import conflicts_of
from assets.rights.indexing import index_title
from assets.rights.model import Deal, Grant
from assets.rights.spans import seconds
from assets.rights.wording import conflict_text
from assets.title import Title
from cli.avails_asking import Asked

_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were written, what is not in them, each with why, and the titles without a recorded mandate."""

    rows: int
    refused: tuple[str, ...]
    no_mandate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seller:
    """Who offers, and the version of Avails that the file is to have; None for the newest."""

    licensor: str
    version: str | None = None


def write(path: Path, titles: Sequence[Title], asked: Asked, seller: Seller) -> Written:
    """Write the licences of what was asked for. Raises UsageError, InputError."""
    licensor, version = seller.licensor, _version(path, seller)
    organisation = _OTHER.sub("-", licensor.lower()).strip("-")
    if not organisation:
        raise UsageError(f"--licensor {licensor!r} has no Latin letter or digit; identifiers are made of them")
    offer = Offer(licensor, organisation, parts=path.suffix.lower() == ".xml")
    rows: list[Row] = []
    refused: list[str] = []
    unheld: list[str] = []
    for title in titles:
        deals, kept_back = _offered(title, asked)
        found = rows_of(title, deals, offer)
        if version == OLD:
            old = as_old(found.rows)
            found = replace(old, refused=(*found.refused, *old.refused))
        rows += found.rows
        if found.rows and not title.rights.mandates:
            unheld.append(title.id)
        refused += [*kept_back, *found.refused]
    if rows:
        refused += _write(path, rows, version)
    else:
        refused.append(f"{path.name}: nothing of it can be written")
    return Written(len(rows), tuple(dict.fromkeys(refused)), tuple(unheld))


def _version(path: Path, seller: Seller) -> str:
    """The version that is asked for, if files with such a name have it. Raises UsageError."""
    known = {".xlsx": versions(), ".xml": tuple(WRITTEN)}.get(path.suffix.lower())
    if known is None:
        raise UsageError(f"{path.name!r} is no file of Avails; .xlsx or .xml")
    if seller.version is not None and seller.version not in known:
        raise UsageError(f"{path.name}: no Avails {seller.version} with this name; {', '.join(known)}")
    return seller.version or known[-1]


def _write(path: Path, rows: Sequence[Row], version: str) -> tuple[str, ...]:
    from assets.avails.sheet_write import write_sheet
    from assets.avails.xml_write import write_xml

    if path.suffix.lower() == ".xlsx":
        return write_sheet(path, rows, version=version, remark=END_READING)
    return write_xml(path, rows, version=version, remark=END_READING)


def _offered(title: Title, asked: Asked) -> tuple[list[Deal], list[str]]:
    """The licences cut to what was asked for and is not over, without the grants that contradict another deal."""
    at = seconds(asked.at)
    wrong: dict[str, str] = {}
    for conflict in conflicts_of(index_title(title.rights, title.programme.original_language), at):
        if conflict.is_error and conflict.span.end > at:
            sides = (side for side in (conflict.first, conflict.second) if side is not None)
            wrong |= {side.item.id: conflict_text(conflict) for side in sides}
    deals: list[Deal] = []
    refused: list[str] = []
    for deal in title.rights.licences:
        grants = tuple(_cut(deal.grants, asked, at))
        refused += [f"{title.id}: grant {grant.id}: {wrong[grant.id]}" for grant in grants if grant.id in wrong]
        kept = tuple(grant for grant in grants if grant.id not in wrong)
        if kept:
            deals.append(replace(deal, grants=kept))
    return deals, refused


def _cut(grants: Iterable[Grant], asked: Asked, at: int) -> Iterator[Grant]:
    leaves = tree.expand(asked.right)
    for grant in grants:
        scope = grant.scope
        rights, where = scope.rights & leaves, scope.territories & asked.territories
        if rights and where and at < scope.term.possible.end:
            yield replace(grant, scope=replace(scope, rights=rights, territories=where))

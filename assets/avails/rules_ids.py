"""Rules of Avails on identifiers, one row at a time."""

import re
from collections.abc import Iterator

from assets import eidr
from assets.avails.finding import doubted, found
from assets.avails.rows import Finding, Row

_SPACES = re.compile(r"\s")
_COMPACT = re.compile(r"md:[a-z]+:eidr-[sx]:([^:]*)(?::.*)?", re.IGNORECASE)
"""How MovieLabs' identifiers carry an EIDR: without its prefix, `eidr-x` with more behind it."""
_SCHEMES = {"alid": "md:alid:", "content_id": "md:cid:"}
_EIDRS = ("title_id", "edit_id", "alid", "content_id")


def forms(row: Row) -> Iterator[Finding]:
    """An identifier has no spaces, and is not one of another kind."""
    for field, scheme in _SCHEMES.items():
        written = getattr(row, field)
        other = next((name for name in _SCHEMES.values() if name != scheme and written.lower().startswith(name)), "")
        if other:
            yield found("id-of-another-kind", row, field, f"{written!r} begins with {other}", f"{scheme}…")
    for field in ("alid", "content_id", "avail_id", "edit_id", "title_id"):
        if _SPACES.search(getattr(row, field)):
            yield found("id-spaces", row, field, f"{getattr(row, field)!r} has spaces", "none")


def eidrs(row: Row) -> Iterator[Finding]:
    """An EIDR is whole, names a work, and its check character is right."""
    for field in _EIDRS:
        written = getattr(row, field)
        if wrong := _eidr_problem(written):
            yield found(wrong[0], row, field, f"{written!r} {wrong[1]}", eidr.FORM)


def _eidr_problem(written: str) -> tuple[str, str] | None:
    compact = _COMPACT.fullmatch(written)
    if compact is None and not written.lower().startswith(("10.5", "urn:eidr", "https://doi.org/10.5")):
        return None
    parts = eidr.parse(f"{eidr.CONTENT}/{compact[1]}" if compact else written)
    if parts is None:
        return "eidr-form", "is no EIDR"
    if parts[0] != eidr.CONTENT:
        return "eidr-form", f"is {eidr.OTHER_PREFIXES.get(parts[0], 'another thing')}, not a work"
    expected = eidr.check_character(parts[1][:-1])
    return (
        None if expected == parts[1][-1] else ("eidr-check", f"has a wrong check character, {expected} belongs there")
    )


def suffix(written: str) -> str:
    """The EIDR that an identifier carries, without prefix and hyphens; nothing if it carries none."""
    compact = _COMPACT.fullmatch(written)
    parts = eidr.parse(f"{eidr.CONTENT}/{compact[1]}" if compact else written)
    return parts[1] if parts else ""


def agreement(row: Row) -> Iterator[Finding]:
    """The EIDR of a content is that of its title or of its edit."""
    known = {suffix(row.title_id), suffix(row.edit_id)} - {""}
    own = suffix(row.content_id)
    if own and known and own not in known:
        yield doubted("content-disagrees", row, "content_id", "is neither TitleID nor EditID", "one of their EIDRs")


def bundles(row: Row) -> Iterator[Finding]:
    """A collection is made of others, and only a collection is."""
    if row.alid and row.alid in row.bundled:
        yield found("bundle-of-itself", row, "bundled", f"{row.alid} is in itself", "other ALIDs")
    if row.bundled and row.work_type and row.work_type != "Collection":
        yield found("bundle-of-no-collection", row, "bundled", f"a {row.work_type} has no parts", "a Collection")
    if row.work_type == "Collection" and not row.bundled:
        yield doubted("collection-empty", row, "bundled", "names no part", "the ALIDs of the collection")

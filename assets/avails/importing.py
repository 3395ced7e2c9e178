"""A file of Avails into the catalogue: read, judged, matched with titles, and made ready to be written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assets import eidr
from assets.avails import semantics
from assets.avails.incoming import Choice, Read, read_rows
from assets.avails.licences import NO_LICENCE, Licence, added, gathered
from assets.avails.rows import Avails, Finding, Row
from assets.avails.rules_ids import suffix
from assets.avails.sheet_read import read_sheet
from assets.avails.vocabulary import vocabulary
from assets.avails.xml_read import read_xml
from assets.catalogue import Catalogue
from assets.errors import Fault, InputError, UsageError
from assets.importing.facts import Fact, Said
from assets.importing.matching import Titles
from assets.importing.sheet import Row as ListRow
from assets.importing.writing import Ready
from assets.name_scanning import read_entries
from assets.rights.reading import FILE_NAME

_SUFFIXES = (".xlsx", ".xml")
_WORK = "single"
"""How works are offered that are no part, and no collection, of others."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file of Avails would add: licences by title, what is wrong, and what is doubtful."""

    avails: Avails
    licences: tuple[Licence, ...]
    ready: tuple[Ready, ...]
    faults: tuple[Fault, ...]
    findings: tuple[Finding, ...]
    read: tuple[Read, ...]


def read_avails(path: Path, sheet: str | None = None) -> Avails:
    """A file of Avails by its name's end. Raises InputError, UsageError."""
    suffix_of = path.suffix.lower()
    if suffix_of not in _SUFFIXES:
        raise UsageError(f"{path.name}: no file of Avails; {', '.join(_SUFFIXES)}")
    if suffix_of == ".xml":
        if sheet is not None:
            raise UsageError(f"{path.name}: XML has no sheets; --sheet is for .xlsx")
        return read_xml(path)
    return read_sheet(path, sheet)


def plan(catalogue: Catalogue, avails: Avails, choice: Choice, named: Mapping[str, str]) -> Plan:
    """What Avails add to the rights of the catalogue's titles; `named` are titles by a name or id that rows have.

    Raises InputError if the catalogue cannot be read, UsageError for a title that it does not have.
    """
    for title in named.values():
        catalogue.require_title(title)
    found = semantics.findings(avails)
    read, refused = read_rows(avails.rows, choice, avails.shown)
    by_title, unknown = _matched(catalogue, avails.shown, read, named)
    wrong = [finding.fault(avails.shown) for finding in found if finding.is_error]
    faults = [*avails.faults, *wrong, *refused, *unknown]
    licences: list[Licence] = []
    ready: list[Ready] = []
    for title, rows in sorted(by_title.items()):
        own = gathered(title, rows)
        licences += own
        path = catalogue.root / "titles" / title / FILE_NAME
        catalogue.require_inside(path)
        before = _bytes(path, catalogue)
        text, cannot = added(_text(before, catalogue.shown(path)), own, choice, catalogue.shown(path), avails.shown)
        faults += [fault for fault in cannot if not (wrong and fault.wrong == NO_LICENCE)]
        ready.append(Ready(path, before, text.encode()))
    return Plan(avails, tuple(licences), tuple(ready), tuple(faults), found, read)


def _bytes(path: Path, catalogue: Catalogue) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(Fault(catalogue.shown(path), "", f"cannot be read: {error.strerror}")) from error


def _text(before: bytes | None, shown: str) -> str:
    try:
        return (before or b"").decode()
    except UnicodeDecodeError as error:
        raise InputError(Fault(shown, "", "is no UTF-8 text")) from error


def _matched(
    catalogue: Catalogue, shown: str, read: Sequence[Read], named: Mapping[str, str]
) -> tuple[dict[str, list[Read]], list[Fault]]:
    """Rows by their titles, and the rows whose title is not certain. One question for the rows of one work."""
    entries, broken = read_entries(catalogue)
    titles = Titles(entries)
    by_title: dict[str, list[Read]] = defaultdict(list)
    faults = [fault for error in broken for fault in error.faults]
    known: dict[tuple[str, ...], str | Fault] = {}
    for item in read:
        row = item.row
        work = (
            row.alid, row.content_id, row.title_id, row.edit_id, row.alt_id, row.title, row.display_title,
            row.release_year, row.work_type,
        )  # fmt: skip
        if work not in known:
            known[work] = _title_of(titles, row, named, shown)
            if isinstance(fault := known[work], Fault):
                faults.append(fault)
        if isinstance(title := known[work], str):
            by_title[title].append(item)
    return by_title, faults


def _title_of(titles: Titles, row: Row, named: Mapping[str, str], shown: str) -> str | Fault:
    is_part = vocabulary().avail_types.get(row.work_type, _WORK) != _WORK
    names = () if is_part else (row.title, row.display_title)
    for name in (row.alid, row.content_id, row.title_id, row.edit_id, row.alt_id, *names):
        if name in named:
            return named[name]
    shown_name = row.display_title or row.title or row.alid
    allowed = f"--title-of {row.alid or shown_name}=ID says which"
    if is_part:  # a trailer has the name of its film, and a licence to it is none to the film
        return Fault(shown, row.place, f"{shown_name!r} is a {row.work_type}, and need not be the title", allowed)
    try:
        match = titles.match(Said(ListRow(row.place, {}), "", row.place, tuple(_facts(row)), ()))
    except ValueError as error:
        return Fault(shown, row.place, f"{shown_name!r}: {str(error).partition(';')[0]}", allowed)
    if match.entry is None:
        return Fault(shown, row.place, f"{shown_name!r} is no title of the catalogue", allowed)
    other = _by_name(titles, row)
    if other not in {"", match.id}:
        wrong = f"{shown_name!r} has the EIDR of {match.id} and the name of {other}"
        return Fault(shown, row.place, wrong, allowed)
    return match.id


def _by_name(titles: Titles, row: Row) -> str:
    """The title that has the name of a row for certain, whatever its EIDR and year; nothing if none has."""
    facts = tuple(fact for fact in _facts(row) if fact.path[0] == "names")
    try:
        match = titles.match(Said(ListRow(row.place, {}), "", row.place, facts, ()))
    except ValueError:  # names of several
        return ""
    return match.id if match.entry is not None else ""


def _facts(row: Row) -> Iterator[Fact]:
    """What a row says of its work, as a row of a list of titles would."""
    carried = next(filter(None, map(suffix, (row.title_id, row.edit_id, row.content_id, row.alid))), "")
    if carried:
        groups = [carried[at : at + 4] for at in range(0, len(carried), 4)]
        yield Fact(("identifiers", "eidr"), row.place, f"{eidr.CONTENT}/{'-'.join(groups)}")
    if row.release_year[:4].isdecimal():
        yield Fact(("production_year",), row.place, int(row.release_year[:4]))
    for tag, name in (("und", row.title), ("und-x-shown", row.display_title)):
        if name:
            yield Fact(("names", tag), row.place, _in_order(name))


def _in_order(name: str) -> str:
    """`View from a Mountain, The` as it is said."""
    head, comma, article = name.rpartition(", ")
    return f"{article} {head}" if comma and article.lower() in {"the", "a", "an"} else name

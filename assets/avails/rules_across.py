"""Rules of Avails on rows that contradict or repeat each other. Every rule grows with n log n."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from assets.avails.finding import doubted, found, name_of
from assets.avails.rows import Finding, Row, When
from assets.avails.rules_times import bounds

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_ONE_OF = (
    ("alid", "content_id", "alid-two-contents"),
    ("alid", "edit_id", "alid-two-edits"),
    ("alid", "work_type", "alid-two-kinds"),
    ("content_id", "title_id", "content-two-titles"),
)
"""What one identifier may say one thing of."""
_WHOLE, _PARTS = frozenset({"Full Extract", "Full Delete"}), frozenset({"Create", "Update", "Delete"})


def identities(rows: Sequence[Row]) -> Iterator[Finding]:
    """One identifier names one thing throughout a file."""
    for key, field, rule in _ONE_OF:
        first: dict[tuple[str, str], Row] = {}
        for row in rows:
            name, value = getattr(row, key), getattr(row, field)
            if not (name and value):
                continue
            before = first.setdefault((row.licensor, name), row)
            if getattr(before, field) != value:
                what = f"{name} is {getattr(before, field)} in {before.place}"
                yield found(rule, row, field, what, f"one {name_of(field)} for one {name_of(key)}")


def transactions(rows: Sequence[Row]) -> Iterator[Finding]:
    """An AvailID names one row."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        before = first.setdefault((row.licensor, row.avail_id), row)
        if row.avail_id and before is not row:
            yield found("avail-id-twice", row, "avail_id", f"{row.avail_id} is {before.place} too", "one row for each")


def entries(rows: Sequence[Row]) -> Iterator[Finding]:
    """What is sent whole is not changed in parts in the same file, nor deleted as well."""
    for own in _by(rows, lambda row: (row.licensor, row.licensee, row.alid)):
        said = {row.entry_type for row in own}
        is_mixed = bool(said & _WHOLE and said & _PARTS) or said >= _WHOLE
        if is_mixed:
            odd = next(row for row in own if row.entry_type != own[0].entry_type)
            what = f"{own[0].alid} is {own[0].entry_type} in {own[0].place}"
            yield found("entry-mixed", odd, "entry_type", what, "the same for all rows of an ALID")


def references(rows: Sequence[Row]) -> Iterator[Finding]:
    """What rows refer to is there: the parts of a bundle, the sale that a pre-order is for."""
    alids = {row.alid for row in rows}
    sold = {(row.alid, code) for row in rows if row.license_type == "EST" for code in row.territories}
    for row in rows:
        for alid in row.bundled if row.work_type == "Collection" else ():
            if alid not in alids:
                yield doubted("bundle-unknown", row, "bundled", f"{alid} is not in this file", "the ALID of a row")
        missing = [code for code in row.territories if (row.alid, code) not in sold]
        if row.license_type == "POEST" and missing:
            what = f"there is no EST of {row.alid} in {', '.join(missing)}"
            yield found("pre-order-of-nothing", row, "license_type", what, "a row for what is ordered")


def repetitions(rows: Sequence[Row]) -> Iterator[Finding]:
    """Two rows that offer the same thing: twice the same, or for times that overlap."""
    for own in _by(rows, _offer):
        is_by_language = all(row.asset_languages for row in own)
        told: set[tuple[str, str]] = set()
        for code in sorted({code for row in own for code in row.territories}):
            here = [row for row in own if code in row.territories]
            tags = sorted({use.tag.lower() for row in here for use in row.asset_languages}) if is_by_language else [""]
            for tag in tags:
                spoken = (row for row in here if not tag or tag in {use.tag.lower() for use in row.asset_languages})
                yield from _overlaps(spoken, code, told)


def _offer(row: Row) -> tuple[str, ...]:
    return (
        row.licensor, row.licensee, row.service_provider, row.alid, row.license_type, row.entry_type, row.contract_id,
        row.format_profile, row.hdr, row.wcg, row.hfr, row.audio, row.localization, row.description,
    )  # fmt: skip


def _overlaps(rows: Iterable[Row], code: str, told: set[tuple[str, str]]) -> Iterator[Finding]:
    """Of rows sorted by their start, each against the one before it that ends last."""
    spans = [(span, row) for row in rows if (span := _certain(row)) is not None]
    last: tuple[datetime, Row] | None = None
    for (start, end), row in sorted(spans, key=lambda item: item[0]):
        if last is not None and start < last[0] and (last[1].place, row.place) not in told:
            told.add((last[1].place, row.place))
            rule = "row-twice" if (row.start, row.end) == (last[1].start, last[1].end) else "rows-overlap"
            what = f"{row.license_type} in {code} is offered by {last[1].place} at the same time"
            yield found(rule, row, "start", what, "one row at a time")
        if last is None or end > last[0]:
            last = (end, row)


def _certain(row: Row) -> tuple[datetime, datetime] | None:
    """When a row holds for certain; None if that is at no time, or if nobody knows."""
    start, end = _side(row.start, "Immediate", _FIRST), _side(row.end, "Open", _LAST)
    return None if start is None or end is None or start >= end else (start, end)


def _side(value: When, always: str, instead: datetime) -> datetime | None:
    """One side of a term; of dates whose zone nobody says, all are taken to be local in the same place."""
    if value.condition == always and not value.lag:
        return instead
    limits = bounds(value)
    return None if limits is None else limits[0]


def _by(rows: Sequence[Row], key: Callable[[Row], tuple[str, ...]]) -> Iterable[list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return (group for group in groups.values() if len(group) > 1)

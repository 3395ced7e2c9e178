"""Rows as a sheet of Avails 1.7 can say them: one territory a row, no exclusivity, no licensee of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assets.avails.outgoing import Outgoing
from assets.avails.rows import Row

OLD = "1.7"


def as_old(rows: Iterable[Row]) -> Outgoing:
    """Rows with one territory each, and what 1.7 would say wider or narrower than it is, refused by name.

    The licensee stands as ServiceProvider, which is what 1.7 calls the one that a row is for.
    """
    made: list[Row] = []
    refused: list[str] = []
    for row in rows:
        cannot = list(_cannot(row))
        if cannot:
            refused += [f"{row.place}: {what}, which a sheet of {OLD} cannot say; 1.8 can" for what in cannot]
            continue
        many = len(row.territories) > 1
        provider = row.service_provider or row.licensee
        for code in row.territories:
            name = f"{row.avail_id}:{code.lower()}" if many and row.avail_id else row.avail_id
            alone = replace(row, territories=(code,), avail_id=name, licensee="", service_provider=provider)
            made.append(replace(alone, exclusive=None))
    return Outgoing(tuple(made), tuple(refused))


def _cannot(row: Row) -> Iterator[str]:
    """What a row says of its right that 1.7 has no column for."""
    if row.exclusive:
        yield "is exclusive"
    if row.excluded:
        yield f"leaves {', '.join(row.excluded)} out"
    if row.start.lag or row.end.lag or row.window_duration:
        yield "is counted from an event"
    if row.licensee and row.service_provider not in {"", row.licensee}:
        yield f"is for {row.licensee} by {row.service_provider}"

"""A title's deals as they stood at an instant: what is signed only later allows nothing yet."""

from dataclasses import replace

from assets.rights.engine import IndexedTitle
from assets.rights.entries import GIVES, Entry
from assets.rights.voices import voices


def as_signed(title: IndexedTitle, at: int) -> IndexedTitle:
    """A title as its deals stood at an instant (seconds).

    A deal whose day of signature is still to come grants nothing, as if it were pending. What it forbids others it
    forbids already: a day that was mistyped must not open what was sold.
    """
    if at >= title.last_signed:
        return title
    signed = {deal.id for deal in title.rights.mandates if deal.is_signed(at)}
    entries = tuple(_at(entry, at) for entry in title.entries)
    chains = {name: chain if chain is not None and chain <= signed else None for name, chain in title.chains.items()}
    return replace(
        title,
        entries=entries,
        shown=tuple(_at(entry, at) for entry in title.shown),
        voices=voices(entries, title.universe, title.original, chains),
        chains=chains,
        as_of=at,
    )


def _at(entry: Entry, at: int) -> Entry:
    if entry.role is not GIVES or entry.claim.deal.is_signed(at):
        return entry
    return entry._replace(binds=False)

"""What can still be sold: what we hold, and nobody has.

A licence of subtitles or captions gives the original sound too (`Languages.carries`). They can therefore be sold only
where that sound may go along: where we hold it, and no exclusive licence or holdback takes it. A licence that has the
original sound only along with what is read does not keep it from others, but nobody else can have it exclusively.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assets.rights.answers import Claim, Why
from assets.rights.boxes import Box
from assets.rights.cells import Standing, forbids_others, given_by, reason_to_forbid
from assets.rights.engine import GIVES, Entry, IndexedTitle
from assets.rights.masks import lone_bits


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question about a sale, and the entries that matter to it.

    `sounds` are the bits of the original sound that must be free too, where what is asked about is read: the entries
    that speak of these say so (`Entry.sound`). It has none where they would make no difference.
    """

    asked: Box
    entries: tuple[Entry, ...]
    sounds: tuple[int, ...] = ()


def parts(title: IndexedTitle, asked: Box) -> list[Part]:
    """A question in what is heard and what is read, if they differ."""
    entries = tuple([entry for entry in title.entries if entry.of_mandate or entry.role is not GIVES])
    written = title.universe.tongues.written
    read = asked._replace(languages=asked.languages & written)
    if not read or not title.original:
        return [Part(asked, entries)]
    sounds = tuple(
        sound for sound in lone_bits(title.original) if any(_tells_apart(entry, sound, written) for entry in entries)
    )
    if not sounds:
        return [Part(asked, entries)]
    along = [
        replace(entry, box=entry.box._replace(languages=written), sound=sound)
        for sound in sounds
        for entry in entries
        if entry.box.languages & sound and (_gives(entry) or forbids_others(entry))
    ]
    heard = asked._replace(languages=asked.languages & ~written)
    return [*([Part(heard, entries)] if heard else []), Part(read, (*entries, *along), sounds)]


def _tells_apart(entry: Entry, sound: int, written: int) -> bool:
    """Whether a sound and what is read are not alike in an entry, to the harm of what is read."""
    languages = entry.box.languages
    if _gives(entry):
        return bool(languages & written) and not languages & sound
    return forbids_others(entry) and bool(languages & sound) and languages & written != written


def _gives(entry: Entry) -> bool:
    return entry.role is GIVES


def forbids_sale(entry: Entry) -> bool:
    """Whether nothing that an entry covers can be sold, whatever the others say."""
    return entry.binds and forbids_others(entry)


class Sale(NamedTuple):
    """What matters to a sale in one cell.

    `given` are the mandates' grants, `held` those that hold for us. `silent` are sounds that we do not hold and that
    would have to go along. `sold` has it already, though not exclusively; `wanted`: a deal not signed would forbid it.
    """

    given: list[Entry]
    held: list[Entry]
    forbidden: list[tuple[Why, Claim]]
    sold: list[Claim]
    holds: dict[Claim, None]
    wanted: bool
    silent: int = 0

    @property
    def lacks(self) -> bool:
        """Whether we do not hold all that a licence would give."""
        return bool(self.silent) or not self.held


def sale(title: IndexedTitle, entries: Sequence[Entry], sounds: Sequence[int] = ()) -> Sale:
    """What the entries of a cell mean for a sale, with the sounds that must be free for it."""
    if not sounds:
        return _sale(title, entries)
    found = _sale(title, [entry for entry in entries if not entry.sound])
    for sound in sounds:
        along = _sale(title, [entry for entry in entries if entry.sound == sound])
        found = found._replace(
            forbidden=list(dict.fromkeys((*found.forbidden, *along.forbidden))),
            holds=found.holds | along.holds,
            wanted=found.wanted or along.wanted,
            silent=found.silent if along.held else found.silent | sound,
        )
    return found


def _sale(title: IndexedTitle, entries: Sequence[Entry]) -> Sale:
    given: list[Entry] = []
    forbidden: list[tuple[Why, Claim]] = []
    sold: list[Claim] = []
    holds: dict[Claim, None] = {}
    wanted = False
    for entry in entries:
        if not entry.binds:
            holds[entry.claim] = None
            wanted = wanted or (not entry.of_mandate and forbids_others(entry))
        elif entry.role is GIVES:
            if entry.of_mandate:
                given.append(entry)
        elif forbids_others(entry):
            forbidden.append((reason_to_forbid(entry), entry.claim))
        else:
            sold.append(entry.claim)
    return Sale(given, given_by(title, given), forbidden, sold, holds, wanted)


def exclusively(title: IndexedTitle, found: Sale) -> list[Entry]:
    """The grants by which what is free can be sold exclusively; none if it cannot."""
    if found.sold:
        return []
    wholly = [entry for entry in found.given if entry.exclusive]
    return found.held if len(wholly) == len(found.given) else given_by(title, wholly)


def selling(title: IndexedTitle, entries: Sequence[Entry], sounds: Sequence[int] = (), *, exclusive: bool) -> Standing:
    """Whether what lies in a cell may still be sold. What no recorded mandate gives us cannot be."""
    found = sale(title, entries, sounds)
    held, forbidden = found.held, found.forbidden
    if exclusive:
        forbidden = [*forbidden, *((Why.SOLD, claim) for claim in found.sold)]
        wholly = given_by(title, [entry for entry in found.given if entry.exclusive])
        if held and not wholly:
            forbidden += [(Why.NOT_EXCLUSIVE, entry.claim) for entry in held if not entry.exclusive]
        held = wholly or held
    return Standing(
        tuple([entry.claim for entry in held]),
        (),
        tuple(dict.fromkeys(forbidden)),
        lacks_mandate=not found.held,
        lacks_licence=False,
        silent=found.silent,
    )

"""What can still be sold: what we hold, and nobody has (`voices` says who is asked)."""

from typing import NamedTuple

from assets.rights.answers import Claim, Why
from assets.rights.boxes import Box, made
from assets.rights.cells import Standing, deals_given_by, reason_to_forbid
from assets.rights.engine import IndexedTitle
from assets.rights.masks import set_bits
from assets.rights.voices import Voices


def parts(title: IndexedTitle, asked: Box) -> list[tuple[Box, Voices]]:
    """A question in what is heard and what is read, if they differ, each with who has a say in it."""
    if len(title.voices) == 1:
        return [(asked, title.voices[0])]
    written = title.universe.tongues.written
    heard = asked._replace(languages=asked.languages & ~written)
    read = asked._replace(languages=asked.languages & written)
    return [part for part in zip((heard, read), title.voices, strict=True) if part[0]]


class Sale(NamedTuple):
    """What matters to a sale in one cell, the voices as bits.

    `held` are the mandates' grants that hold for us. `sold` has it already, though not exclusively; `holds` are not
    signed, and if `wanted`, one of them would forbid it. `silent` are the bits of sounds that we do not hold and that
    would have to go along.
    """

    held: int
    forbidden: int
    sold: int
    holds: int
    wanted: int
    silent: int = 0

    @property
    def lacks(self) -> bool:
        """Whether we do not hold all that a licence would give."""
        return bool(self.silent) or not self.held


def sale(title: IndexedTitle, voices: Voices, covering: int) -> Sale:
    """What the voices of a cell mean for a sale, with the sounds that must be free for it."""
    layers = voices.layers
    given, forbidding, sold, pending, wanting = layers[0]
    held = _held(title, voices, covering & given)
    forbidden, holds, wanted, silent = covering & forbidding, covering & pending, covering & wanting, 0
    if len(layers) > 1:
        for sound, layer in layers.items():
            if sound and not _held(title, voices, covering & layer.given):
                silent |= sound
            forbidden |= covering & layer.forbidding
            holds |= covering & layer.pending
            wanted |= covering & layer.wanting
    return made(Sale, (held, forbidden, covering & sold, holds, wanted, silent))


def _held(title: IndexedTitle, voices: Voices, given: int) -> int:
    """Those of the mandates' grants that hold for us, with all that they rest on."""
    if not title.links:  # no mandate that counts rests on another one
        return given
    deals = {bit: voices.entries[bit].deal for bit in set_bits(given)}
    allowing = deals_given_by(title, set(deals.values()))
    return sum(1 << bit for bit, deal in deals.items() if deal in allowing)


def wholly(title: IndexedTitle, voices: Voices, covering: int) -> int:
    """The grants by which what is free could be sold exclusively."""
    return _held(title, voices, covering & voices.layers[0].given & voices.exclusive)


def claims(voices: Voices, bits: int) -> tuple[Claim, ...]:
    """The grants and holdbacks of some voices, each once."""
    if not bits & bits - 1:  # one or none of them, as most often
        return (voices.entries[bits.bit_length() - 1].claim,) if bits else ()
    return tuple(dict.fromkeys([voices.entries[bit].claim for bit in set_bits(bits)]))


def selling(title: IndexedTitle, voices: Voices, covering: int, *, exclusive: bool) -> Standing:
    """Whether what lies in a cell may still be sold. What no recorded mandate gives us cannot be."""
    found = sale(title, voices, covering)
    held = found.held
    forbidding = [voices.entries[bit] for bit in set_bits(found.forbidden)]
    forbidden = [(reason_to_forbid(entry), entry.claim) for entry in forbidding]
    if exclusive:
        alone = {claim for _, claim in forbidden}
        forbidden += [(Why.SOLD, claim) for claim in claims(voices, found.sold) if claim not in alone]
        exclusive_too = wholly(title, voices, covering)
        if held and not exclusive_too:
            forbidden += [(Why.NOT_EXCLUSIVE, claim) for claim in claims(voices, held & ~voices.exclusive)]
        held = exclusive_too or held
    return Standing(
        claims(voices, held),
        (),
        tuple(dict.fromkeys(forbidden)),
        lacks_mandate=not found.held,
        lacks_licence=False,
        silent=found.silent,
    )

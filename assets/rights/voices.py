"""Who has a say in a sale: the entries that speak of what is heard, and of what is read.

A licence of subtitles or captions gives the original sound too (`Languages.carries`). They can therefore be sold only
where that sound may go along: where we hold it, and no exclusive licence or holdback takes it. A licence that has the
original sound only along with what is read does not keep it from others, but nobody else can have it exclusively.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assets.rights.entries import BARS, GIVES, Entry, Universe, forbids_others
from assets.rights.masks import lone_bits


class Layer(NamedTuple):
    """What entries mean to the sale of one thing, each as a bit.

    `given` are the mandates' grants, but for those that give nothing because of what they rest on. `forbidding` is who
    has it alone or holds it back, `sold` who has it, too; `pending` is not signed, and `wanting` of that would forbid.
    """

    given: int = 0
    forbidding: int = 0
    sold: int = 0
    pending: int = 0
    wanting: int = 0


class Voices(NamedTuple):
    """The entries that matter to a sale, and what each means to it, as a bit by its place.

    `layers` are, by the bit of a sound, what entries mean to the sound that has to go along with what is sold
    (`Entry.sound`), and by 0 to what is sold itself. There is no sound where it would make no difference. `exclusive`
    are the grants of mandates that are, `bars` the holdbacks.
    """

    entries: tuple[Entry, ...]
    layers: Mapping[int, Layer]
    exclusive: int
    bars: int


def voices(
    entries: Sequence[Entry], universe: Universe, original: int, chains: Mapping[str, frozenset[str] | None]
) -> tuple[Voices, ...]:
    """Who has a say in what is heard, and in what is read if that differs; `original` are bits of original sound."""
    speaking = [entry for entry in entries if entry.of_mandate or entry.role is not GIVES]
    heard = _voices(speaking, chains)
    written = universe.tongues.written
    sounds = [sound for sound in lone_bits(original) if any(_tells_apart(entry, sound, written) for entry in speaking)]
    if not sounds:
        return (heard,)
    along = [
        entry._replace(box=entry.box._replace(languages=written), sound=sound)
        for sound in sounds
        for entry in speaking
        if entry.box.languages & sound and (entry.role is GIVES or forbids_others(entry))
    ]
    return heard, _voices([*speaking, *along], chains, sounds)


def _tells_apart(entry: Entry, sound: int, written: int) -> bool:
    """Whether a sound and what is read are not alike in an entry, to the harm of what is read."""
    languages = entry.box.languages
    if entry.role is GIVES:
        return bool(languages & written) and not languages & sound
    return forbids_others(entry) and bool(languages & sound) and languages & written != written


def _voices(
    entries: Sequence[Entry], chains: Mapping[str, frozenset[str] | None], sounds: Sequence[int] = ()
) -> Voices:
    layers = {sound: _layer(entries, chains, sound) for sound in (0, *sounds)}
    exclusive = bars = 0
    for number, entry in enumerate(entries):
        if entry.role is BARS:
            bars |= 1 << number
        elif entry.exclusive and entry.role is GIVES:
            exclusive |= 1 << number
    return Voices(tuple(entries), layers, exclusive, bars)


def _layer(entries: Sequence[Entry], chains: Mapping[str, frozenset[str] | None], sound: int) -> Layer:
    given = forbidding = sold = pending = wanting = 0
    bit = 1
    for entry in entries:
        if entry.sound != sound:
            pass
        elif not entry.binds:
            pending |= bit
            if not entry.of_mandate and forbids_others(entry):
                wanting |= bit
        elif entry.role is GIVES:
            if chains[entry.deal] is not None:
                given |= bit
        elif forbids_others(entry):
            forbidding |= bit
        else:
            sold |= bit
        bit <<= 1
    return Layer(given, forbidding, sold, pending, wanting)

"""Which title a file belongs to: by the names in its path, by its length, by the files that it came with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assets.intake.name_marks import runs
from assets.intake.telling import Sureness, Told
from assets.name_scanning import Entry
from assets.spelling import Key, key
from assets.text import scripts
from assets.timing import Time, from_ms, ms_text
from assets.title_records import ticks

SHORTEST_LATIN, SHORTEST_OTHER = 4, 2
"""Letters that a name must have to be looked for: shorter ones stand in other words by chance."""

SHORTEST_SOUND = 6
"""Sounds that a romanised name must have to be told by them alone."""

_AWAY = from_ms(2000)
"""How far the length of a master may be from the contracted one to tell the title by."""

_FAR_PER_CENT = 10
"""From which difference on a master is hardly of the title: a trailer, another film, one reel."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a file is compared with: a title's id, its names and their languages, its runtime (0: not known)."""

    id: str
    names: tuple[tuple[str, str], ...]
    runtime: Time = 0
    tolerance: Time = 0
    keys: tuple[Key, ...] = ()
    """The keys of the names; they are made where nobody has them."""
    letters: frozenset[str] = field(init=False)
    sounds: frozenset[str] = field(init=False)
    """All letters and all sounds of the names: in most titles there is nothing to look for, and one look tells."""

    def __post_init__(self) -> None:
        keys = self.keys or tuple(key(text, language) for text, language in self.names)
        values = {"keys": keys, "letters": frozenset(item.whole for item in keys)}
        values["sounds"] = frozenset[str]().union(*(item.korean | item.japanese for item in keys))
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def spelled(self) -> tuple[Key, ...]:
        """The keys of all its names, and of its id."""
        return self.keys


def known_titles(entries: Iterable[Entry]) -> tuple[Known, ...]:
    """The titles of a catalogue."""
    return tuple(map(_known, entries))


def _known(entry: Entry) -> Known:
    spelled = [(item, own) for item, own in entry.keyed() if item.kind != "identifier"]
    return Known(
        id=entry.id,
        names=tuple((item.text, item.language) for item, _ in spelled),
        runtime=_time(entry.runtime),
        tolerance=_time(entry.runtime_tolerance),
        keys=tuple(own if item.language else key(item.text) for item, own in spelled),  # an id may be a romanisation
    )


@lru_cache(maxsize=4096)
def _time(text: str) -> Time:
    return ticks(text)


def _is_telling(whole: str) -> bool:
    return len(whole) >= (SHORTEST_LATIN if scripts(whole).keys() <= {"latin"} else SHORTEST_OTHER)


@dataclass(frozen=True, slots=True)
class Clues:
    """What of a file tells its title: its path below the drop, and its length where it is a master."""

    name: str
    duration: Time | None = None


def title_of(clues: Clues, titles: Sequence[Known]) -> Told | None:
    """The title of a file; None where nothing tells it. Of several that fit equally the first one is doubtful."""
    stems = clues.name.rsplit(".", 1)[0].split("/")
    written = set().union(*(runs(stem) for stem in stems))
    reason = "its name has the title's"
    by_name = _named(written, titles)
    if not by_name:
        reason = "its name sounds like the title's"
        by_name = _sounding(written, titles)
    if by_name:
        told = _one_of([item.id for item in by_name], reason)
        return told if clues.duration is None else _with_length(told, clues.duration, by_name[0])
    if clues.duration is None:
        return None
    fitting = [item for item in titles if item.runtime and _is_near(clues.duration, item)]
    reason = f"it runs {ms_text(clues.duration)}, as the title was contracted"
    return _one_of([item.id for item in fitting], reason) if fitting else None


def _named(written: set[str], titles: Sequence[Known]) -> list[Known]:
    """The titles whose longest name stands in a path; those with a shorter one are of another film."""
    found = {
        item.id: max(
            (len(name.whole) for name in item.spelled() if name.whole in written and _is_telling(name.whole)), default=0
        )
        for item in titles
        if not item.letters.isdisjoint(written)
    }
    return _longest(found, titles)


def _sounding(written: set[str], titles: Sequence[Known]) -> list[Known]:
    """The titles with a Korean or Japanese name that a path has in some romanisation, or the reverse."""
    keys = [key(words) for words in written]
    korean = {sound for item in keys for sound in item.korean if len(sound) >= SHORTEST_SOUND}
    japanese = {sound for item in keys for sound in item.japanese if len(sound) >= SHORTEST_SOUND}
    found = {
        item.id: max(
            (len(sound) for name in item.spelled() for sound in (name.korean & korean) | (name.japanese & japanese)),
            default=0,
        )
        for item in titles
        if not item.sounds.isdisjoint(korean | japanese)
    }
    return _longest(found, titles)


def _longest(found: dict[str, int], titles: Sequence[Known]) -> list[Known]:
    best = max(found.values(), default=0)
    return [item for item in titles if best and found.get(item.id) == best]


def _one_of(ids: Sequence[str], reason: str) -> Told:
    told = Told(ids[0], Sureness.LIKELY, (reason,))
    return told if len(ids) == 1 else told.doubted(f"as those of {', '.join(ids[1:4])}")


def _is_near(duration: Time, title: Known) -> bool:
    return abs(duration - title.runtime) <= max(_AWAY, title.tolerance)


def _with_length(told: Told, duration: Time, title: Known) -> Told:
    if not title.runtime:
        return told
    if _is_near(duration, title):
        return told.confirmed(f"it runs {ms_text(duration)}, as contracted")
    if abs(duration - title.runtime) * 100 > _FAR_PER_CENT * title.runtime:
        return told.doubted(f"but it runs {ms_text(duration)}, and the title {ms_text(title.runtime)}")
    return told

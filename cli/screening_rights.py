"""What rights say of a screener, in words, and what a copy of a version carries."""

from dataclasses import dataclass
from datetime import datetime

from assets import territory
from assets.errors import Refused, UsageError
from assets.leaving import known
from assets.licensing import WITHOUT_LANGUAGE
from assets.rights import spans
from assets.rights.indexing import index_title
from assets.rights.languages import Carrier
from assets.rights.screening import Screening, may_screen
from assets.rights.wording import claim_text, hold_text, refusal_text
from assets.screeners.model import Asked, Copy
from assets.title import Title, Version


@dataclass(frozen=True, slots=True)
class Allowed:
    """That a copy may be given: by which deals, until when (None: without an end), and what is to be known of it."""

    by: tuple[str, ...]
    until: datetime | None
    remarks: tuple[str, ...]


def asked(title: Title, who: Asked, copy: Copy, at: datetime) -> Screening:
    """What the deals say of what is heard in a copy, and read in its pictures.

    A copy without speech counts as one of the original sound; a language that nobody knows counts as all of them.
    """
    original = title.programme.original_language
    heard = frozenset(copy.sound) - WITHOUT_LANGUAGE or frozenset({original})
    read = frozenset((Carrier.SUBTITLED, tag) for tag in copy.burnt_in)
    tongues = known(read | {(Carrier.DUBBED, tag) for tag in heard})
    where = territory.parse(who.territory)
    return may_screen(index_title(title.rights, original), where, spans.seconds(at), tongues)


def require(title: Title, who: Asked, copy: Copy, at: datetime) -> Allowed:
    """That a copy may be given. Raises Refused with every reason why not."""
    found = asked(title, who, copy, at)
    if not found.allowed:
        raise Refused(f"{title.id}: no screener may be given in {who.territory}", refusals(found))
    remarks = [f"not signed, and it would forbid this: {hold_text(claim)}" for claim in found.holds]
    if found.no_mandate:
        remarks.append("no mandate is recorded; a licence of the title allows it")
    return Allowed(tuple(map(claim_text, found.grants)), spans.instant(found.until), tuple(remarks))


def refusals(found: Screening) -> tuple[str, ...]:
    """Every reason why not, a line for each."""
    return tuple(map(refusal_text, found.refusals))


def version_of(title: Title, name: str | None) -> Version:
    """The version of that id, or the one whose master is the title's only one. Raises UsageError."""
    known = {item.id: item for item in title.versions if item.master is not None}
    if name is not None and name not in known:
        raise UsageError(f"{title.id} has no version {name!r} with a master; {', '.join(known) or 'none'}")
    found = [known[name]] if name is not None else list(known.values())
    masters = {item.master for item in found}
    if len(masters) != 1:
        raise UsageError(
            f"{title.id} has {len(masters)} masters; name one with --version: {', '.join(known) or 'none'}"
        )
    return found[0]


def declared_sound(title: Title, version: Version) -> frozenset[str]:
    """The languages that are heard in the master of a version, as title.toml says."""
    same = (item for item in title.versions if item.master == version.master)
    return frozenset(audio.language for item in same for audio in item.audio if audio.file is None)

"""What is agreed about a title in outline, so that `status` asks the same engine as a delivery."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from assets.leaving import known
from assets.licensing import WITHOUT_LANGUAGE
from assets.outlining import Outline
from assets.rights import RightsWindow, spans
from assets.rights.engine import IndexedTitle
from assets.rights.indexing import index_title
from assets.rights.languages import Carrier
from assets.rights.model import TitleRights
from assets.rights.own_windows import with_own_windows
from assets.rights.permission import Agreed, Tongues
from assets.title import Kind

_CARRIERS = {kind.value: Carrier.SUBTITLED for kind in Kind} | {Kind.SDH.value: Carrier.CAPTIONED}
_CARRIERS |= {"audio": Carrier.DUBBED}


def agreed_in(outline: Outline) -> Agreed | None:
    """What is agreed about a title; None where no deal can close a window to another one."""
    if not outline.rights.deals and not any(window.exclusive for window in outline.windows):
        return None
    return agreed_by(outline, index_title(deals_in(outline), outline.original_language))


def deals_in(outline: Outline) -> TitleRights:
    """A title's deals, its own windows among them."""
    return replace(with_own_windows(outline.rights, outline.windows), title=outline.id)


def agreed_by(outline: Outline, deals: IndexedTitle) -> Agreed:
    """What is agreed about a title, with the languages that it declares."""
    return agreed_for(outline.windows, deals, carried_in(outline), outline.original_language)


Carried = tuple[str, Carrier, str]
"""The language of a version, and a language that it carries, and how."""


def carried_in(outline: Outline) -> tuple[Carried, ...]:
    """The languages that the versions of a title declare."""
    versions = {slot.version: slot.language for slot in outline.slots if slot.what == "master"}
    return tuple(
        (versions.get(slot.version, ""), _CARRIERS[slot.what], slot.language)
        for slot in outline.slots
        if slot.name and slot.what in _CARRIERS and slot.language not in WITHOUT_LANGUAGE
    )


def agreed_for(
    windows: Sequence[RightsWindow], deals: IndexedTitle, carried: Sequence[Carried], original: str
) -> Agreed:
    """What is agreed about a title whose versions carry some languages; `original` is that of the original sound."""

    def tongues(window: RightsWindow) -> Tongues | None:
        licensed = window.languages
        return known(
            frozenset(
                (carrier, tag)
                for version, carrier, tag in carried
                if licensed.names(version) and licensed.carries(carrier, tag, original)
            )
        )

    return Agreed(windows, deals, tongues)


def turns_of(rights: TitleRights) -> Iterator[datetime]:
    """The instants at which a deal begins or ends: between two of them it allows and forbids the same."""
    for deal in rights.deals:
        terms = [*(grant.scope.term for grant in deal.grants), *(holdback.scope.term for holdback in deal.holdbacks)]
        for end in (end for term in terms for end in (term.start, term.end)):
            if end is not None and (turn := spans.instant(end)) is not None:
                yield turn

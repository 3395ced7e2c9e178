"""The deals of a catalogue's titles, made ready for questions at once; no media file is opened."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets import collecting
from assets.agreed_titles import AgreedTitle
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.outline_rights import agreed_for
from assets.rights.engine import IndexedTitle
from assets.rights.indexing import index
from assets.rights.permission import Agreed
from cli.agreed_titles import agreed_titles
from storage.agreements import Kind


@dataclass(frozen=True, slots=True)
class HeldTitle:
    """A title as far as its rights go, and what is agreed about it."""

    outline: AgreedTitle
    agreed: Agreed

    @property
    def deals(self) -> IndexedTitle:
        """Its deals, ready for questions."""
        return self.agreed.deals


@collecting.paused()
def held_titles(
    catalogue: Catalogue, titles: Sequence[str], *, for_sales: bool = False
) -> tuple[list[HeldTitle], list[InputError]]:
    """The titles by id, or all, and the faults of those that cannot be read. Raises UsageError for an unknown id.

    `for_sales` if it will be asked what of everything can be sold.
    """
    found, faults = agreed_titles(catalogue, titles, Kind.OUTLINE)
    originals = {item.id: item.original_language for item in found}
    indexed = index((item.rights for item in found), originals, for_sales=for_sales).titles
    return [HeldTitle(item, _agreed(item, indexed[item.id])) for item in found], faults


def _agreed(title: AgreedTitle, deals: IndexedTitle) -> Agreed:
    return agreed_for(title.windows, deals, title.carried, title.original_language)

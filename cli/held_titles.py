"""The deals of a catalogue's titles, made ready for questions at once; no media file is opened."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets import collecting
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.outline_rights import agreed_by, deals_in
from assets.outlining import Outline, Outliner, title_ids
from assets.rights.engine import IndexedTitle, index
from assets.rights.permission import Agreed


@dataclass(frozen=True, slots=True)
class HeldTitle:
    """A title in outline, and what is agreed about it."""

    outline: Outline
    agreed: Agreed

    @property
    def deals(self) -> IndexedTitle:
        """Its deals, ready for questions."""
        return self.agreed.deals


@collecting.paused()
def held_titles(catalogue: Catalogue, titles: Sequence[str]) -> tuple[list[HeldTitle], list[InputError]]:
    """The titles by id, or all, and the faults of those that cannot be read. Raises UsageError for an unknown id."""
    for title in titles:
        catalogue.require_title(title)
    outliner, outlines, faults = Outliner(catalogue), list[Outline](), list[InputError]()
    for title in dict.fromkeys(titles) or title_ids(catalogue):
        try:
            outlines.append(outliner.read(title))
        except InputError as error:
            faults.append(error)
    originals = {outline.id: outline.original_language for outline in outlines}
    indexed = index((deals_in(outline) for outline in outlines), originals).titles
    return [HeldTitle(outline, agreed_by(outline, indexed[outline.id])) for outline in outlines], faults

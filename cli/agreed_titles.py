"""What is agreed about the titles of a catalogue, read quickly: what was read before is taken from its state."""

from collections.abc import Sequence

from assets.agreed_titles import AgreedTitle, as_a_whole, in_outline, read_titles
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.outlining import title_ids
from cli.forgiving import say
from storage.agreements import Kind, open_agreements

_READERS = {Kind.OUTLINE: in_outline, Kind.WHOLE: as_a_whole}


def agreed_titles(
    catalogue: Catalogue, titles: Sequence[str], kind: Kind
) -> tuple[list[AgreedTitle], list[InputError]]:
    """The titles by id, or all, and the faults of those that cannot be read. Raises UsageError for an unknown id."""
    for title in titles:
        catalogue.require_title(title)
    read = _READERS[kind](catalogue)
    ids = list(dict.fromkeys(titles)) or title_ids(catalogue)
    try:
        with open_agreements(catalogue.root, kind) as kept:
            found = read_titles(ids, read, kept)
            if not titles:
                kept.forget_others(ids)
            return found
    except InputError as error:  # of the state: what is wrong with titles is in the answer
        say(error)
        return read_titles(ids, read)

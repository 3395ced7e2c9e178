"""The names of a catalogue's titles, by way of its state where that can be used."""

from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.name_scanning import Entry, read_entries
from cli.forgiving import say
from storage.namings import open_namings


def entries_of(catalogue: Catalogue, only: str | None = None) -> tuple[list[Entry], list[InputError]]:
    """Every title of a catalogue as it is named, or one, and the faults of the files that could not be read."""
    if only is not None:
        return read_entries(catalogue, only=only)
    try:
        with open_namings(catalogue.root) as kept:
            return read_entries(catalogue, kept)
    except InputError as error:
        say(error)
        return read_entries(catalogue)

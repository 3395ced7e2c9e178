"""The stores of a catalogue -> what its state knows of packages."""

from dataclasses import dataclass, field

from assets.catalogue import Catalogue
from assets.errors import StoreError, UsageError
from cli.render.words import count_text
from cli.terminal import steps_progress
from storage.audited_stores import audited_stores
from storage.index import Index
from storage.rebuilding import deliveries, is_absent
from storage.stores import open_store
from storage.stores.store import Store


@dataclass(slots=True)
class Found:
    """How many packages lie in the stores, and what could not be read.

    `wrong` is what stores and logs hold that is not the tool's, `failed` the stores that should have been read, `notes`
    those that only the audit log names: they may be on other machines, or gone for good.
    """

    packages: int = 0
    wrong: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(index: Index, catalogue: Catalogue) -> Found:
    """Read every store that the catalogue's settings or its audit log name; of one that fails what was known stays."""
    found = Found()
    named = dict.fromkeys([catalogue.config.store, *catalogue.config.stores])
    logged, wrong = audited_stores(catalogue.root)
    found.wrong += wrong
    names, done = list(dict.fromkeys([*named, *logged])), set[str]()
    with steps_progress("rebuilding") as told:
        for number, name in enumerate(names):
            told("stores", number / len(names))
            try:
                store = open_store(name, catalogue)
                if store.url not in done:
                    done.add(store.url)
                    _take(index, store, found, is_logged=store.url in logged)
            except (StoreError, UsageError) as error:
                (found.failed if name in named else found.notes).append(str(error))
        told("stores", 1.0)
    return found


def _take(index: Index, store: Store, found: Found, *, is_logged: bool) -> None:
    """Tell the state what a store holds. Raises StoreError for one that cannot be read, as a drive that is not here."""
    before = index.known_in(store.url)
    if before and is_absent(store):
        stays = f"what is known of it ({count_text(len(before), 'package')}) stays"
        raise StoreError(f"{store.url}: there is no such folder; {stays}; mount it, or make the folder if all is gone")
    if is_logged and is_absent(store):
        found.notes.append(f"{store.url}: there is no such folder, and the audit log tells of packages in it")
        return
    held, verdicts, faults = deliveries(store)
    found.wrong += faults
    index.put_store(store.url, held, before)
    index.keep_verdicts(verdicts)
    found.packages += len(held)

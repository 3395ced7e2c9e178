"""The URL of an object, as away.toml has it, and the store that it lies in."""

import unicodedata

from assets.away import url_problem
from assets.catalogue import Catalogue
from assets.errors import UsageError
from storage.stores.opening import open_store
from storage.stores.store import Store


def object_key(sha256: str) -> str:
    """Where bytes lie that are known by their digest alone: `sha256/ab/abcd…`."""
    return f"sha256/{sha256[:2]}/{sha256}"


def object_url(name_or_url: str, key: str, catalogue: Catalogue) -> str:
    """The URL of an object in the store of a name or URL, as it is said: a relative `file:` one stays relative.

    Raises UsageError for one that may hold a secret or names no store.
    """
    named = catalogue.config.stores.get(name_or_url)
    url = f"{(named.url if named else name_or_url).rstrip('/')}/{key}"
    if wrong := url_problem(url):
        raise UsageError(f"store: {wrong}")
    return url


def open_object(url: str, catalogue: Catalogue) -> tuple[Store, str]:
    """The store that an object lies in, and its key there. Raises UsageError as `open_store` does."""
    name, key = store_and_key(url, catalogue)
    return open_store(name, catalogue), key


def store_and_key(url: str, catalogue: Catalogue) -> tuple[str, str]:
    """The name or URL of the store that an object lies in, and its key there.

    It is the store of releaseprint.toml whose URL the object's begins with, the longest one, so that its settings
    apply; else the folder or prefix that the object lies in.
    """
    bases = {name: _spelt(f"{item.url.rstrip('/')}/") for name, item in catalogue.config.stores.items()}
    url = _spelt(url)
    named = [name for name, base in bases.items() if url.startswith(base)]
    if named:
        name = max(named, key=lambda each: len(bases[each]))
        return name, url.removeprefix(bases[name])
    base, _, key = url.rpartition("/")
    if not base:  # `file:name`, beside releaseprint.toml
        base, _, key = url.partition(":")
        base += ":."
    return base, key


def _spelt(url: str) -> str:
    """A URL of S3 in NFC, as its keys are; a path of this machine as it is."""
    return unicodedata.normalize("NFC", url) if url.startswith("s3:") else url

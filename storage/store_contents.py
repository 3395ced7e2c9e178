"""What a store was found to hold takes the place of what was known of it; what is told meanwhile stays.

Reading a store takes minutes, and other processes deliver and take down in that time.
"""

import sqlite3
from collections.abc import Mapping

Contents = Mapping[str, frozenset[str]]
"""The keys of the receipts of each package of a store that is known, by the package's prefix."""


def known(connection: sqlite3.Connection, store: str) -> Contents:
    """What is known of a store."""
    query = (
        "SELECT delivery.prefix, receipt.key FROM delivery LEFT JOIN receipt USING (store, prefix)"
        " WHERE delivery.store = ?"
    )
    found: dict[str, set[str]] = {}
    for prefix, key in connection.execute(query, (store,)):
        found.setdefault(prefix, set()).update({key} - {None})
    return {prefix: frozenset(keys) for prefix, keys in found.items()}


def clear(connection: sqlite3.Connection, store: str, before: Contents | None) -> frozenset[str]:
    """Forget a store as it was known `before` it was read (None: as it is known now); what is taken down since.

    A package that got a receipt since stays: it was delivered again.
    """
    now = known(connection, store)
    before = now if before is None else before
    old = [(store, prefix) for prefix, keys in before.items() if now.get(prefix, frozenset()) <= keys]
    connection.executemany("DELETE FROM delivery WHERE store = ? AND prefix = ?", old)
    return frozenset(before.keys() - now.keys())

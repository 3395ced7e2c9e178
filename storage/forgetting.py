"""What the catalogue's state forgets: a package that was taken down."""

from pathlib import Path

from storage.state import connected


def forget(root: Path, store: str, prefix: str) -> None:
    """Forget a package of a store, with its files and receipts; the store still tells of them.

    Raises InputError as `connected` does.
    """
    with connected(root) as connection, connection:
        connection.execute("DELETE FROM delivery WHERE store = ? AND prefix = ?", (store, prefix))

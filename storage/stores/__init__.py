"""Stores: where packages and receipts live. One protocol (`store.py`), one module per kind of store."""

from storage.stores.opening import open_store
from storage.stores.store import Store, Stored

__all__ = ["Store", "Stored", "open_store"]

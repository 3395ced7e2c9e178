"""All trials on one store, from the first object to the last that is removed."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assets.errors import Refused, UsageError
from storage.stores.s3 import S3Store
from storage.stores.s3_errors import explained
from storage.stores.store import Store
from storage.trials import guards, integrity, objects, writes
from storage.trials.core import FOLDER, Bench, Measured, cleaned, measured

TRIALS = (*objects.TRIALS, *integrity.TRIALS, *writes.TRIALS, *guards.TRIALS)


@dataclass(frozen=True, slots=True)
class Matrix:
    """What was measured of a store, and the keys of trials that it did not let go."""

    store: str
    endpoint: str
    results: tuple[Measured, ...]
    left: tuple[str, ...]


def measure(store: Store, told: Callable[[str], None]) -> Matrix:
    """Make every trial; `told` hears the name of each that is done. Nothing but a new folder of our own is touched.

    It is emptied in the end, also when a trial is interrupted. Raises UsageError for a store that is no S3, Refused for
    a bucket that would keep what trials write, StoreError where the store cannot be reached.
    """
    if not isinstance(store, S3Store):
        raise UsageError(
            f"{store.url}: is a folder, which needs no test; allowed: s3://BUCKET/PREFIX, or a store's name"
        )
    client, bucket, prefix, list_version = store.handle
    bench = Bench(client, bucket, f"{prefix}{FOLDER}{secrets.token_hex(8)}/", list_version)
    with explained(store.url):
        if kept := guards.retention(bench):
            reasons = (f"the bucket keeps every new object: {kept}",)
            raise Refused(f"{store.url}: trials would leave objects that nobody can remove", reasons)
        bench.names("")  # a bucket that is not there, or that may not be listed, is an error and no finding
        results, left = _made(bench, told)
    return Matrix(store.url, client.meta.endpoint_url, tuple(results), tuple(left))


def _made(bench: Bench, told: Callable[[str], None]) -> tuple[list[Measured], Sequence[str]]:
    results = []
    try:
        for trial in TRIALS:
            results.append(measured(trial, bench))
            told(trial.name)
    finally:
        left = cleaned(bench)
    return results, left
